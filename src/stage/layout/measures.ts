/** How high each card is, in CSS pixels at zoom 1. The styles of the cards keep to these, so nothing is measured in the browser. */
import type { BelowContent } from '../scene/cast.ts'
import type { CardContent } from '../scene/scene.ts'

const rowHeight = 27
const headHeight = 54
const lineHeight = 34
const thirdLine = 18
const rungHeight = { tall: 44, flat: 28 } as const
const ladderHead = 37
const refusalHeight = 122
export const foldHeight = 22
export const frameHead = 30
export const framePad = 9

/** The height of a card. */
export function heightOf(content: CardContent): number {
  switch (content.kind) {
    case 'client':
      return headHeight + (content.home === undefined ? 0 : thirdLine)
    case 'service':
      return headOf(content) + content.rows.length * rowHeight + 2
    case 'stop':
      return headOf(content) + content.rows.length * rowHeight + 2
    case 'pod':
      return content.size === 'line' ? lineHeight : headHeight + content.rows.length * rowHeight + 2
    case 'ladder':
      return ladderHead + content.rows.length * rungHeight[content.tall ? 'tall' : 'flat'] + 2
    case 'refusal':
      return refusalHeight
    case 'fold':
      return foldHeight
  }
}

/** Where a row's middle is, below the top of its card. */
export function rowMiddle(content: CardContent, id: string): number | undefined {
  if (content.kind !== 'service' && content.kind !== 'stop' && content.kind !== 'pod') return undefined
  const index = content.rows.findIndex((row) => row.id === id)
  if (index < 0) return undefined
  return headOf(content) + (index + 0.5) * rowHeight + 1
}

function headOf(content: CardContent): number {
  const isLine =
    (content.kind === 'service' && content.oneLine === true) ||
    (content.kind === 'stop' && content.lines.length === 0)
  return isLine ? lineHeight : headHeight
}

/** What stands below the lanes in a form that fits `most` pixels: a ladder flat where it must be; undefined where nothing fits. */
export function fitBelow(below: BelowContent | undefined, most: number): BelowContent | undefined {
  if (below === undefined) return undefined
  const forms: readonly BelowContent[] =
    below.kind === 'ladder' ? [below, { ...below, tall: false }] : [below]
  return forms.find((form) => heightOf(form) <= most)
}
