/** What a command line asks of a program that looks names up, and what the program then asked and got: its printed text is made of both. */
import type { IpAddress } from '../network/address.ts'
import type { DnsMessage, RecordType } from './message.ts'
import type { Resolution, ServerReply } from './resolver-step.ts'

/** A name, and what the command line says otherwise than resolv.conf and the program's own habits. */
export interface NameQuestion {
  readonly name: string
  /** Absent: the program's own. */
  readonly types?: readonly RecordType[]
  /** `dig @SERVER`, `host NAME SERVER`: the only one asked; an address or a name. */
  readonly server?: string
  /** `dig +search`. */
  readonly search?: boolean
  readonly told?: ToldSending
}

/** How a command line wants its questions sent. */
export interface ToldSending {
  readonly attempts?: number
  readonly timeoutSeconds?: number
  /** `dig +tcp`, `host -T`: over TCP from the first. */
  readonly overTcp?: boolean
  /** Flags and EDNS of dig's question; absent: as dig sends it by itself. */
  readonly recurse?: boolean
  readonly ad?: boolean
  readonly edns?: boolean
  readonly cookie?: boolean
  readonly udpSize?: number
}

/** One question that was sent, and what became of it. */
export interface AskedServer {
  readonly server: IpAddress
  readonly transport: 'UDP' | 'TCP'
  /** The index of its name on the ladder. */
  readonly rung: number
  readonly query: DnsMessage
  readonly reply: ServerReply
}

/** One lookup of a program: all that it sent, in order, and how it ended. */
export interface NameTalk {
  readonly resolution: Resolution
  readonly asked: readonly AskedServer[]
}
