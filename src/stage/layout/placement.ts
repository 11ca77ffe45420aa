/** What a layout gives: every card with its place. */
import type { Card, Frame, LaneTitle } from '../scene/scene.ts'

export interface Placement {
  readonly lanes: readonly LaneTitle[]
  readonly frames: readonly Frame[]
  readonly cards: readonly Card[]
  readonly width: number
  readonly height: number
  /** Whether wires run from left to right, or from top to bottom. */
  readonly runs: 'across' | 'down'
}

/** The free part of the stage, in CSS pixels. */
export interface View {
  readonly kind: 'logical'
  readonly width: number
  readonly height: number
}
