/**
 * The scene: what stands on the stage and where, for one act of one trace. Plain values; everything that draws, and every test, reads it.
 *
 *     client ──┄┄▶ kube-dns ─────────▶ ┌ host01 ─────────┐
 *        └──┄┄┄▶ ┌ nginx ┐             │ coredns-…-q7x2k │      cards, frames, lanes: rectangles
 *                │ p 0.20├────────────▶│ nginx-…-zwx27   │      wires: curves between handles
 *                │ always├───────┐     └─────────────────┘      tracks: the way of each hop along them
 *                └───────┘       └────▶┌ host02 …
 */
import type { Phrase } from '../../sim/phrase.ts'
import type { ObjectRef } from '../../sim/cluster/object-ref.ts'
import type { PodView, ServiceView } from '../../sim/snapshot.ts'
import type { Candidate, Phase } from '../../sim/trace/trace.ts'
import type { DrawTime } from '../../playback/draw-times.ts'
import type { Cubic, Path, Point, Rect } from './geometry.ts'

/** `lookup`: the name server and its search list take the stage. `way`: everything else, and the cluster at rest. */
export type Act = 'lookup' | 'way'

export interface Scene {
  readonly act: Act
  readonly width: number
  readonly height: number
  readonly lanes: readonly LaneTitle[]
  readonly frames: readonly Frame[]
  /** Lane by lane, from top to bottom: the order of the keyboard. */
  readonly cards: readonly Card[]
  readonly wires: readonly Wire[]
  /** By hop. Absent for hops of the other act. */
  readonly tracks: readonly (Track | undefined)[]
}

export interface LaneTitle extends Point {
  readonly text: 'clients' | 'outside' | 'services' | 'wayIn' | 'nameServer' | 'pods' | 'coreDns'
}

/** A machine, or `nowhere`: where Pods wait for one. `folded` Pods are there and are not drawn. */
export interface Frame {
  readonly id: string
  readonly kind: 'node' | 'nowhere'
  readonly rect: Rect
  readonly name: string
  readonly address: string
  /** Nobody hears from the machine. */
  readonly lost: boolean
  readonly folded: number
  readonly titleBelow: boolean
}

export interface Card {
  readonly id: string
  readonly rect: Rect
  readonly content: CardContent
  /** Whether some hop of the trace stands here. */
  readonly onPath: boolean
}

export type CardContent =
  ClientContent | ServiceContent | PodContent | StopContent | LadderContent | RefusalContent | FoldContent

export interface ClientContent {
  readonly kind: 'client'
  readonly name: string
  readonly where: 'pod' | 'node' | 'outside'
  readonly address: string
  /** `default · host01`. */
  readonly home?: string
}

export interface ServiceContent {
  readonly kind: 'service'
  readonly ref: ObjectRef
  readonly type: ServiceView['type'] | 'Headless'
  readonly role: ServiceView['role']
  /** `10.100.221.220:80`; the external name of an ExternalName. */
  readonly address: string
  readonly endpoints: number
  /** Name and address beside each other. */
  readonly oneLine?: true
  readonly rows: readonly Row[]
}

/** `line`: name and address beside each other. `chip`: the end of the name above the end of the address. `full`: two lines. */
export interface PodContent {
  readonly kind: 'pod'
  readonly ref: ObjectRef
  readonly role: PodView['role']
  readonly size: 'line' | 'chip' | 'full'
  readonly address: string
  /** `listens :80`, without the word. */
  readonly ports: readonly number[]
  /** Only where it is not simply running and ready: `Pending`, `Terminating`, `NotReady`, `Deleted`. Its outline is broken then. */
  readonly status?: string
  readonly rows: readonly Row[]
}

/** A place on the way that is neither Service nor Pod. `lines` are literal. */
export interface StopContent {
  readonly kind: 'stop'
  readonly what: 'name' | 'vip' | 'node-port' | 'ingress' | 'gateway' | 'route' | 'router' | 'outside'
  readonly name: string
  readonly lines: readonly string[]
  readonly rows: readonly Row[]
}

/** The search list of a lookup, a rung a name. */
export interface LadderContent {
  readonly kind: 'ladder'
  readonly title: Phrase
  readonly rows: readonly Row[]
  readonly tall: boolean
}

/** Who refused, beside who did not: to the client both say the same. */
export interface RefusalContent {
  readonly kind: 'refusal'
  /** The hop that refused; before it nothing is told. */
  readonly hop: number
  readonly by: 'node' | 'pod'
  readonly name: string
  readonly address: string
  readonly how: 'icmp' | 'rst'
}

/** What is many: `+ 4 Services`. */
export interface FoldContent {
  readonly kind: 'fold'
  readonly what: 'services' | 'nodes'
  readonly count: number
}

/** One candidate of a decision, where it stands in the order. */
export interface Row {
  readonly id: string
  /** Its number in the chain, or `·` for what is no endpoint. */
  readonly mark: string
  /** Literal, in mono; a phrase where it is a hop's own word. */
  readonly name: string | Phrase
  /** 0…1, of a statistic match. */
  readonly probability?: number
  readonly always?: true
  /** 0…1: of all connections. */
  readonly share?: number
  /** The card that it leads to. */
  readonly leadsTo?: string
  /** What became of it, by hop; nothing before the first. */
  readonly outcomes: readonly Outcome[]
  /** This row stands for so many. */
  readonly folded?: number
}

export interface Outcome {
  readonly hop: number
  readonly verdict: Candidate['verdict']
  readonly reason: Phrase
  /** 0…1. */
  readonly drawn?: number
  readonly phase: Phase
  /** How the packet ended here: said in place of the reason. */
  readonly ending?: 'refused' | 'dropped'
  /** After the hop's `decideMs`. */
  readonly time: DrawTime
}

/** `idea`: towards what no interface holds. `read`: endpoints that are read, no packet. */
export type WireKind = 'exists' | 'idea' | 'read'

export interface Wire {
  readonly id: string
  readonly from: string
  readonly to: string
  readonly kind: WireKind
  readonly curve: Cubic
  /** Some packet of the trace rides along it inside another. */
  readonly tunnel?: true
}

/** The way of one hop: `move` before its decision, `shift` while it decides, across the card that decides. */
export interface Track {
  readonly move: Path
  readonly shift?: Path
  /** When it shifts, after the hop's `decideMs`: while the row that won is drawn. */
  readonly shiftTime?: DrawTime
  /** The wires that the hop runs along. */
  readonly wires: readonly string[]
}
