/** The scene as React Flow's nodes: geometry and an id each; what a card says stands in its data and is the scene's own object. */
import type { Node } from '@xyflow/react'
import type { Card, Frame, Scene } from './scene/scene.ts'

export type CardFlowNode = Node<{ readonly card: Card }, Card['content']['kind']>
export type FrameFlowNode = Node<{ readonly frame: Frame }, 'frame'>

/** The nodes in the order of the keyboard. Every size is given, so nothing waits for a measurement. */
export function flowNodesOf(scene: Scene): (CardFlowNode | FrameFlowNode)[] {
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
  }))
  return [...frames, ...cards]
}

function placed({ id, rect }: Card | Frame) {
  const { x, y, width, height } = rect
  return { id, position: { x, y }, width, height, measured: { width, height } }
}
