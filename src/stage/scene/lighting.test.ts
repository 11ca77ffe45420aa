import { describe, expect, test } from 'vitest'
import {
  answeredTrace,
  chapterSnapshot,
  loserCard,
  mismatchSnapshot,
  refusedTrace,
  winnerCard,
} from '../chapter.fixture.ts'
import { lightingAt } from './lighting.ts'
import { sceneOf } from './scene-of.ts'

const view = { kind: 'logical' as const, width: 756, height: 508 }
const scene = sceneOf(chapterSnapshot, answeredTrace, 'way', view, { from: '', url: '' })
const stepOf = (kind: string, from: number) =>
  answeredTrace.hops.findIndex((hop) => hop.kind === kind && hop.index >= from)
const lookOf = (card: string, step: number) => lightingAt(scene, answeredTrace, step).cards.get(card)

describe('a card', () => {
  test.each([
    {
      what: 'decides now, at the draw',
      card: 'Service/default/nginx',
      step: stepOf('choose', 7),
      state: 'selected',
    },
    {
      what: 'is the Pod that the rewrite names',
      card: winnerCard,
      step: stepOf('rewrite', 7),
      state: 'selected',
    },
    {
      what: 'stays lit once a hop stood there',
      card: 'Service/default/nginx',
      step: stepOf('answer', 7),
      state: 'lit',
    },
    {
      what: 'waits on the path',
      card: winnerCard,
      step: stepOf('send', 6),
      state: 'idle',
    },
    {
      what: 'is not on this path',
      card: loserCard,
      step: stepOf('choose', 7),
      state: 'dimmed',
    },
  ])('that $what is $state', ({ card, step, state }) => {
    expect(lookOf(card, step)?.state).toBe(state)
  })
  test('where the packet was refused has failed, and stays red', () => {
    const refused = sceneOf(mismatchSnapshot, refusedTrace, 'way', view, { from: '', url: '' })
    const last = refusedTrace.hops.length - 1
    const looks = [last - 1, last].map((step) =>
      lightingAt(refused, refusedTrace, step).cards.get('Service/default/nginx'),
    )
    expect(looks).toEqual([
      { state: 'failed', phase: 'drop' },
      { state: 'lit', phase: 'drop' },
    ])
  })
  test('is as it is before the first Send', () => {
    const looks = [...lightingAt(scene, undefined, -1).cards.values()]
    expect(new Set(looks.map(({ state }) => state))).toEqual(new Set(['idle']))
  })
})

test('the wires of now are those that one hop runs along', () => {
  for (const { index } of answeredTrace.hops) {
    const wires = [...lightingAt(scene, answeredTrace, index).wires]
    const now = wires.filter(([, { state }]) => state === 'now').map(([id]) => id)
    const hops = scene.tracks.filter((track) => now.every((id) => track?.wires.includes(id)))
    expect(now.length < 2 || hops.length > 0).toBe(true)
  }
})
