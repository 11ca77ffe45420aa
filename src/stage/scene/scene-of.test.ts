import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { production } from '../../scenarios/production/production.ts'
import { scenarioState } from '../../scenarios/scenario-state.ts'
import { createLab } from '../../sim/lab.ts'
import {
  answeredTrace,
  chapterSnapshot,
  mismatchSnapshot,
  refusedTrace,
  winnerCard,
} from '../chapter.fixture.ts'
import { randomCluster } from '../random-cluster.fixture.ts'
import { actOf } from './act.ts'
import { contains, crosses, overlaps, pathX, pathY, type Rect } from './geometry.ts'
import type { Act, Scene } from './scene.ts'
import { sceneOf } from './scene-of.ts'

const request = { from: 'pod/default/pod', url: 'http://nginx/' }
const views = {
  board: { width: 756, height: 508 },
  low: { width: 640, height: 300 },
  hall: { width: 1140, height: 660 },
  phone: { width: 390, height: 326 },
} as const
const viewOf = (name: keyof typeof views) => ({ kind: 'logical' as const, ...views[name] })
const names = ['board', 'low', 'hall', 'phone'] as const
const chapter = (act: Act, view: keyof typeof views) =>
  sceneOf(chapterSnapshot, answeredTrace, act, viewOf(view), request)

/** Pairs of cards that lie on each other. */
function collisions({ cards }: Scene): readonly string[] {
  return cards.flatMap((card, i) =>
    cards
      .slice(i + 1)
      .filter((other) => overlaps(card.rect, other.rect))
      .map((other) => `${card.id} and ${other.id}`),
  )
}

function isWithin(outer: Rect, inner: Rect): boolean {
  return contains(outer, inner) && contains(outer, { x: inner.x + inner.width, y: inner.y + inner.height })
}

describe.each(names)('a random cluster on the %s', (view) => {
  test('has no two cards on each other', () => {
    fc.assert(
      fc.property(randomCluster, (snapshot) => {
        expect(
          collisions(
            sceneOf(snapshot, undefined, 'way', viewOf(view), {
              from: 'pod/default/client',
              url: 'http://app0',
            }),
          ),
        ).toEqual([])
      }),
      { seed: 9, numRuns: 60 },
    )
  })
  test('has every Pod inside the frame of its node, and folds what has no card', () => {
    fc.assert(
      fc.property(randomCluster, (snapshot) => {
        const scene = sceneOf(snapshot, undefined, 'way', viewOf(view), {
          from: 'pod/default/client',
          url: 'http://app0',
        })
        for (const frame of scene.frames) {
          const here = new Set(
            snapshot.pods
              .filter(({ node }) => `Node//${node ?? ''}` === frame.id)
              .map(({ ref }) => `Pod/${ref.namespace}/${ref.name}`),
          )
          const shown = scene.cards.filter(({ id, content }) => content.kind === 'pod' && here.has(id))
          expect(shown.filter(({ rect }) => !isWithin(frame.rect, rect))).toEqual([])
          expect(shown.length + frame.folded + (here.has('Pod/default/client') ? 1 : 0)).toBe(here.size)
        }
      }),
      { seed: 9, numRuns: 60 },
    )
  })
})

test('wires of one Service to the Pods of one node do not cross each other', () => {
  fc.assert(
    fc.property(randomCluster, (snapshot) => {
      const scene = sceneOf(snapshot, undefined, 'way', viewOf('hall'), {
        from: 'pod/default/client',
        url: 'http://app0',
      })
      for (const frame of scene.frames) {
        const wires = scene.wires.filter(
          ({ from, to }) =>
            from === 'Service/default/app0' &&
            scene.cards.some(({ id, rect }) => id === to && isWithin(frame.rect, rect)),
        )
        const crossed = wires.flatMap((wire, i) =>
          wires.slice(i + 1).filter((other) => crosses(wire.curve, other.curve)),
        )
        expect(crossed).toEqual([])
      }
    }),
    { seed: 9, numRuns: 60 },
  )
})

describe.each([
  { what: 'the lookup', act: 'lookup' as const },
  { what: 'the way', act: 'way' as const },
])('$what of the chapter', ({ act }) => {
  test.each(names)('fits the %s without collisions', (view) => {
    const scene = chapter(act, view)
    expect(collisions(scene)).toEqual([])
    const stage = { x: 0, y: 0, width: scene.width, height: scene.height }
    expect(scene.cards.filter(({ rect }) => !isWithin(stage, rect))).toEqual([])
  })
  test.each(names)('plays each of its hops, and only those, on the %s', (view) => {
    const scene = chapter(act, view)
    const played = answeredTrace.hops
      .filter(({ index }) => scene.tracks[index] !== undefined)
      .map(({ index }) => index)
    expect(played).toEqual(
      answeredTrace.hops.filter(({ index }) => actOf(answeredTrace, index) === act).map(({ index }) => index),
    )
  })
  test.each(names)('carries a packet on from where it stood, on the %s', (view) => {
    const scene = chapter(act, view)
    const gaps = answeredTrace.hops.flatMap(({ index, packetId, direction }) => {
      const [before, track] = [scene.tracks[index - 1], scene.tracks[index]]
      const isNew = direction === 'request' && answeredTrace.hops[index - 1]?.packetId !== packetId
      if (before === undefined || track === undefined || isNew) return []
      const end = before.shift ?? before.move
      return [Math.hypot(pathX(end, 1) - pathX(track.move, 0), pathY(end, 1) - pathY(track.move, 0))]
    })
    expect(Math.max(...gaps)).toBeLessThan(0.01)
  })
  test.each(names)('starts and ends each track beside a card of the %s', (view) => {
    const scene = chapter(act, view)
    const near = (x: number, y: number) =>
      scene.cards.some(({ rect }) =>
        contains(
          { x: rect.x - 16, y: rect.y - 16, width: rect.width + 32, height: rect.height + 32 },
          { x, y },
        ),
      )
    const lost = answeredTrace.hops.filter(({ index, subject }) => {
      const track = scene.tracks[index]
      return (
        track !== undefined && subject.kind !== 'node' && !near(pathX(track.move, 1), pathY(track.move, 1))
      )
    })
    expect(lost).toEqual([])
  })
})

describe('the cast', () => {
  test('has the search list in a lookup alone', () => {
    expect(chapter('lookup', 'board').cards.at(-1)?.content.kind).toBe('ladder')
    expect(chapter('way', 'board').cards.some(({ content }) => content.kind === 'ladder')).toBe(false)
  })
  test('has one card for the Pod that asks', () => {
    const cards = chapter('way', 'board').cards.filter(({ id }) => id === 'Pod/default/pod')
    expect(cards.map(({ content }) => content.kind)).toEqual(['client'])
  })
  test('has every row of a drawn chain decided, the winner where it stood', () => {
    const card = chapter('way', 'board').cards.find(({ id }) => id === 'Service/default/nginx')
    const rows = card?.content.kind === 'service' ? card.content.rows : []
    expect(rows.map(({ mark, outcomes }) => `${mark} ${outcomes.at(-1)?.verdict ?? ''}`)).toEqual([
      '· lost',
      '1 lost',
      '2 lost',
      '3 lost',
      '4 lost',
      '5 won',
    ])
  })
  test('has the rule that refused on the card of a Service without endpoints', () => {
    const scene = sceneOf(mismatchSnapshot, refusedTrace, 'way', viewOf('board'), request)
    const card = scene.cards.find(({ id }) => id === 'Service/default/nginx')
    const rows = card?.content.kind === 'service' ? card.content.rows : []
    expect(rows.map(({ name, outcomes }) => [name, outcomes[0]?.verdict, outcomes[0]?.ending])).toEqual([
      ['nat PREROUTING', 'lost', undefined],
      ['filter FORWARD', 'won', 'refused'],
    ])
  })
  test('has the balancer’s address and the controllers behind it for who asks from outside', () => {
    const snapshot = createLab(scenarioState(production)).snapshot()
    const scene = sceneOf(snapshot, undefined, 'way', viewOf('board'), production.request)
    const card = scene.cards.find(({ id }) => id === 'Service/ingress-nginx/ingress-nginx-controller')
    expect(card?.content).toMatchObject({ address: '192.168.61.200:443' })
    const controllers = scene.cards.filter(
      ({ content }) => content.kind === 'pod' && content.role === 'ingress',
    )
    expect(controllers).toHaveLength(2)
  })
  test('numbers the endpoint that policy Local leaves to a node, as any other', () => {
    const lab = createLab(scenarioState(production))
    const trace = lab.send({ ...production.request, seed: 6 })
    const scene = sceneOf(lab.snapshot(), trace, 'way', viewOf('board'), production.request)
    const card = scene.cards.find(({ id }) => id === 'Service/ingress-nginx/ingress-nginx-controller')
    const rows = card?.content.kind === 'service' ? card.content.rows : []
    expect(rows).toMatchObject([{ mark: '1', always: true, outcomes: [{ verdict: 'won' }] }])
  })
  test('draws a Pod that the trace met and the cluster has no more', () => {
    const gone = {
      ...chapterSnapshot,
      pods: chapterSnapshot.pods.filter(({ ref }) => !winnerCard.endsWith(ref.name)),
    }
    const card = sceneOf(gone, answeredTrace, 'way', viewOf('board'), request).cards.find(
      ({ id }) => id === winnerCard,
    )
    expect(card?.content).toMatchObject({ kind: 'pod', status: 'Deleted' })
  })
})
