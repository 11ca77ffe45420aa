/** Where the packet is at a moment of playback: a pure function, exact when frozen, scrubbed or reversed. */
import type { Schedule } from '../../playback/schedule.ts'
import { stepAt } from '../../playback/schedule.ts'
import { pathX, pathY, type Path } from '../scene/geometry.ts'
import type { Scene } from '../scene/scene.ts'

/** What {@link positionAt} fills in; the same object a frame, so that a frame allocates nothing. */
export interface PacketPosition {
  /** Index of the hop; -1 where no packet is drawn. */
  step: number
  x: number
  y: number
  /** 0…1 of the way of this hop. */
  moved: number
  /** 0…1 of the way across the card that decides. */
  shifted: number
  /** Milliseconds since the decision began; below 0 on the way to it. */
  decidedMs: number
}

/** A position to be filled in. */
export function emptyPosition(): PacketPosition {
  return { step: -1, x: 0, y: 0, moved: 0, shifted: 0, decidedMs: 0 }
}

/**
 * Fills in the packet's position at `positionMs`.
 * @returns whether a packet is there: the scene plays the hop of this moment
 */
export function positionAt(
  scene: Scene,
  schedule: Schedule,
  positionMs: number,
  into: PacketPosition,
): boolean {
  const step = stepAt(schedule, positionMs)
  const timing = schedule.steps[step]
  const track = scene.tracks[step]
  into.step = -1
  if (timing === undefined || track === undefined) return false
  const { startMs, decideMs } = timing
  into.step = step
  into.moved = decideMs > startMs ? within((positionMs - startMs) / (decideMs - startMs)) : 1
  into.decidedMs = positionMs - decideMs
  const across = track.shiftTime
  into.shifted =
    across === undefined ? 0 : within((into.decidedMs - across.fromMs) / (across.toMs - across.fromMs))
  place(track.shift !== undefined && into.shifted > 0 ? track.shift : track.move, into)
  if (into.shifted === 0) place(track.move, into, into.moved)
  return true
}

function place(path: Path, into: PacketPosition, fraction = into.shifted): void {
  into.x = pathX(path, fraction)
  into.y = pathY(path, fraction)
}

function within(fraction: number): number {
  return Math.max(0, Math.min(1, fraction))
}
