/** One send of a resolver over TCP (RFC 7766): a connection through the cluster to a name server, the questions one after the other. */
import { between } from '../clock.ts'
import type { DnsMessage } from '../dns/message.ts'
import type { ResolverStep, ServerReply } from '../dns/resolver-step.ts'
import { phrase } from '../phrase.ts'
import { answerAsCoreDns } from './answer-name.ts'
import { payloadOf, tellAnswer } from './ask-server.ts'
import type { Party, Run } from './run.ts'
import { connect } from './tcp-connect.ts'
import { flightOf, tcpPacket, type Connection, type Patience } from './tcp-connection.ts'
import { sendReply, sendRequest, waitInVain } from './tcp-data.ts'

/** What the questions got, and the connection, which stays open for the resolver's next. */
export interface AskedOverTcp {
  readonly replies: readonly ServerReply[]
  readonly connection?: Connection
}

/** Sends every question of the step. `open`: the connection of the step before, where the resolver goes on with it. */
export function askOverTcp(run: Run, client: Party, step: ResolverStep, open?: Connection): AskedOverTcp {
  const patience: Patience = { connectMs: step.waitMs, answerMs: step.waitMs }
  const startedAt = run.world.now()
  if (open !== undefined) return askAll(run, open, step)
  const exchange = run.recorder.open('dns', 'client', phrase('exchange.dns-tcp'))
  const opened = connect(run, exchange, client, { address: step.server, port: 53 }, patience)
  if (opened.kind === 'connected') return askAll(run, opened.connection, step)
  const afterMs = between(startedAt, run.world.now())
  const isSilent = opened.error === 'timed-out' || opened.error === 'unknown'
  const reply: ServerReply = isSilent ? { kind: 'silence' } : { kind: 'port-unreachable', afterMs }
  return { replies: step.queries.map(() => reply) }
}

function askAll(run: Run, connection: Connection, step: ResolverStep): AskedOverTcp {
  return { connection, replies: step.queries.map((query) => askOne(run, connection, query)) }
}

function askOne(run: Run, connection: Connection, query: DnsMessage): ServerReply {
  const exchange = run.recorder.exchanges.length - 1
  const sentAt = run.world.now()
  const asked = payloadOf(query, 'TCP')
  const message = { kind: 'dns', message: query } as const
  if (sendRequest(run, exchange, connection, asked, message) !== 'arrived') return { kind: 'silence' }
  const { server } = connection
  const answer = answerAsCoreDns(run, server.socket, query, 'TCP')
  if (answer === undefined) {
    waitInVain(run, exchange, connection, asked.summary)
    return { kind: 'silence' }
  }
  const payload = payloadOf(answer.reply, 'TCP')
  const flight = { ...flightOf(run, exchange, 'reply', query.question.type, 'brief'), phase: 'dns' as const }
  tellAnswer(run, flight, server, answer, tcpPacket(server.local, server.peer, ['PSH', 'ACK'], payload))
  return sendReply(run, exchange, connection, payload)
    ? { kind: 'reply', message: answer.reply, afterMs: between(sentAt, run.world.now()) }
    : { kind: 'silence' }
}
