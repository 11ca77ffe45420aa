/** What every part of a request under way needs: the world, the trace being written, and what was asked. */
import type { Phase, Subject } from './trace.ts'
import type { Recorder } from './recorder.ts'
import type { TraceRequest } from './request.ts'
import type { World } from './world.ts'

export interface Run {
  readonly world: World
  readonly recorder: Recorder
  readonly request: TraceRequest
}

/** Who sends: a host and what people call it. */
export interface Party {
  readonly host: string
  readonly subject: Subject
}

/** One packet's flight, as far as the telling of it goes. */
export interface Flight {
  readonly exchange: number
  readonly packetId: number
  readonly direction: 'request' | 'reply'
  /** The colour while nothing decides. */
  readonly phase: Phase
  /**
   * `full`: every station is a hop; `brief`: only where something is rewritten, chosen or ends; `silent`: none, for what is told
   * elsewhere (the last ACK of a handshake, the AAAA half of a pair).
   */
  readonly detail: 'full' | 'brief' | 'silent'
  /** What the packet is, for labels: `SYN`, `GET /`. */
  readonly says: string
}
