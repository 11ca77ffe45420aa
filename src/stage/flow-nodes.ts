/** The scene as React Flow's nodes: geometry and an id each; what a card says stands in its data and is the scene's own object. */
import type { Node } from '@xyflow/react'
import type { Card, Frame, Scene } from './scene/scene.ts'
import type { AppliedShown } from './use-applied.ts'

export type CardFlowNode = Node<{ readonly card: Card }, Card['content']['kind']>
export type FrameFlowNode = Node<{ readonly frame: Frame }, 'frame'>

/** Class names for what an edit did to a card. */
export interface AppliedClasses {
  readonly changed: string
  readonly added: string
  readonly gone: string
}

/**
 * The nodes in the order of the keyboard; what is no more, last. Every size is given, so nothing waits for a measurement.
 * @param applied what an edit has just done
 */
export function flowNodesOf(
  scene: Scene,
  applied: AppliedShown,
  classes: AppliedClasses,
): (CardFlowNode | FrameFlowNode)[] {
  const frames = scene.frames.map((frame): FrameFlowNode => ({
    ...placed(frame),
    type: 'frame',
    data: { frame },
    zIndex: 0,
  }))
  const cards = scene.cards.map((card): CardFlowNode => ({
    ...placed(card),
    type: card.content.kind,
    data: { card },
    zIndex: 2,
    ...(applied.changed.has(card.id) ? { className: classes.changed } : {}),
    ...(applied.added.has(card.id) ? { className: classes.added } : {}),
  }))
  const shown = new Set(cards.map(({ id }) => id))
  const ghosts = applied.ghosts.flatMap((card): readonly CardFlowNode[] =>
    shown.has(card.id)
      ? []
      : [{ ...placed(card), type: card.content.kind, data: { card }, zIndex: 1, className: classes.gone }],
  )
  return [...frames, ...cards, ...ghosts]
}

function placed({ id, rect }: Card | Frame) {
  const { x, y, width, height } = rect
  return { id, position: { x, y }, width, height, measured: { width, height } }
}
