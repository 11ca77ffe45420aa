/**
 * Paints a packet's label: a head and the value that counts; at a rewrite the old value struck and the new one bold beside or under it;
 * in a tunnel the outer header under it, as a label of its own.
 */
import type { LabelSize } from './label-ground.ts'
import type { Palette } from './paint-packet.ts'
import type { PacketLabel } from './packet-label.ts'

/** A label with its widths, measured once. */
export interface MeasuredLabel {
  readonly headBefore: string
  readonly head: string
  readonly value: string
  readonly valueWidth: number
  /** The second value: the new one at a rewrite, else what the first leads to. */
  readonly second: string | undefined
  readonly isRewrite: boolean
  /** After the hop, and before it. */
  readonly outer: string | undefined
  readonly outerBefore: string | undefined
  /** On two lines; with a new value also on three. */
  readonly forms: readonly LabelSize[]
}

const padX = 9
const padY = 5
const headLine = 15
const valueLine = 16
const gap = 7
/** Between the label and that of the outer header. */
const outerGap = 4
const outerHeight = 22

/** The fonts of a label. */
export interface LabelFonts {
  readonly head: string
  readonly value: string
  readonly was: string
}

/** The fonts, from the page's faces. */
export function labelFonts({ sans, mono }: Pick<Palette, 'sans' | 'mono'>): LabelFonts {
  return { head: `600 11px ${sans}`, value: `600 11.5px ${mono}`, was: `400 11.5px ${mono}` }
}

/** Measures a label. */
export function measureLabel(
  label: PacketLabel,
  fonts: LabelFonts,
  widthOf: (text: string, font: string) => number,
): MeasuredLabel {
  const { headBefore, head, value, now, rest, outer, outerBefore } = label
  const second = now ?? rest
  const headWidth = Math.max(widthOf(head, fonts.head), widthOf(headBefore, fonts.head))
  const valueWidth = widthOf(value, fonts.value)
  const secondWidth = second === undefined ? 0 : widthOf(second, fonts.value)
  const outers = [outer, outerBefore].filter((each) => each !== undefined)
  const outerWidth = Math.max(0, ...outers.map((each) => widthOf(each, fonts.was)))
  const below = outers.length === 0 ? 0 : outerGap + outerHeight
  const form = (width: number, lines: number): LabelSize => ({
    width: Math.ceil(2 * padX + Math.max(headWidth, width, outerWidth)),
    height: 2 * padY + headLine + lines * valueLine + below,
  })
  const forms =
    second === undefined
      ? [form(valueWidth, 1)]
      : [form(valueWidth + gap + secondWidth, 1), form(Math.max(valueWidth, secondWidth), 2)]
  return {
    headBefore,
    head,
    value,
    valueWidth,
    second,
    isRewrite: now !== undefined,
    outer,
    outerBefore,
    forms,
  }
}

/**
 * @param form which of the label's forms, 0 or 1
 * @param x the left edge, and `y` the top, in whole device pixels
 * @param decided 0…1: how far the new value has faded in; below 0 the packet is still on its way
 */
export function paintLabel(
  ctx: CanvasRenderingContext2D,
  label: MeasuredLabel,
  form: number,
  palette: Palette,
  fonts: LabelFonts,
  colour: string,
  x: number,
  y: number,
  decided: number,
): void {
  const size = label.forms[form]
  if (size === undefined) return
  const hasOuter = label.outer !== undefined || label.outerBefore !== undefined
  const height = size.height - (hasOuter ? outerGap + outerHeight : 0)
  ctx.fillStyle = palette.panel
  ctx.strokeStyle = colour
  ctx.lineWidth = 1.5
  ctx.beginPath()
  ctx.roundRect(x, y, size.width, height, 9)
  ctx.fill()
  ctx.stroke()
  paintOuter(ctx, label, palette, fonts, { x, y: y + height + outerGap, width: size.width, decided })
  ctx.textBaseline = 'alphabetic'
  ctx.font = fonts.head
  ctx.fillStyle = colour
  ctx.fillText(decided < 0 ? label.headBefore : label.head, x + padX, y + padY + 11)
  const baseline = y + padY + headLine + 12
  const isStruck = label.isRewrite && decided >= 0
  ctx.font = isStruck ? fonts.was : fonts.value
  ctx.fillStyle = isStruck ? palette.faint : palette.text
  ctx.fillText(label.value, x + padX, baseline)
  if (isStruck) ctx.fillRect(x + padX, baseline - 4, label.valueWidth, 1)
  if (label.second === undefined || (label.isRewrite && !isStruck)) return
  ctx.globalAlpha = label.isRewrite ? Math.min(1, decided) : 1
  ctx.font = fonts.value
  ctx.fillStyle = label.isRewrite ? colour : palette.text
  if (form === 0) ctx.fillText(label.second, x + padX + label.valueWidth + gap, baseline)
  else ctx.fillText(label.second, x + padX, baseline + valueLine)
  ctx.globalAlpha = 1
}

/** The outer header: a case round what the packet is, so it is drawn as the casing of its wire is. */
function paintOuter(
  ctx: CanvasRenderingContext2D,
  { outer, outerBefore }: MeasuredLabel,
  palette: Palette,
  fonts: LabelFonts,
  at: { readonly x: number; readonly y: number; readonly width: number; readonly decided: number },
): void {
  const text = at.decided < 0 ? outerBefore : outer
  if (text === undefined) return
  ctx.fillStyle = palette.panel
  ctx.strokeStyle = palette.faint
  ctx.beginPath()
  ctx.roundRect(at.x, at.y, at.width, outerHeight, 7)
  ctx.fill()
  ctx.stroke()
  ctx.font = fonts.was
  ctx.fillStyle = palette.text
  ctx.fillText(text, at.x + padX, at.y + 15)
}
