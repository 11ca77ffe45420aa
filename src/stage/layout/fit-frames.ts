/** How many Pods of each node find room: what is not on the path folds first. */
import type { FramePart, Part } from '../scene/cast.ts'
import { foldHeight, frameHead, framePad, heightOf } from './measures.ts'

/** A frame with the Pods that stay. */
interface FittedFrame {
  readonly part: FramePart
  readonly pods: readonly Part[]
  readonly folded: number
  readonly height: number
}

export interface FittedFrames {
  readonly frames: readonly FittedFrame[]
  /** Nodes without a frame. */
  readonly hidden: number
  readonly podGap: number
}

export const frameGap = 12
const podGaps = [6, 4]

/** The richest form that `most` pixels hold; with nothing that does, the barest. */
export function fitFrames(frames: readonly FramePart[], most: number): FittedFrames {
  const ranks = [...new Set(frames.flatMap(({ pods }) => pods.map(({ rank }) => rank)))].toSorted(
    (a, b) => b - a,
  )
  const forms = [
    ...podGaps.map((podGap) => fitted(frames, Infinity, Infinity, podGap)),
    ...[...ranks, 0].flatMap((rank) =>
      [8, 5, 3, 2, 1, 0].map((each) => fitted(frames, rank, each, podGaps[1] ?? 0)),
    ),
    ...[8, 4, 2, 1].map((nodes) => fewest(frames, nodes)),
  ]
  const found = forms.find((form) => heightOfFrames(form) <= most) ?? forms.at(-1)
  return found ?? { frames: [], hidden: 0, podGap: 0 }
}

/** The height of all frames, one below the other. */
export function heightOfFrames({ frames, hidden }: FittedFrames): number {
  const sum = frames.reduce((total, { height }) => total + height + frameGap, -frameGap)
  return Math.max(0, sum) + (hidden > 0 ? foldHeight + frameGap : 0)
}

/** Pods of a rank below `rank` stay, and `each` of those at it and above in every frame. */
function fitted(frames: readonly FramePart[], rank: number, each: number, podGap: number): FittedFrames {
  return {
    frames: frames.map((part) => {
      let left = each
      const pods = part.pods.filter((pod) => pod.rank === 0 || pod.rank < rank || left-- > 0)
      return frameOf(part, pods, podGap)
    }),
    hidden: 0,
    podGap,
  }
}

/** Frames that the path visits, and so many more. */
function fewest(frames: readonly FramePart[], more: number): FittedFrames {
  let left = more
  const kept = frames.filter(({ pods }) => pods.some(({ rank }) => rank === 0) || left-- > 0)
  const podGap = podGaps[1] ?? 0
  return {
    frames: kept.map((part) =>
      frameOf(
        part,
        part.pods.filter(({ rank }) => rank === 0),
        podGap,
      ),
    ),
    hidden: frames.length - kept.length,
    podGap,
  }
}

function frameOf(part: FramePart, pods: readonly Part[], podGap: number): FittedFrame {
  const folded = part.others + part.pods.length - pods.length
  const inside = pods.reduce((sum, { content }) => sum + heightOf(content) + podGap, 0)
  const foot = folded > 0 ? foldHeight : pods.length > 0 ? framePad - podGap : 0
  return { part, pods, folded, height: frameHead + inside + foot }
}
