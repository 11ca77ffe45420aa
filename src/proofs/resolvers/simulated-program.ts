/** What the simulator says that a program asks and prints, where its questions get what the real program's got. */
import type { Printed } from '../../shell/lookups/printed.ts'
import { openStream } from '../../sim/draw.ts'
import { parseHosts } from '../../sim/dns/hosts-file.ts'
import type { DnsMessage } from '../../sim/dns/message.ts'
import type { AskedServer, NameQuestion, NameTalk } from '../../sim/dns/name-question.ts'
import { parseResolvConf } from '../../sim/dns/resolv-conf.ts'
import { resolve } from '../../sim/dns/resolver.ts'
import type { ResolverStep, ServerReply } from '../../sim/dns/resolver-step.ts'
import { parseIp, type IpAddress } from '../../sim/network/address.ts'
import { nameCommandOf, type NameCommand } from '../conformance/printed-command.ts'
import type { LaneFiles } from './lane.ts'
import { libraryCommandOf } from './library-command.ts'
import type { Answering, Heard } from './name-server.ts'

/** Questions that went out before an answer to any of them was awaited. */
export type Batch = readonly SentQuery[]

export interface SentQuery {
  readonly server: IpAddress
  readonly transport: 'UDP' | 'TCP'
  readonly query: DnsMessage
}

/** A run of a program in the simulator. */
export interface SimulatedRun {
  readonly batches: readonly Batch[]
  readonly printed: Printed
  /** All of it waiting: an answer takes no time here. */
  readonly tookMs: number
}

/** What the simulated program has before it. */
export interface SimulatedWorld {
  readonly files: LaneFiles
  /** What the real run's servers were asked and answered. */
  readonly heard: readonly Heard[]
  /** For a question that the real run did not ask. */
  readonly answering: Answering
  /** Where nothing listens. */
  readonly closed: IpAddress
  /** musl before 1.2.4. */
  readonly usesTruncated: boolean
}

/** Runs a command line. Throws for one that the terminal does not read as a lookup: the case is wrong then. */
export function simulateProgram(argv: readonly string[], world: SimulatedWorld): SimulatedRun {
  const command =
    libraryCommandOf(argv) ?? nameCommandOf(argv, { library: 'glibc', hosts: parseHosts(world.files.hosts) })
  if (command === undefined) throw new Error(`no lookup: ${argv.join(' ')}`)
  const steps: ResolverStep[] = []
  const talks: NameTalk[] = []
  const left = [...world.heard]
  for (const question of command.questions) {
    const talk = drive(command, question, world, left, steps)
    talks.push(talk)
    if (talk.resolution.outcome.kind !== 'failed') break
  }
  const [first, ...others] = talks
  if (first === undefined) throw new Error('a command asks something')
  return {
    batches: batchesOf(steps),
    printed: command.print([first, ...others]),
    tookMs: talks.reduce((sum, { resolution }) => sum + resolution.tookMs, 0),
  }
}

function drive(
  { flavour }: NameCommand,
  { name, types, told, server }: NameQuestion,
  world: SimulatedWorld,
  left: Heard[],
  steps: ResolverStep[],
): NameTalk {
  const address = parseIp(server ?? '')
  const resolving = resolve({
    name,
    flavour,
    conf: parseResolvConf(world.files.resolvConf, flavour),
    hosts: parseHosts(world.files.hosts),
    usesTruncated: world.usesTruncated,
    draw: openStream(1, 'resolvers'),
    ...(types === undefined ? {} : { types }),
    ...(told === undefined ? {} : { told }),
    ...(address === undefined ? {} : { server: address }),
  })
  const asked: AskedServer[] = []
  let next = resolving.next([])
  while (next.done !== true) {
    const step = next.value
    steps.push(step)
    const { transport, rung, queries } = step
    const replies = queries.map((query) => replyTo(world, left, { server: step.server, transport, query }))
    for (const [index, query] of queries.entries())
      asked.push({
        server: step.server,
        transport,
        rung,
        query,
        reply: replies[index] ?? { kind: 'silence' },
      })
    next = resolving.next(replies)
  }
  return { resolution: next.value, asked }
}

/** What the real program got for the same question; each answer is given once, in the order in which they came. */
function replyTo(world: SimulatedWorld, left: Heard[], { server, transport, query }: SentQuery): ServerReply {
  if (server === world.closed) return { kind: 'port-unreachable', afterMs: 0 }
  const { name, type } = query.question
  const at = left.findIndex(
    (each) =>
      each.server === server &&
      each.transport === transport &&
      each.query.question.name === name &&
      each.query.question.type === type,
  )
  const reply = left[at]?.reply ?? world.answering(server, query, transport)
  if (at >= 0) left.splice(at, 1)
  return reply
}

function batchesOf(steps: readonly ResolverStep[]): readonly Batch[] {
  const batches: SentQuery[][] = []
  for (const { server, transport, queries, withPrevious } of steps) {
    const sent = queries.map((query) => ({ server, transport, query }))
    const last = batches.at(-1)
    if (withPrevious && last !== undefined) last.push(...sent)
    else batches.push(sent)
  }
  return batches
}
