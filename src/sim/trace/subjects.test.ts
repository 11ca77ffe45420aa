import { expect, test } from 'vitest'
import { ip } from '../network/address.ts'
import { chapterLab } from './chapter-lab.fixture.ts'
import { isCoreDns, isIngressController, nameOfAddress, placeOf, subjectOfAddress } from './subjects.ts'

const { cluster } = chapterLab()
const nginx = cluster.pods.find((pod) => pod.labels['app'] === 'nginx')
const service = cluster.services.find((each) => each.ref.name === 'nginx')

test.each([
  { address: '10.96.0.10', kind: 'service', name: 'kube-dns' },
  { address: service?.clusterIps[0] ?? '', kind: 'service', name: 'nginx' },
  { address: '192.168.61.10', kind: 'vip', name: '192.168.61.10' },
  { address: nginx?.ip ?? '', kind: 'pod', name: nginx?.ref.name ?? '' },
  { address: '192.168.61.12', kind: 'node', name: 'host02' },
  { address: '192.168.61.100', kind: 'client', name: 'laptop' },
  { address: '192.168.61.1', kind: 'router', name: '192.168.61.1' },
  { address: '203.0.113.9', kind: 'outside', name: '203.0.113.9' },
  { address: '127.0.0.1', kind: 'outside', name: 'localhost' },
])('$address is a $kind, called $name', ({ address, kind, name }) => {
  expect(subjectOfAddress(cluster, ip(address)).kind).toBe(kind)
  expect(nameOfAddress(cluster, ip(address))).toBe(name)
})

test.each([
  { host: 'host02', place: { host: 'host02', hostKind: 'node', node: 'host02' } },
  { host: 'laptop', place: { host: 'laptop', hostKind: 'outside' } },
  { host: 'router', place: { host: '192.168.61.1', hostKind: 'router' } },
  { host: 'default/gone', place: { host: 'default/gone', hostKind: 'pod' } },
])('the host $host stands at $place.hostKind', ({ host, place }) => {
  expect(placeOf(cluster, host)).toEqual(place)
  expect(placeOf(cluster, host, 'routing')).toEqual({ ...place, hook: 'routing' })
})

test('CoreDNS and the ingress controller are known by what their containers run', () => {
  const of = (is: (pod: (typeof cluster.pods)[number]) => boolean) =>
    new Set(cluster.pods.filter(is).map((pod) => pod.ref.namespace))
  expect(of(isCoreDns)).toEqual(new Set(['kube-system']))
  expect(of(isIngressController)).toEqual(new Set(['ingress-nginx']))
})
