import { describe, expect, test } from 'vitest'
import { answeredTrace, refusedTrace, winnerCard } from '../stage/chapter.fixture.ts'
import { isMoving, movesOf, type Station } from './stations.ts'

const text = (station: Station | undefined) =>
  station?.kind === 'between'
    ? `${station.from} ${station.fraction.toFixed(2)} ${station.to}`
    : (station?.card ?? 'nowhere')

describe('an answered request', () => {
  const moves = movesOf(answeredTrace)
  const at = (kind: string, from = 0) =>
    moves[answeredTrace.hops.findIndex((hop) => hop.kind === kind && hop.index >= from)]

  test.each([
    { kind: 'send', from: 0, stands: 'Pod/default/pod' },
    { kind: 'rewrite', from: 0, stands: 'Service/kube-system/kube-dns' },
    { kind: 'route', from: 0, stands: `Service/default/nginx 0.25 ${winnerCard}` },
    { kind: 'cross', from: 0, stands: `Service/default/nginx 0.75 ${winnerCard}` },
    { kind: 'answer', from: 9, stands: winnerCard },
  ])('$kind stands at $stands', ({ kind, from, stands }) => {
    expect(text(at(kind, from)?.to)).toBe(stands)
  })
  test('each move begins where the last one ended', () => {
    const broken = moves.filter((move, index) => isMoving(move) && move.from !== moves[index - 1]?.to)
    expect(broken).toEqual([])
  })
  test('a new packet of the client appears there', () => {
    const sends = moves.filter((_, index) => answeredTrace.hops[index]?.kind === 'send')
    expect(sends.filter(isMoving)).toEqual([])
  })
})

test('a packet that is refused before any other card stays where it is refused', () => {
  const moves = movesOf(refusedTrace)
  const refuse = refusedTrace.hops.findIndex((hop) => hop.kind === 'refuse')
  expect(moves.slice(refuse - 1, refuse + 1).map((move) => text(move.to))).toEqual([
    'Service/default/nginx',
    'Service/default/nginx',
  ])
  expect(moves[refuse] && isMoving(moves[refuse])).toBe(false)
})
