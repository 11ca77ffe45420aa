/** Paints a packet's label: two lines in a box; at a rewrite the old value struck and the new one bold beside it. */
import type { Palette } from './paint-packet.ts'

/** A label with its widths, measured once. */
export interface MeasuredLabel {
  readonly headBefore: string
  readonly head: string
  readonly value: string
  readonly valueWidth: number
  readonly now: string | undefined
  readonly width: number
  readonly height: number
}

const padX = 9
const padY = 5
const headLine = 15
const valueLine = 16
const gap = 7
export const labelHeight = 2 * padY + headLine + valueLine

/** The fonts of both lines. */
export function labelFonts({ sans, mono }: Pick<Palette, 'sans' | 'mono'>) {
  return { head: `600 11px ${sans}`, value: `600 11.5px ${mono}`, was: `400 11.5px ${mono}` }
}

/** How wide a label is for its texts' widths. */
export function labelWidth(headWidth: number, valueWidth: number, nowWidth: number | undefined): number {
  return Math.ceil(2 * padX + Math.max(headWidth, valueWidth + (nowWidth === undefined ? 0 : gap + nowWidth)))
}

/**
 * @param x the left edge, whole device pixels
 * @param decided 0…1: how far the new value has faded in; below 0 the packet is still on its way
 */
export function paintLabel(
  ctx: CanvasRenderingContext2D,
  label: MeasuredLabel,
  palette: Palette,
  colour: string,
  x: number,
  y: number,
  decided: number,
  fonts: { readonly head: string; readonly value: string; readonly was: string },
): void {
  ctx.fillStyle = palette.panel
  ctx.strokeStyle = colour
  ctx.lineWidth = 1.5
  ctx.beginPath()
  ctx.roundRect(x, y, label.width, label.height, 9)
  ctx.fill()
  ctx.stroke()
  ctx.textBaseline = 'alphabetic'
  ctx.font = fonts.head
  ctx.fillStyle = colour
  ctx.fillText(decided < 0 ? label.headBefore : label.head, x + padX, y + padY + 11)
  const baseline = y + padY + headLine + 12
  const isStruck = label.now !== undefined && decided >= 0
  ctx.font = isStruck ? fonts.was : fonts.value
  ctx.fillStyle = isStruck ? palette.faint : palette.text
  ctx.fillText(label.value, x + padX, baseline)
  if (!isStruck || label.now === undefined) return
  ctx.fillRect(x + padX, baseline - 4, label.valueWidth, 1)
  ctx.globalAlpha = Math.min(1, decided)
  ctx.font = fonts.value
  ctx.fillStyle = colour
  ctx.fillText(label.now, x + padX + label.valueWidth + gap, baseline)
  ctx.globalAlpha = 1
}
