/** Paints one packet and its label on a 2D context whose unit is a CSS pixel. Nothing here allocates. */
import type { Phase } from '../../sim/trace/trace.ts'
import type { PacketLook, Shape } from './packet-look.ts'

/** The tokens that the canvas needs, read from the style sheet. */
export interface Palette {
  readonly phases: Readonly<Record<Phase, string>>
  readonly panel: string
  readonly onFill: string
  readonly text: string
  readonly faint: string
  readonly sans: string
  readonly mono: string
  /** 0…1. */
  readonly glow: number
}

/** 26 px, whatever the zoom. */
const packetSize = 26
const half = packetSize / 2
const full = Math.PI * 2

interface Drawing {
  readonly body: Path2D
  readonly mark: Path2D
  readonly markWidth: number
}

// Drawn in a box of 26 × 26; Path2D is made on first use, so that importing this file needs no browser.
const outlines: Readonly<Record<Shape, readonly [body: string, mark: string, markWidth: number]>> = {
  diamond: [
    'M13 1.5 24.5 13 13 24.5 1.5 13Z',
    'M10.6 10.9a2.5 2.5 0 1 1 3.7 2.2c-.9.5-1.3 1-1.3 1.8M13 17.9v.1',
    2.1,
  ],
  circle: ['M13 2a11 11 0 1 1 0 22a11 11 0 1 1 0-22Z', 'M8.2 10.4h8.6l-2.4-2.5M17.8 15.6H9.2l2.4 2.5', 2],
  hexagon: [
    'M13 1.2l10.3 5.9v11.8L13 24.8 2.7 18.9V7.1Z',
    'M9 12.2h8v5.6H9ZM10.8 12v-1.9a2.2 2.2 0 0 1 4.4 0V12',
    1.9,
  ],
  square: [
    'M7 2.5h12a4.5 4.5 0 0 1 4.5 4.5v12a4.5 4.5 0 0 1-4.5 4.5H7a4.5 4.5 0 0 1-4.500-4.500V7A4.500 4.500 0 0 1 7 2.500Z',
    'M8.2 13.4l3.300 3.300 6.300-7',
    2.6,
  ],
  ring: ['M13 3a10 10 0 1 1 0 20a10 10 0 1 1 0-20Z', 'M14.8 8.8 10.6 13l4.2 4.2', 2.4],
  octagon: ['M8 1.5h10l6.5 6.5v10L18 24.5H8L1.5 18V8Z', 'M9 9l8 8M17 9l-8 8', 2.6],
  silence: ['M8 1.5h10l6.5 6.5v10L18 24.5H8L1.5 18V8Z', 'M8.6 13v.1M13 13v.1M17.4 13v.1', 2.6],
}
const drawings = new Map<Shape, Drawing>()

function drawingOf(shape: Shape): Drawing {
  const known = drawings.get(shape)
  if (known !== undefined) return known
  const [body, mark, markWidth] = outlines[shape]
  const drawing = { body: new Path2D(body), mark: new Path2D(mark), markWidth }
  drawings.set(shape, drawing)
  return drawing
}

/** The packet itself, its centre at (x, y). */
export function paintPacket(
  ctx: CanvasRenderingContext2D,
  look: PacketLook,
  palette: Palette,
  x: number,
  y: number,
): void {
  const { body, mark, markWidth } = drawingOf(look.shape)
  const colour = palette.phases[look.phase]
  const isOpen = look.shape === 'ring' || look.shape === 'silence'
  ctx.translate(x - half, y - half)
  ctx.lineCap = 'round'
  ctx.lineJoin = 'round'
  ctx.fillStyle = isOpen ? palette.panel : colour
  ctx.fill(body)
  ctx.strokeStyle = isOpen ? colour : palette.panel
  ctx.lineWidth = isOpen ? (look.shape === 'ring' ? 3.4 : 2) : 1.5
  ctx.stroke(body)
  ctx.strokeStyle = isOpen ? colour : palette.onFill
  ctx.lineWidth = markWidth
  ctx.stroke(mark)
  ctx.translate(half - x, half - y)
}

/** The light round a packet: a gradient baked once a phase and theme. */
export function paintGlow(
  ctx: CanvasRenderingContext2D,
  glow: HTMLCanvasElement,
  x: number,
  y: number,
): void {
  ctx.drawImage(glow, x - glowRadius, y - glowRadius, 2 * glowRadius, 2 * glowRadius)
}

const glowRadius = 24

/** Bakes the glow of a colour. `strength` 0…1: on a light ground less is as much. */
export function bakeGlow(colour: string, strength: number): HTMLCanvasElement {
  const canvas = document.createElement('canvas')
  canvas.width = canvas.height = 4 * glowRadius
  const ctx = canvas.getContext('2d')
  if (ctx === null) return canvas
  const gradient = ctx.createRadialGradient(
    2 * glowRadius,
    2 * glowRadius,
    glowRadius,
    2 * glowRadius,
    2 * glowRadius,
    2 * glowRadius,
  )
  gradient.addColorStop(0, colour)
  gradient.addColorStop(1, 'transparent')
  ctx.globalAlpha = strength
  ctx.fillStyle = gradient
  ctx.fillRect(0, 0, canvas.width, canvas.height)
  return canvas
}

/** One ring goes out from where a packet ended; `passed` 0…1. */
export function paintRing(
  ctx: CanvasRenderingContext2D,
  colour: string,
  x: number,
  y: number,
  passed: number,
): void {
  ctx.globalAlpha = 1 - passed
  ctx.strokeStyle = colour
  ctx.lineWidth = 1.5
  ctx.beginPath()
  ctx.arc(x, y, half + 18 * passed, 0, full)
  ctx.stroke()
  ctx.globalAlpha = 1
}

/** The stick from a packet to its label's nearest edge. */
export function paintStick(
  ctx: CanvasRenderingContext2D,
  colour: string,
  x: number,
  y: number,
  toX: number,
  toY: number,
): void {
  ctx.strokeStyle = colour
  ctx.lineWidth = 1.5
  ctx.beginPath()
  ctx.moveTo(x, y)
  ctx.lineTo(toX, toY)
  ctx.stroke()
}
