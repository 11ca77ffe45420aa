/** Who plays: the cards of one act before anyone has a place, and the links between them. */
import type { NodeView } from '../../sim/snapshot.ts'
import type { Act, CardContent, LadderContent, RefusalContent, WireKind } from './scene.ts'

export type BelowContent = LadderContent | RefusalContent

export interface Cast {
  readonly act: Act
  readonly clients: readonly Part[]
  /** Names, Services and ways in, from top to bottom. `compact` ones give way first. */
  readonly middle: readonly Part[]
  readonly frames: readonly FramePart[]
  /** Under the lanes, in their whole width. */
  readonly below?: BelowContent
  readonly links: readonly Link[]
  /** Services of the cluster that play no part. */
  readonly otherServices: number
}

export interface Part {
  readonly id: string
  readonly content: CardContent
  readonly onPath: boolean
  /** The least important leaves the stage first, where there is no room. 0: never leaves. */
  readonly rank: number
}

/** A node and its Pods in the order in which they stand; `others` run there and are never drawn. */
export interface FramePart {
  /** Undefined: for Pods that are on no node yet. */
  readonly node: NodeView | undefined
  readonly pods: readonly Part[]
  readonly others: number
}

/** A wire to be drawn if both ends have a place. `row` is the row of `from` at which it begins. */
export interface Link {
  readonly from: string
  readonly to: string
  readonly row?: string
  readonly kind: WireKind
  /** Nobody travels it in this act: it is left out where it would run behind a card. */
  readonly optional?: true
}
