import { describe, expect, test } from 'vitest'
import { openStream } from '../draw.ts'
import { ip } from './address.ts'
import { rationError, type DueError, type IcmpRation } from './icmp-ration.ts'

const peer = ip('172.31.1.2')
const toPeer: DueError = { peer, about: 'peer', noRoute: false }

/** How many of so many errors, each at its time, a host that has sent none sends. */
function sentOf(due: DueError, times: readonly number[], before?: IcmpRation): number {
  const draw = openStream(1, 'icmp/host01')
  let ration = before
  return times.filter((now) => {
    const rationed = rationError(ration, due, now, draw)
    ration = rationed.ration
    return rationed.isSent
  }).length
}

const atOnce = (count: number, now = 1000) => Array.from({ length: count }, () => now)

describe('a host', () => {
  test('tells one peer of six errors at once', () => {
    expect(sentOf(toPeer, atOnce(50))).toBe(6)
  })
  test('tells it of one a second after that', () => {
    expect(sentOf(toPeer, [...atOnce(50), 1900, 2000, 2100, 3000])).toBe(8)
  })
  test('tells another peer of six more', () => {
    const { ration } = rationError(undefined, toPeer, 1000, () => 0)
    expect(sentOf({ ...toPeer, peer: ip('172.31.1.3') }, atOnce(50), ration)).toBe(6)
  })
  test('has six again six seconds later, and never more', () => {
    expect(sentOf(toPeer, [...atOnce(50), ...atOnce(50, 7000), ...atOnce(50, 60_000)])).toBe(18)
  })
  test('tells twice of a way that it does not know: each takes two seconds of five', () => {
    expect(sentOf({ ...toPeer, noRoute: true }, atOnce(50))).toBe(2)
  })
  test('tells itself of about fifty at once, and of those that a thousandth of a second brings each', () => {
    const own: DueError = { ...toPeer, about: 'own' }
    const sent = sentOf(own, atOnce(200))
    expect(sent).toBeGreaterThan(30)
    expect(sent).toBeLessThan(75)
    expect(sentOf(own, [...atOnce(200), ...atOnce(200, 2000)])).toBeGreaterThan(sent + 30)
  })
  test('rations nothing that came in by loopback', () => {
    expect(sentOf({ ...toPeer, about: 'loopback' }, atOnce(500))).toBe(500)
  })
  test('asks its own bucket before the peer’s, and says what was in each', () => {
    const { checks } = rationError(undefined, { ...toPeer, noRoute: true }, 1000, () => 0)
    expect(checks).toEqual([
      { bucket: 'no-way', left: 5000, cost: 1000, holds: true },
      { bucket: 'host', left: 50, cost: 1, holds: true },
      { bucket: 'peer', left: 4000, cost: 1000, holds: true },
    ])
  })
})
