import { describe, expect, test } from 'vitest'
import { answeredTrace, chapterSnapshot } from '../chapter.fixture.ts'
import { overlaps, pathX, pathY } from '../scene/geometry.ts'
import { sceneOf } from '../scene/scene-of.ts'
import { labelPathsOf } from './label-paths.ts'

const sizes = [
  { width: 236, height: 41 },
  { width: 132, height: 57 },
]
const view = { x: 4, y: -8, width: 748, height: 520 }

describe.each(['lookup', 'way'] as const)('labels of the %s', (act) => {
  const scene = sceneOf(
    chapterSnapshot,
    answeredTrace,
    act,
    { kind: 'logical', width: 756, height: 508 },
    { from: '', url: '' },
  )
  const tracks = labelPathsOf(
    scene,
    answeredTrace.hops.map(() => sizes),
    view,
  )
  test('stand on no card when their step has ended', () => {
    const covered = tracks.flatMap((track, index) => {
      const size = sizes[track?.form ?? 0]
      const path = track?.shift ?? track?.move
      if (path === undefined || size === undefined) return []
      const box = { x: pathX(path, 1) - size.width / 2, y: pathY(path, 1) - size.height / 2, ...size }
      return scene.cards.filter(({ rect }) => overlaps(rect, box)).map(({ id }) => `step ${index} on ${id}`)
    })
    expect(covered).toEqual([])
  })
  test('hang for exactly the hops that the act plays', () => {
    expect(tracks.map((track) => track !== undefined)).toEqual(
      scene.tracks.map((track) => track !== undefined),
    )
  })
})
