import { describe, expect, test } from 'vitest'
import type { Snapshot } from '../sim/snapshot.ts'
import { requestFromOutside, urlsWorthATry } from './examples.ts'
import { nameForPaste } from './new-file.ts'
import { appliedFile, snapshotAt } from './small-lab.fixture.ts'
import { vantageGroups } from './vantage-label.ts'

const pod = (name: string, namespace = 'default') => ({
  id: `pod/${namespace}/${name}`,
  kind: 'pod' as const,
  name,
  namespace,
  address: '10.0.0.1',
})
const laptop = { id: 'laptop', kind: 'outside' as const, name: 'laptop', address: '192.168.61.100' }
const cluster: Snapshot = {
  ...snapshotAt(1),
  vantages: [
    laptop,
    pod('coredns-6f6b679f8f-q7x2k', 'kube-system'),
    pod('pod'),
    pod('nginx-7c5ddbdf54-zwx27'),
  ],
  vips: [{ address: '192.168.61.10', node: 'host02' }],
}

describe('the From menu', () => {
  test('shows one’s own Pods before those of the system, then what is outside', () => {
    expect(
      vantageGroups(cluster).map(({ kind, vantages }) => [kind, vantages.map(({ label }) => label)]),
    ).toEqual([
      ['pod', ['pod/pod', 'pod/nginx-…-zwx27', 'pod/kube-system/coredns-…-q7x2k']],
      ['outside', ['laptop']],
    ])
  })
})

describe('the way in from outside', () => {
  test('asks the cluster’s address, without a Host while no Ingress names one', () => {
    expect(requestFromOutside(cluster)).toMatchObject({
      from: 'laptop',
      url: 'http://192.168.61.10/',
      headersText: '',
    })
  })
  test('takes the Host of an Ingress where there is one', () => {
    const ref = { kind: 'Ingress', namespace: 'default', name: 'web01' }
    const ingresses = [{ ref, addresses: [], rules: [{ host: 'web01', paths: [] }], because: [] }]
    expect(requestFromOutside({ ...cluster, ingresses })).toMatchObject({ headersText: 'Host: web01' })
  })
  test('is not offered where the cluster has no address of its own', () => {
    expect(requestFromOutside({ ...cluster, vips: [] })).toBeUndefined()
  })
  test('is among the URLs worth a try', () => {
    expect(urlsWorthATry(cluster)).toEqual(['http://192.168.61.10/'])
  })
})

test('a paste gets the first name that is free', () => {
  expect(nameForPaste([appliedFile('pasted.yaml', ''), appliedFile('pasted-2.yaml', '')])).toBe(
    'pasted-3.yaml',
  )
})
