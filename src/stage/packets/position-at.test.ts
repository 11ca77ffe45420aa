import { describe, expect, test } from 'vitest'
import { restOf, scheduleOf } from '../../playback/schedule.ts'
import { answeredTrace, chapterSnapshot } from '../chapter.fixture.ts'
import { pathX, pathY } from '../scene/geometry.ts'
import { sceneOf } from '../scene/scene-of.ts'
import { emptyPosition, positionAt } from './position-at.ts'

const schedule = scheduleOf(answeredTrace)
const scene = sceneOf(
  chapterSnapshot,
  answeredTrace,
  'way',
  { kind: 'logical', width: 756, height: 508 },
  { from: '', url: '' },
)
const at = (ms: number) => {
  const position = emptyPosition()
  return positionAt(scene, schedule, ms, position) ? position : undefined
}
const steps = answeredTrace.hops.filter(({ index }) => scene.tracks[index] !== undefined)
const startOf = (step: number) => schedule.steps[step]?.startMs ?? 0

describe('the packet', () => {
  test('is nowhere while the other act plays', () => {
    expect(at(startOf(0) + 1)).toBeUndefined()
  })
  test('never leaps, from step to step of one packet', () => {
    const leaps = steps.flatMap(({ index, packetId, direction }) => {
      const isNew = direction === 'request' && answeredTrace.hops[index - 1]?.packetId !== packetId
      const from = isNew || scene.tracks[index - 1] === undefined ? startOf(index) + 4 : startOf(index)
      const places = Array.from({ length: Math.floor((restOf(schedule, index) - from) / 4) }, (_, i) =>
        at(from + 4 * i),
      )
      return places
        .slice(1)
        .map((place, i) =>
          Math.hypot((place?.x ?? 0) - (places[i]?.x ?? 0), (place?.y ?? 0) - (places[i]?.y ?? 0)),
        )
    })
    // The longest way, back from a Pod to the client over two wires and a card, in 600 ms.
    expect(Math.max(...leaps)).toBeLessThan(6)
  })
  test.each(steps.map(({ index }) => ({ index })))(
    'stands at the end of its track when step $index is chosen',
    ({ index }) => {
      const track = scene.tracks[index]
      const end = track?.shift ?? track?.move
      const position = at(restOf(schedule, index))
      expect(position?.step).toBe(index)
      expect(position?.x).toBeCloseTo(end === undefined ? NaN : pathX(end, 1), 3)
      expect(position?.y).toBeCloseTo(end === undefined ? NaN : pathY(end, 1), 3)
    },
  )
  test('is at the same place whether it came there forwards or backwards', () => {
    const moments = Array.from({ length: 40 }, (_, i) => startOf(7) + i * 97)
    const forwards = moments.map(at)
    const backwards = moments.toReversed().map(at).toReversed()
    expect(backwards).toEqual(forwards)
  })
})
