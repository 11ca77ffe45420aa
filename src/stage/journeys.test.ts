import { i18n } from '@lingui/core'
import { beforeAll, describe, expect, test } from 'vitest'
import { loadEnglish } from '../i18n/language.ts'
import type { Phrase } from '../sim/phrase.ts'
import { applyChapterFile, chapterLab, request } from '../sim/trace/chapter-lab.fixture.ts'
import { labelsOf } from './packets/packet-label.ts'
import { labelPathsOf, type LabelTrack } from './packets/label-paths.ts'
import { measureLabel, type MeasuredLabel } from './packets/paint-label.ts'
import { actOf } from './scene/act.ts'
import {
  contains,
  crosses,
  overlaps,
  pathX,
  pathY,
  pointsOfCubic,
  type Path,
  type Point,
} from './scene/geometry.ts'
import type { Act, Scene } from './scene/scene.ts'
import { sceneOf } from './scene/scene-of.ts'

const journeys = {
  'to a Service': () => {
    const lab = chapterLab()
    return { trace: lab.send(request('pod/default/pod', 'http://nginx/')), snapshot: lab.snapshot() }
  },
  'to a Service in IPVS mode': () => {
    const lab = chapterLab()
    applyChapterFile(lab, 'cluster.yaml', (text) => text.replace('mode: iptables', 'mode: ipvs'))
    return { trace: lab.send(request('pod/default/pod', 'http://nginx/')), snapshot: lab.snapshot() }
  },
  'through an Ingress': () => {
    const lab = chapterLab()
    applyChapterFile(lab, 'nginx-ingress.yaml')
    const headers = [['Host', 'web01']] as const
    return {
      trace: lab.send(request('laptop', 'http://192.168.61.10/', { headers })),
      snapshot: lab.snapshot(),
    }
  },
}
/** The free part of the stage beside the panes at 1440 × 900, 1600 × 1000 and 1280 × 800, and on a phone. */
const views = {
  'beside the panes': { width: 756, height: 470 },
  'on a large page': { width: 830, height: 570 },
  'on a small page': { width: 640, height: 386 },
  'on a phone': { width: 390, height: 326 },
}
const acts: readonly Act[] = ['lookup', 'way']
const fractions = Array.from({ length: 33 }, (_, i) => i / 32)

const cases = Object.entries(journeys).flatMap(([journey, made]) =>
  Object.entries(views).flatMap(([where, view]) =>
    acts.map((act) => {
      const { trace, snapshot } = made()
      const scene = sceneOf(snapshot, trace, act, { kind: 'logical', ...view }, trace.request)
      return { journey, where, act, trace, scene, view }
    }),
  ),
)

describe.each(cases)('the $act of a request $journey, $where,', ({ act, trace, scene }) => {
  test('has a place on a card or a wire for each of its hops', () => {
    const lost = trace.hops.filter(({ index }) => {
      const track = scene.tracks[index]
      if (track === undefined) return actOf(trace, index) === act
      return !isPlace(scene, pointAt(track.shift ?? track.move, 1))
    })
    expect(lost.map(({ kind, index }) => `${index} ${kind}`)).toEqual([])
  })
  test('keeps the packet on a wire, or on a card that it crosses, wherever it moves', () => {
    const astray = trace.hops.flatMap(({ index, kind }) => {
      const track = scene.tracks[index]
      const moves = track !== undefined && distance(pointAt(track.move, 0), pointAt(track.move, 1)) > 1
      if (!moves) return []
      return fractions
        .map((fraction) => pointAt(track.move, fraction))
        .filter((point) => !isPlace(scene, point))
        .map(({ x, y }) => `${index} ${kind} at ${Math.round(x)}, ${Math.round(y)}`)
    })
    expect(astray).toEqual([])
  })
  test('has no two cards on each other, and no two wires of one card that cross', () => {
    const { cards, wires } = scene
    const collisions = pairs(cards).filter(([a, b]) => overlaps(a.rect, b.rect))
    const crossings = pairs(wires).filter(([a, b]) => a.from === b.from && crosses(a.curve, b.curve))
    expect(collisions.map(([a, b]) => `${a.id} on ${b.id}`)).toEqual([])
    expect(crossings.map(([a, b]) => `${a.id} over ${b.id}`)).toEqual([])
  })
})

describe('labels', () => {
  beforeAll(async () => {
    await loadEnglish()
    i18n.activate('en')
  })

  const wide = cases.filter(({ where }) => where !== 'on a phone')

  test.each(wide)(
    'of the $act of a request $journey, $where, and their sticks are off the cards',
    (shown) => {
      const covered = hungLabels(shown).flatMap(({ label, track }, index) =>
        coveredBy(shown.scene, index, track, label),
      )
      expect(covered).toEqual([])
    },
  )
  test.each(wide.filter(({ where }) => where !== 'on a small page'))(
    'of the $act of a request $journey, $where, find ground nearly always',
    (shown) => {
      const hidden = hungLabels(shown).filter(({ track }) => track?.hidden === true)
      expect(hidden.length).toBeLessThan(2)
    },
  )
})

/** The labels in English, their letters 6.4 px wide, and where they hang. */
function hungLabels({ trace, scene, view }: (typeof cases)[number]) {
  const speech = {
    locale: 'en',
    say: ({ id, values }: Phrase) => i18n._(id, { ...values }),
    rewritten: (field: string) => i18n._(`stage.rewritten.${field}`),
  }
  const fonts = { head: '', value: '', was: '' }
  const labels = labelsOf(trace, speech).map((label) =>
    measureLabel(label, fonts, (text) => text.length * 6.4),
  )
  const ground = { x: 4, y: -8, width: view.width - 8, height: view.height + 12 }
  const forms = labels.map((label) => label.forms)
  return labelPathsOf(scene, forms, ground).map((track, index) => ({ track, label: labels[index] }))
}

/** Cards under a label, or under its stick, once its step has ended. */
function coveredBy(
  scene: Scene,
  index: number,
  track: LabelTrack | undefined,
  label: MeasuredLabel | undefined,
): readonly string[] {
  const [packet, size] = [scene.tracks[index], label?.forms[track?.form ?? 0]]
  if (track === undefined || track.hidden || packet === undefined || size === undefined) return []
  const centre = pointAt(track.shift ?? track.move, 1)
  const from = pointAt(packet.shift ?? packet.move, 1)
  const box = { x: centre.x - size.width / 2, y: centre.y - size.height / 2, ...size }
  const to = {
    x: Math.max(box.x, Math.min(from.x, box.x + box.width)),
    y: Math.max(box.y, Math.min(from.y, box.y + box.height)),
  }
  const stick = fractions.map((f) => ({ x: from.x + (to.x - from.x) * f, y: from.y + (to.y - from.y) * f }))
  return scene.cards
    .filter(({ rect }) => overlaps(rect, box) || stick.some((point) => contains(rect, point)))
    .map(({ id }) => `step ${index + 1} on ${id}`)
}

function isPlace(scene: Scene, point: Point): boolean {
  const near = scene.cards.some(({ rect: { x, y, width, height } }) =>
    contains({ x: x - 17, y: y - 17, width: width + 34, height: height + 34 }, point),
  )
  return near || distanceToWires(scene, point) < 2
}

function distanceToWires({ wires }: Scene, point: Point): number {
  return Math.min(...wires.flatMap(({ curve }) => pointsOfCubic(curve).map((on) => distance(on, point))))
}

function pointAt(path: Path, fraction: number): Point {
  return { x: pathX(path, fraction), y: pathY(path, fraction) }
}

function distance(a: Point, b: Point): number {
  return Math.hypot(a.x - b.x, a.y - b.y)
}

function pairs<T>(all: readonly T[]): readonly (readonly [T, T])[] {
  return all.flatMap((a, i) => all.slice(i + 1).map((b) => [a, b] as const))
}
