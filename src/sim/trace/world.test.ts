import { describe, expect, test } from 'vitest'
import type { Cluster } from '../cluster/cluster.ts'
import { chapterLab } from './chapter-lab.fixture.ts'
import { nodeRules, openWorld, type World } from './world.ts'

const { cluster } = chapterLab()
const nginx = cluster.pods.find((pod) => pod.labels['app'] === 'nginx')?.ref

function worldWith(beforeHop?: number): World {
  const deletePod = { namespace: nginx?.namespace ?? '', name: nginx?.name ?? '' }
  const interruptions = beforeHop === undefined ? [] : [{ beforeHop, deletePod }]
  return openWorld({ cluster, kernels: {}, rations: {}, nowMs: 1000, seed: 1, interruptions })
}

const has = ({ pods }: Cluster) => pods.some((pod) => pod.ref.name === nginx?.name)

describe('a world', () => {
  test('lets a Pod go just before the hop that was named', () => {
    const world = worldWith(3)
    world.beforeHop(2)
    expect(has(world.cluster())).toBe(true)
    world.beforeHop(3)
    expect(has(world.cluster())).toBe(false)
  })
  test('writes slices and rules a fifth of a second behind what runs', () => {
    const world = worldWith(0)
    const rules = world.rules('host01')
    world.beforeHop(0)
    world.passed(199)
    expect([has(world.written()), world.rules('host01') === rules]).toEqual([true, true])
    world.passed(1)
    expect([has(world.written()), world.rules('host01') === rules]).toEqual([false, false])
  })
  test('keeps a kernel’s connections when its rules change', () => {
    const world = worldWith(0)
    const state = { ...world.netfilter('host01'), recent: { list: { '10.0.0.1': [5] } } }
    world.remember('host01', state)
    world.beforeHop(0)
    world.passed(200)
    expect(world.netfilter('host01').ruleset).not.toBe(state.ruleset)
    expect(world.netfilter('host01').recent).toBe(state.recent)
  })
  test('has streams that do not disturb each other', () => {
    const [one, other] = [worldWith(), worldWith()]
    other.stream('ports/laptop')()
    expect(one.stream('kernel/host01')()).toBe(other.draw('host01')())
    expect(one.stream('a')()).not.toBe(one.stream('a')())
  })
})

test('the rules of a node are the same object for the same cluster', () => {
  expect(nodeRules(cluster, 'host01')).toBe(nodeRules(cluster, 'host01'))
})
