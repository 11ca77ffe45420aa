/**
 * A phone's layout, from top to bottom: clients beside what has one line, what decides in full width, Pods as chips in their nodes.
 */
import type { Cast, FramePart, Part } from '../scene/cast.ts'
import type { Rect } from '../scene/geometry.ts'
import type { Card, CardContent, Frame } from '../scene/scene.ts'
import { frameNames } from './frame-names.ts'
import { heightOf } from './measures.ts'
import type { Placement, View } from './placement.ts'

const margin = 16
const wireGap = 28
const chip = { width: 56, height: 44, gap: 4 }
const fullChip = 102
const framePad = 4
const frameFoot = 18
/** The most chips of one node; the rest folds. */
const mostChips = 10

/** Lays a cast out in a column. */
export function layOutColumn(cast: Cast, view: View): Placement {
  const inner = view.width - 2 * margin
  const controllers = cast.frames.flatMap(({ pods }) => pods.filter(hasRows))
  const tall = [...cast.middle.filter(hasRows).map(onOneLine), ...controllers]
  const small = [...cast.clients, ...cast.middle.filter((part) => !hasRows(part) && part.rank < 2)]
  const beyond = small.filter(isLedToBy(cast, tall))
  const before = pairs(
    small.filter((part) => !beyond.includes(part)),
    inner,
    0,
  )
  const decided: Card[] = []
  let y = before.end
  for (const part of tall) {
    const height = heightOf(part.content)
    decided.push(cardOf(part, { x: margin, y, width: inner, height }))
    y += height + wireGap
  }
  const after = pairs(beyond, inner, y)
  const chips = chipRows(cast.frames.map(chipsOf(cast, tall)), view.width, after.end)
  return {
    lanes: [],
    frames: chips.frames,
    cards: [...before.cards, ...decided, ...after.cards, ...chips.cards],
    width: view.width,
    height: chips.end,
    runs: 'down',
  }
}

/** Two to a line. One that is left over behind what decided stands at the right: the wires to the first Pods go down at the left. */
function pairs(parts: readonly Part[], inner: number, top: number) {
  const cards: Card[] = []
  const width = Math.floor((inner - wireGap) / 2)
  let y = top
  for (let i = 0; i < parts.length; i += 2) {
    const pair = parts.slice(i, i + 2).map(withoutHome)
    const height = Math.max(...pair.map(({ content }) => heightOf(content)))
    const first = pair.length === 1 && top > 0 ? 1 : 0
    pair.forEach((part, k) =>
      cards.push(cardOf(part, { x: margin + (first + k) * (width + wireGap), y, width, height })),
    )
    y += height + wireGap
  }
  return { cards, end: y }
}

/** Where a packet goes from what decides, such as the router behind a Service that has no rule for it: it stands behind it. */
function isLedToBy({ links }: Cast, tall: readonly Part[]): (part: Part) => boolean {
  const deciding = new Set(tall.map(({ id }) => id))
  return ({ id }) => links.some(({ from, to }) => to === id && deciding.has(from))
}

/** Frames beside each other as long as a line has room, each with its chips in lines of their own. */
function chipRows(frames: readonly FramePart[], width: number, top: number) {
  const cards: Card[] = []
  const placed: Frame[] = []
  let [x, y, lineEnd] = [margin - framePad, top, top]
  for (const frame of frames) {
    const { pods, others } = frame
    const kept = pods.filter(({ rank }, index) => rank === 0 || index < mostChips)
    const folded = others + pods.length - kept.length
    if (kept.length === 0) continue
    const wanted = kept.reduce((sum, part) => sum + chipWidth(part) + chip.gap, 2 * framePad - chip.gap)
    const right = width - margin + framePad
    if (x > margin && x + wanted > right) [x, y] = [margin - framePad, lineEnd + chip.gap]
    let [chipX, chipY, widest] = [x + framePad, y + framePad, 0]
    for (const part of kept) {
      if (chipX > x + framePad && chipX + chipWidth(part) > right - framePad)
        [chipX, chipY] = [x + framePad, chipY + chip.height + chip.gap]
      cards.push(cardOf(asChip(part), { x: chipX, y: chipY, width: chipWidth(part), height: chip.height }))
      chipX += chipWidth(part) + chip.gap
      widest = Math.max(widest, chipX - chip.gap + framePad - x)
    }
    const height = chipY + chip.height + frameFoot - y
    placed.push({
      ...frameNames(frame),
      address: '',
      rect: { x, y, width: widest, height },
      folded,
      titleBelow: true,
    })
    lineEnd = Math.max(lineEnd, y + height)
    x += widest + chip.gap
  }
  return { cards, frames: placed, end: lineEnd }
}

function chipWidth({ content }: Part): number {
  return content.kind === 'pod' && content.size === 'full' ? fullChip : chip.width
}

/** The ends of name and address; a chip of the path is wide enough for the whole address. */
function asChip(part: Part): Part {
  const { content } = part
  return content.kind === 'pod' ? { ...part, content: { ...content, size: 'chip' } } : part
}

/** The Pods that the tall cards lead to and those of the path; on a small page the others fold. With no tall card all stay. */
function chipsOf(cast: Cast, tall: readonly Part[]): (frame: FramePart) => FramePart {
  const shown = new Set(tall.map(({ id }) => id))
  const led = new Set(cast.links.filter(({ from }) => shown.has(from)).map(({ to }) => to))
  return (frame) => {
    const pods = frame.pods.filter(
      (part) => !hasRows(part) && (led.size === 0 || led.has(part.id) || part.rank === 0),
    )
    return { ...frame, pods, others: frame.others + frame.pods.length - pods.length }
  }
}

function onOneLine(part: Part): Part {
  return part.content.kind === 'service' ? { ...part, content: { ...part.content, oneLine: true } } : part
}

function withoutHome(part: Part): Part {
  if (part.content.kind !== 'client') return part
  const { kind, name, where, address } = part.content
  return { ...part, content: { kind, name, where, address } }
}

function hasRows({ content }: Part): boolean {
  return rowsOf(content) > 0
}

function rowsOf(content: CardContent): number {
  return content.kind === 'service' || content.kind === 'stop' || content.kind === 'pod'
    ? content.rows.length
    : 0
}

function cardOf({ id, content, onPath }: Part, rect: Rect): Card {
  return { id, rect, content, onPath }
}
