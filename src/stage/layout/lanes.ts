/**
 * Three lanes from left to right: clients; names and Services; Pods in the frames of their nodes. Under them, in a lookup, the search
 * list. Frames stand from the top, what leads to them stands at the height of what it leads to.
 */
import type { BelowContent, Cast, FramePart, Part } from '../scene/cast.ts'
import type { Rect } from '../scene/geometry.ts'
import type { Card, Frame, LaneTitle } from '../scene/scene.ts'
import { fitFrames, frameGap, heightOfFrames } from './fit-frames.ts'
import { frameNames } from './frame-names.ts'
import { fitBelow, foldHeight, frameHead, heightOf } from './measures.ts'
import type { Placement, View } from './placement.ts'
import { settle } from './settle.ts'

const margin = 16
const laneTop = 28
const belowGap = 16
/** Between the cards of a lane, room for a wire with a packet on it; less where the lane is full. */
const stackGaps = [30, 20, 14] as const
const leastGap = 14
const labelGround = 64
/** The words `+ 12 Services`. */
const foldWidth = 116
const framePadX = 8
/** Between frames with a wire from one to the other: a packet's label hangs beside it. */
const labelRoom = 44
/** The least that the lanes keep above a search list or a refusal. */
const leastLanes = 190

interface Columns {
  readonly client: Band
  readonly middle: Band
  readonly pods: Band
}

/** From where, and how wide. */
interface Band {
  readonly x: number
  readonly width: number
}

/** Lays a cast out in lanes. */
export function layOutLanes(cast: Cast, view: View): Placement {
  const columns = columnsOf(view.width)
  const below = fitBelow(cast.below, view.height - leastLanes - belowGap)
  const bottom = view.height - (below === undefined ? 0 : heightOf(below) + belowGap)
  const pods = podLane(cast, columns.pods, bottom)
  const middle = middleLane(cast, columns.middle, pods.cards, bottom)
  const clients = clientLane(cast, columns.client, middle, bottom)
  const cards = [...clients, ...middle, ...pods.cards]
  const lanesEnd = Math.max(...cards.map(lowest), ...pods.frames.map(lowest), laneTop)
  const belowCards = below === undefined ? [] : [belowCard(below, view.width, lanesEnd + belowGap)]
  return {
    lanes: titles(cast, columns),
    frames: pods.frames,
    cards: [...cards, ...belowCards],
    width: view.width,
    height: Math.max(lanesEnd, ...belowCards.map(lowest)),
    runs: 'across',
  }
}

/** Widths grow with the stage, up to what a card can use; the rest is room for wires. */
function columnsOf(width: number): Columns {
  const [client, middle, pods] = [
    clamp(width * 0.205, 138, 190),
    clamp(width * 0.33, 216, 300),
    clamp(width * 0.305, 204, 320),
  ]
  const free = Math.max(0, width - 2 * margin - client - middle - pods)
  const middleX = margin + client + free * 0.42
  return {
    client: { x: margin, width: client },
    middle: { x: Math.round(middleX), width: middle },
    pods: { x: Math.round(width - margin - pods), width: pods },
  }
}

function podLane(
  cast: Cast,
  band: Band,
  bottom: number,
): { readonly frames: readonly Frame[]; readonly cards: readonly Card[] } {
  const fit = fitFrames(cast.frames, bottom - laneTop)
  const wired = fit.frames.map(({ part }, i) => isWired(cast, part, fit.frames[i + 1]?.part))
  const spare = bottom - laneTop - heightOfFrames(fit)
  const wireRoom = Math.min(labelRoom, spare / Math.max(1, wired.filter(Boolean).length))
  const frames: Frame[] = []
  const cards: Card[] = []
  let y = laneTop
  for (const [index, { part, pods, folded, height }] of fit.frames.entries()) {
    frames.push({ ...frameNames(part), rect: { ...band, y, height }, folded, titleBelow: false })
    let podY = y + frameHead
    for (const pod of pods) {
      const rect = {
        x: band.x + framePadX,
        y: podY,
        width: band.width - 2 * framePadX,
        height: heightOf(pod.content),
      }
      cards.push(cardOf(pod, rect))
      podY += rect.height + fit.podGap
    }
    y += height + frameGap + (wired[index] === true ? wireRoom : 0)
  }
  if (fit.hidden > 0) cards.push(foldCard('nodes', fit.hidden, { ...band, y, height: foldHeight }))
  return { frames, cards: heightOfFrames(fit) > 0 ? cards : [] }
}

/** Whether a packet goes from a Pod of one frame to one of the other. */
function isWired({ links }: Cast, a: FramePart, b: FramePart | undefined): boolean {
  const holds = (frame: FramePart | undefined, card: string) =>
    frame?.pods.some(({ id }) => id === card) === true
  return links.some(({ from, to }) => (holds(a, from) && holds(b, to)) || (holds(b, from) && holds(a, to)))
}

function middleLane(cast: Cast, band: Band, pods: readonly Card[], bottom: number): readonly Card[] {
  const parts = fitMiddle(cast.middle, bottom - laneTop)
  const folded = cast.otherServices + servicesIn(cast.middle) - servicesIn(parts)
  const wishes = parts.map((part) => ({
    size: heightOf(part.content),
    middle: isPassed(part) ? undefined : (meanOf(cast, part, pods) ?? restingMiddle(part, pods)),
  }))
  const starts = settle(wishes, laneTop, bottom, gapFor(parts, bottom - laneTop))
  const cards = parts.map((part, index) =>
    cardOf(part, {
      ...band,
      width: widthOf(part, band),
      y: starts[index] ?? laneTop,
      height: heightOf(part.content),
    }),
  )
  const end = Math.max(laneTop, ...cards.map(lowest)) + 8
  // Where the lane is full, the ground under it is for the packet's label.
  if (folded > 0 && end + foldHeight + labelRoom <= bottom && cast.act === 'way')
    return [...cards, foldCard('services', folded, { ...band, y: end, height: foldHeight })]
  return cards
}

function clientLane(cast: Cast, band: Band, middle: readonly Card[], bottom: number): readonly Card[] {
  const wishes = cast.clients.map((part) => ({
    size: heightOf(part.content),
    middle: meanOf(cast, part, middle),
  }))
  const starts = settle(wishes, laneTop, bottom, leastGap)
  return cast.clients.map((part, index) =>
    cardOf(part, { ...band, y: starts[index] ?? laneTop, height: heightOf(part.content) }),
  )
}

/** At rest, what leads to nothing that is drawn stands beside the middle of all; in a trace it follows what the packet visits. */
function restingMiddle({ onPath, rank }: Part, pods: readonly Card[]): number | undefined {
  const [first, last] = [pods[0], pods.at(-1)]
  if (onPath || rank !== 1 || first === undefined || last === undefined) return undefined
  return (first.rect.y + lowest(last)) / 2
}

/** The trace was here in its other act: the card gives way to where the packet goes now. */
function isPassed({ onPath, rank }: Part): boolean {
  return onPath && rank > 0
}

/** The widest gap with which all parts fit. */
function gapFor(parts: readonly Part[], most: number): number {
  const sum = parts.reduce((total, { content }) => total + heightOf(content), 0)
  return stackGaps.find((gap) => sum + gap * (parts.length - 1) <= most) ?? leastGap
}

/** What has no room leaves, the least important and lowest first. */
function fitMiddle(parts: readonly Part[], most: number): readonly Part[] {
  let kept = parts
  const height = () => kept.reduce((sum, { content }) => sum + heightOf(content) + leastGap, -leastGap)
  for (;;) {
    const least = Math.max(0, ...kept.map(({ rank }) => rank))
    // Beside a path, what nobody plays at leaves some ground to the packet's label too.
    const needed = height() + (least > 1 && kept.some(({ onPath }) => onPath) ? labelGround : 0)
    if (least === 0 || needed <= most) return kept
    const index = kept.findLastIndex(({ rank }) => rank === least)
    kept = kept.toSpliced(index, 1)
  }
}

/** The mean height of what a card leads to. */
function meanOf(cast: Cast, part: Part, ahead: readonly Card[]): number | undefined {
  const ends = new Set(cast.links.filter(({ from }) => from === part.id).map(({ to }) => to))
  const middles = ahead.filter(({ id }) => ends.has(id)).map(({ rect }) => rect.y + rect.height / 2)
  if (middles.length === 0) return undefined
  return middles.reduce((sum, middle) => sum + middle, 0) / middles.length
}

function titles(cast: Cast, columns: Columns): readonly LaneTitle[] {
  const outside = cast.clients.some(({ content }) => content.kind === 'client' && content.where === 'outside')
  const lookup = cast.act === 'lookup'
  return [
    { text: outside ? 'outside' : 'clients', x: columns.client.x, y: 0 },
    { text: lookup ? 'nameServer' : outside ? 'wayIn' : 'services', x: columns.middle.x, y: 0 },
    { text: lookup ? 'coreDns' : 'pods', x: columns.pods.x, y: 0 },
  ]
}

/** A card without rows needs no more than its address. */
function widthOf({ content }: Part, band: Band): number {
  const isBare = (content.kind === 'service' || content.kind === 'stop') && content.rows.length === 0
  return isBare ? Math.min(band.width, Math.max(176, Math.round(band.width * 0.7))) : band.width
}

function belowCard(content: BelowContent, width: number, y: number): Card {
  const rect = { x: margin, y, width: width - 2 * margin, height: heightOf(content) }
  return { id: content.kind, rect, content, onPath: true }
}

function foldCard(what: 'services' | 'nodes', count: number, rect: Rect): Card {
  return {
    id: `fold/${what}`,
    rect: { ...rect, width: Math.min(rect.width, foldWidth) },
    content: { kind: 'fold', what, count },
    onPath: false,
  }
}

function cardOf({ id, content, onPath }: Part, rect: Rect): Card {
  return { id, rect, content, onPath }
}

function servicesIn(parts: readonly Part[]): number {
  return parts.filter(({ content }) => content.kind === 'service').length
}

function lowest({ rect }: { readonly rect: Rect }): number {
  return rect.y + rect.height
}

function clamp(value: number, least: number, most: number): number {
  return Math.round(Math.max(least, Math.min(most, value)))
}
