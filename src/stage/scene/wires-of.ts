/** The wires of a scene: from which edge of which card, to which, and the curve between. */
import { rowMiddle } from '../layout/measures.ts'
import type { Placement } from '../layout/placement.ts'
import type { Link } from './cast.ts'
import { contains, crosses, grown, pointsOfCubic, type Cubic, type Point } from './geometry.ts'
import type { Card, Wire } from './scene.ts'

/** Headline height at which a tall card takes its wires in. */
const headMiddle = 28
/** So far a way round a card keeps from it: a packet covers none of its text. */
const packetClearance = 14
/** How far a wire between two cards of one lane bows out. */
const bow = 26

/** A wire for every link whose two ends have a place. Ends at one edge are spread in the order of what they lead to. */
export function wiresOf(links: readonly Link[], { cards, runs }: Placement): readonly Wire[] {
  const byId = new Map(cards.map((card) => [card.id, card]))
  const ends = links.flatMap((link) => {
    const [from, to] = [byId.get(link.from), byId.get(link.to)]
    return from === undefined || to === undefined ? [] : [{ link, from, to }]
  })
  const drawn = ends.map((end) => ({
    end,
    curve: runs === 'across' ? across(end, ends, cards) : down(end, ends),
  }))
  const needed = drawn.filter(({ end }) => end.link.optional !== true).map(({ curve }) => curve)
  const isClear = (curve: Cubic, end: End) =>
    !hides(curve, end, cards) && !needed.some((other) => crosses(curve, other))
  return drawn
    .filter(({ end, curve }) => end.link.optional !== true || isClear(curve, end))
    .map(({ end: { link }, curve }) => ({
      id: `${link.from}>${link.to}`,
      from: link.from,
      to: link.to,
      kind: link.kind,
      curve,
    }))
}

/** Whether a wire runs behind a card that is neither of its ends. */
function hides(curve: Cubic, { from, to }: End, cards: readonly Card[], clearance = 0): boolean {
  const points = pointsOfCubic(curve)
  return cards.some(
    (card) =>
      card !== from && card !== to && points.some((point) => contains(grown(card.rect, clearance), point)),
  )
}

interface End {
  readonly link: Link
  readonly from: Card
  readonly to: Card
}

function across(end: End, all: readonly End[], cards: readonly Card[]): Cubic {
  const [a, b] = [end.from.rect, end.to.rect]
  if (b.x < a.x + a.width) return sameLane(end, cards)
  const from = { x: a.x + a.width, y: outY(end, all) }
  const to = { x: b.x, y: inY(end.to, all, end) }
  const pull = (to.x - from.x) / 2
  const direct: Cubic = [from, { x: from.x + pull, y: from.y }, { x: to.x - pull, y: to.y }, to]
  if (!hides(direct, end, cards)) return direct
  return late(direct).find((curve) => !hides(curve, end, cards, 3)) ?? detour(direct, end, cards) ?? direct
}

/** The same way, but turning later: past a card that is wider than the one above it. */
function late([from, , , to]: Cubic): readonly Cubic[] {
  const width = to.x - from.x
  return [0.7, 0.85, 1].map((share) => [
    from,
    { x: from.x + width * share, y: from.y },
    { x: to.x - width * (1 - share) * 0.8, y: to.y },
    to,
  ])
}

/** Past a whole lane: the least bow, up or down, that runs behind no card. */
function detour([from, , , to]: Cubic, end: End, cards: readonly Card[]): Cubic | undefined {
  const lowest = Math.max(...cards.map(({ rect }) => rect.y + rect.height))
  const middle = (from.y + to.y) / 2
  const heights = Array.from({ length: 40 }, (_, i) => (lowest * 1.5 * i) / 39 - lowest * 0.25)
  const third = (to.x - from.x) / 3
  return heights
    .toSorted((a, b) => Math.abs(a - middle) - Math.abs(b - middle))
    .map((y): Cubic => [from, { x: from.x + third, y }, { x: to.x - third, y }, to])
    .find((curve) => !hides(curve, end, cards, packetClearance))
}

/** A client spreads its wires, a row sends its own; anything else fans out from its middle. */
function outY(end: End, all: readonly End[]): number {
  const { rect, content } = end.from
  const row = end.link.row === undefined ? undefined : rowMiddle(content, end.link.row)
  if (row !== undefined) return rect.y + row
  if (content.kind !== 'client') return rect.y + Math.min(rect.height / 2, headMiddle)
  const siblings = all.filter(({ from }) => from === end.from).toSorted((x, y) => x.to.rect.y - y.to.rect.y)
  return rect.y + (rect.height * (siblings.indexOf(end) + 1)) / (siblings.length + 1)
}

function inY(card: Card, all: readonly End[], end: End): number {
  const { rect } = card
  const siblings = all
    .filter(({ to, from }) => to === card && from.rect.x + from.rect.width <= rect.x)
    .toSorted((x, y) => x.from.rect.y - y.from.rect.y)
  const spread =
    (siblings.indexOf(end) - (siblings.length - 1) / 2) * Math.min(10, rect.height / (siblings.length + 1))
  return rect.y + Math.min(rect.height / 2, headMiddle) + spread
}

/** Straight to the card below, between what stands at the sides of frames; round the left where a card lies between. */
function sameLane(end: End, cards: readonly Card[]): Cubic {
  const [a, b] = [end.from.rect, end.to.rect]
  const [upper, lower] = a.y < b.y ? [a, b] : [b, a]
  const x = upper.x + Math.min(upper.width, lower.width) / 2
  const straightLine = straight({ x, y: upper.y + upper.height }, { x, y: lower.y })
  const line = hides(straightLine, end, cards)
    ? round(
        { x: upper.x, y: upper.y + headMiddle },
        { x: lower.x, y: lower.y + Math.min(headMiddle, lower.height / 2) },
      )
    : straightLine
  return a.y < b.y ? line : [line[3], line[2], line[1], line[0]]
}

function down(end: End, all: readonly End[]): Cubic {
  const [a, b] = [end.from.rect, end.to.rect]
  if (b.y < a.y + a.height) {
    const [left, right] = a.x < b.x ? [a, b] : [b, a]
    const line = straight(
      { x: left.x + left.width, y: left.y + left.height / 2 },
      { x: right.x, y: right.y + right.height / 2 },
    )
    return a.x < b.x ? line : [line[3], line[2], line[1], line[0]]
  }
  const siblings = all
    .filter(({ from, to }) => from === end.from && to.rect.y >= a.y + a.height)
    .toSorted((x, y) => x.to.rect.y - y.to.rect.y || x.to.rect.x - y.to.rect.x)
  const share = (siblings.indexOf(end) + 1) / (siblings.length + 1)
  const from = { x: a.x + a.width * share, y: a.y + a.height }
  const to = { x: b.x + b.width / 2, y: b.y }
  const pull = (to.y - from.y) / 2
  return [from, { x: from.x, y: from.y + pull }, { x: to.x, y: to.y - pull }, to]
}

function straight(from: Point, to: Point): Cubic {
  const third = (k: number) => ({
    x: from.x + ((to.x - from.x) * k) / 3,
    y: from.y + ((to.y - from.y) * k) / 3,
  })
  return [from, third(1), third(2), to]
}

function round(from: Point, to: Point): Cubic {
  const x = Math.min(from.x, to.x) - bow
  return [from, { x, y: from.y }, { x, y: to.y }, to]
}
