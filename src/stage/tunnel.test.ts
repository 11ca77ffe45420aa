import { describe, expect, test } from 'vitest'
import { headerChange } from '../playback/rewrite.ts'
import { createLab } from '../sim/lab.ts'
import { scenarioState } from '../scenarios/scenario-state.ts'
import { twoSubnets } from '../scenarios/two-subnets/two-subnets.ts'
import { labelsOf } from './packets/packet-label.ts'
import { measureLabel } from './packets/paint-label.ts'
import { sceneOf } from './scene/scene-of.ts'

const lab = createLab(scenarioState(twoSubnets))
const trace = lab.send({ ...twoSubnets.request, seed: 6 })
const speech = {
  locale: 'en',
  say: ({ id }: { readonly id: string }) => id,
  rewritten: (field: string) => `${field} rewritten`,
}
const labels = labelsOf(trace, speech)
const stepOf = (kind: string) => trace.hops.findIndex((hop) => hop.kind === kind)
const wrap = stepOf('encapsulate')

describe('a packet that a tunnel wraps', () => {
  test('is rewritten in nothing: its label says where it goes, another one the outer header', () => {
    const hop = trace.hops[wrap]
    expect(hop && headerChange(hop)).toBeUndefined()
    expect(labels[wrap]).toMatchObject({
      value: '172.31.89.193:80',
      outer: 'VXLAN 192.168.61.11 → 192.168.62.13',
    })
    expect(labels[wrap]?.outerBefore).toBeUndefined()
  })
  test('has the outer header until it is unwrapped', () => {
    const label = labels[stepOf('decapsulate')]
    expect(label?.outerBefore).toBe('VXLAN 192.168.61.11 → 192.168.62.13')
    expect(label?.outer).toBeUndefined()
  })
  test('has a label that is higher by that of its header', () => {
    const fonts = { head: '', value: '', was: '' }
    const heightOf = (step: number) => {
      const label = labels[step]
      return label && measureLabel(label, fonts, (text) => text.length).forms[0]?.height
    }
    expect(heightOf(wrap)).toBe((heightOf(wrap - 1) ?? 0) + 26)
  })
  test('runs along the one wire that has a casing', () => {
    const view = { kind: 'logical', width: 760, height: 560 } as const
    const { wires } = sceneOf(lab.snapshot(), trace, 'way', view, {
      from: twoSubnets.request.from,
      url: twoSubnets.request.url,
    })
    const cased = wires.filter(({ tunnel }) => tunnel)
    expect(cased.map(({ from, to }) => `${from} ${to.replace(/-[^-]*-[^-]*$/, '')}`)).toEqual([
      'Service/default/web Pod/default/web',
    ])
  })
})

test('a router that refuses a SYN and its repetition says so in one row', () => {
  const files = twoSubnets.files.map((file) => ({
    ...file,
    text: file.text.replace('vxlanMode: CrossSubnet\n', 'vxlanMode: Never\n'),
  }))
  const bare = createLab(scenarioState({ ...twoSubnets, files }))
  const lost = bare.send({ ...twoSubnets.request, seed: 6 })
  const { from, url } = twoSubnets.request
  const view = { kind: 'logical', width: 760, height: 560 } as const
  const { cards } = sceneOf(bare.snapshot(), lost, 'way', view, { from, url })
  const router = cards.find(({ id }) => id.startsWith('router/'))?.content
  expect(router?.kind === 'stop' && router.rows.map(({ name, outcomes }) => [name, outcomes.length])).toEqual(
    [['routing', 2]],
  )
})
