/**
 * The canvas over the graph. It draws what {@link positionAt} says, in screen pixels, so that a packet is 26 px whatever the zoom. A frame
 * allocates nothing. The canvas is no larger than what it may draw on: the lit tracks and their labels, in steps of 128 px.
 */
import { drawOf } from '../../playback/draw-of.ts'
import { drawTimes } from '../../playback/draw-times.ts'
import type { Schedule } from '../../playback/schedule.ts'
import type { Phase, Trace } from '../../sim/trace/trace.ts'
import { pathX, pathY, type Rect } from '../scene/geometry.ts'
import type { Scene } from '../scene/scene.ts'
import { canvasBox } from './canvas-box.ts'
import { labelPathsOf, type LabelTrack } from './label-paths.ts'
import { labelFonts, measureLabel, paintLabel, type LabelFonts, type MeasuredLabel } from './paint-label.ts'
import { bakeGlow, paintGlow, paintPacket, paintRing, paintStick, type Palette } from './paint-packet.ts'
import type { PacketLabel } from './packet-label.ts'
import { packetLook, type PacketLook } from './packet-look.ts'
import { emptyPosition, positionAt, type PacketPosition } from './position-at.ts'
import { readPalette } from './read-palette.ts'

/** A trace on its scene. */
export interface Performance {
  readonly scene: Scene
  readonly trace: Trace
  readonly schedule: Schedule
  readonly labels: readonly PacketLabel[]
  /** Ground for labels, in flow coordinates. */
  readonly view: Rect
}

/** Where flow coordinates are on the screen: x, y, zoom. */
export type Transform = readonly [x: number, y: number, zoom: number]

const ringMs = 300
const fadeMs = 120

export class PacketLayer {
  private readonly canvas: HTMLCanvasElement
  private readonly context: CanvasRenderingContext2D | null
  private readonly position: PacketPosition = emptyPosition()
  private palette: Palette
  private fonts: LabelFonts
  private glows: Readonly<Record<Phase, HTMLCanvasElement>>
  private play: Performance | undefined
  private looks: readonly PacketLook[] = []
  /** After a hop's `decideMs`: when its new value appears, which is once its draw is over. */
  private rewriteMs: readonly number[] = []
  private labels: readonly MeasuredLabel[] = []
  private labelTracks: readonly (LabelTrack | undefined)[] = []
  private transform: Transform = [0, 0, 1]
  private bounds: { readonly width: number; readonly height: number } = { width: 0, height: 0 }
  private box: Rect = { x: 0, y: 0, width: 0, height: 0 }
  private pixelRatio = 1

  constructor(canvas: HTMLCanvasElement) {
    this.canvas = canvas
    this.context = canvas.getContext('2d')
    this.palette = readPalette(canvas)
    this.fonts = labelFonts(this.palette)
    this.glows = glowsOf(this.palette)
  }

  /** Reads the tokens anew, and measures with them. */
  themeChanged(): void {
    this.palette = readPalette(this.canvas)
    this.fonts = labelFonts(this.palette)
    this.glows = glowsOf(this.palette)
    this.perform(this.play)
  }

  /** What is played from now on; nothing with `undefined`. */
  perform(play: Performance | undefined): void {
    this.play = play
    this.looks = play?.trace.hops.map(packetLook) ?? []
    this.rewriteMs =
      play?.trace.hops.map((hop) => drawTimes(drawOf(hop)?.candidates ?? []).at(-1)?.toMs ?? 0) ?? []
    this.labels = play?.labels.map((label) => measureLabel(label, this.fonts, this.widthOf)) ?? []
    this.labelTracks =
      play === undefined
        ? []
        : labelPathsOf(
            play.scene,
            this.labels.map(({ forms }) => forms),
            play.view,
          )
    this.fit()
  }

  /** The stage was panned, zoomed or resized; `bounds` is its size in CSS pixels. */
  moved(transform: Transform, bounds: { readonly width: number; readonly height: number }): void {
    this.transform = transform
    this.bounds = bounds
    this.fit()
  }

  /** Draws the moment. */
  draw(positionMs: number): void {
    const ctx = this.context
    if (ctx === null) return
    ctx.setTransform(1, 0, 0, 1, 0, 0)
    ctx.clearRect(0, 0, this.canvas.width, this.canvas.height)
    const { play, position, pixelRatio, box } = this
    if (play === undefined || !positionAt(play.scene, play.schedule, positionMs, position)) return
    const [tx, ty, zoom] = this.transform
    ctx.setTransform(pixelRatio, 0, 0, pixelRatio, 0, 0)
    this.drawPacket(ctx, position.x * zoom + tx - box.x, position.y * zoom + ty - box.y)
  }

  private drawPacket(ctx: CanvasRenderingContext2D, x: number, y: number): void {
    const { position, palette } = this
    const { step, decidedMs } = position
    // Until it arrives the packet is what the hop before made of it.
    const isArriving = decidedMs < 0 && step > 0
    const look = this.looks[isArriving ? step - 1 : step]
    if (look === undefined) return
    const colour = palette.phases[look.phase]
    this.drawLabel(ctx, x, y, colour)
    const isEnd = look.shape === 'octagon' && this.isEnding(step)
    if (isEnd && decidedMs >= 0 && decidedMs < ringMs) paintRing(ctx, colour, x, y, decidedMs / ringMs)
    paintGlow(ctx, this.glows[look.phase], x, y)
    paintPacket(ctx, look, palette, x, y)
  }

  private drawLabel(ctx: CanvasRenderingContext2D, x: number, y: number, colour: string): void {
    const { position, palette, labelTracks, box } = this
    const label = this.labels[position.step]
    const track = labelTracks[position.step]
    if (label === undefined || track === undefined || track.hidden) return
    const isAcross = track.shift !== undefined && position.shifted > 0
    const path = isAcross ? track.shift : track.move
    const fraction = isAcross ? position.shifted : position.moved
    // The label keeps its distance in screen pixels, as it keeps its size.
    const centreX = x + (pathX(path, fraction) - position.x)
    const centreY = y + (pathY(path, fraction) - position.y)
    const size = label.forms[track.form]
    if (size === undefined) return
    const { width, height } = size
    const left = this.whole(clamp(centreX - width / 2, 4 - box.x, this.bounds.width - width - 4 - box.x))
    const top = this.whole(centreY - height / 2)
    paintStick(ctx, colour, x, y, clamp(x, left, left + width), clamp(y, top, top + height))
    paintLabel(ctx, label, track.form, palette, this.fonts, colour, left, top, this.decided())
  }

  /** How far the new value has faded in, 0…1; below 0 before the decision. A draw that is told with a rewrite comes before it. */
  private decided(): number {
    const { step, decidedMs } = this.position
    const drawMs = this.labels[step]?.isRewrite !== true ? 0 : (this.rewriteMs[step] ?? 0)
    return decidedMs < drawMs ? -1 : (decidedMs - drawMs) / fadeMs
  }

  private isEnding(step: number): boolean {
    const kind = this.play?.trace.hops[step]?.kind
    return kind === 'refuse' || kind === 'drop'
  }

  private readonly widthOf = (text: string, font: string): number => {
    if (this.context === null) return text.length * 7
    this.context.font = font
    return this.context.measureText(text).width
  }

  /** Sizes the canvas to what the scene may draw; setting a size clears, so only where it differs. */
  private fit(): void {
    this.box = canvasBox(this.play?.scene, this.labelTracks, this.labels, this.transform, this.bounds)
    this.pixelRatio = Math.min(2, window.devicePixelRatio)
    const { x, y, width, height } = this.box
    const [w, h] = [Math.round(width * this.pixelRatio), Math.round(height * this.pixelRatio)]
    if (this.canvas.width !== w) this.canvas.width = w
    if (this.canvas.height !== h) this.canvas.height = h
    this.canvas.style.width = `${width}px`
    this.canvas.style.height = `${height}px`
    this.canvas.style.transform = `translate(${x}px, ${y}px)`
  }

  private whole(value: number): number {
    return Math.round(value * this.pixelRatio) / this.pixelRatio
  }
}

function glowsOf({ phases, glow }: Palette): Readonly<Record<Phase, HTMLCanvasElement>> {
  return {
    dns: bakeGlow(phases.dns, glow),
    nat: bakeGlow(phases.nat, glow),
    edge: bakeGlow(phases.edge, glow),
    pod: bakeGlow(phases.pod, glow),
    reply: bakeGlow(phases.reply, glow),
    drop: bakeGlow(phases.drop, glow),
  }
}

function clamp(value: number, least: number, most: number): number {
  return Math.max(least, Math.min(most, value))
}
