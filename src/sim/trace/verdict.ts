/** How a request ended, in one word and one sentence. A path with a hop that is not modelled never ends green. */
import { phrase, type Phrase } from '../phrase.ts'
import type { Hop, Result, Verdict } from './trace.ts'

/** Judges a request by what its program got. */
export function verdictOf(hops: readonly Hop[], result: Result): Verdict {
  const unknown = hops.find((hop) => hop.basis === 'not-modelled')
  if (unknown !== undefined)
    return { kind: 'unknown', phrase: phrase('verdict.unknown', { step: unknown.index + 1 }) }
  switch (result.kind) {
    case 'http': {
      const { status, reason } = result.response
      return { kind: 'answered', phrase: phrase('verdict.http', { status, reason }), status }
    }
    case 'connected':
      return {
        kind: 'answered',
        phrase: phrase('verdict.connected', { address: result.address, port: result.port }),
      }
    case 'delivered':
      return {
        kind: 'unknown',
        phrase: phrase('verdict.delivered', { address: result.address, port: result.port }),
      }
    case 'connect-failed':
      return connectVerdict(hops, result)
    case 'tls-failed':
      return { kind: 'tls-failed', phrase: tlsPhrase(result) }
    case 'name-failed':
      return { kind: 'name-not-found', phrase: phrase(`verdict.name-${result.error}`, { name: result.name }) }
    case 'ping':
      return pingVerdict(result)
    case 'dns':
      return dnsVerdict(result)
    case 'not-modelled':
      return { kind: 'unknown', phrase: phrase('verdict.not-modelled', { what: result.what }) }
    case 'client-gone':
      return { kind: 'dropped', phrase: phrase('verdict.client-gone') }
    case 'bad-request':
      return { kind: 'bad-request', phrase: result.phrase }
  }
}

function tlsPhrase({ error, tls, address, port }: Extract<Result, { kind: 'tls-failed' }>): Phrase {
  const name = tls?.hello.serverName ?? address
  switch (error) {
    case 'wrong-version':
      return phrase('verdict.tls-wrong-version', { address, port })
    case 'name':
      return phrase('verdict.tls-name', { name })
    case 'chain': {
      const why = tls?.chainVerdict.kind === 'refused' ? tls.chainVerdict.error : 'unknown-issuer'
      return phrase(`verdict.tls-${why}`, { name })
    }
  }
}

function connectVerdict(hops: readonly Hop[], result: Extract<Result, { kind: 'connect-failed' }>): Verdict {
  const values = { address: result.address, port: result.port, seconds: Math.round(result.afterMs / 1000) }
  switch (result.error) {
    case 'refused':
      return {
        kind: 'refused',
        phrase: phrase('verdict.refused', { ...values, who: refuserOf(hops) ?? result.address }),
      }
    case 'timed-out':
      return { kind: 'timed-out', phrase: phrase('verdict.timed-out', values) }
    case 'unreachable':
      return { kind: 'unreachable', phrase: phrase('verdict.unreachable', values) }
    case 'reset':
    case 'empty-reply':
      return { kind: 'reset', phrase: phrase('verdict.reset', values) }
    case 'unknown':
      return { kind: 'unknown', phrase: phrase('verdict.not-modelled', { what: 'netfilter' }) }
  }
}

function pingVerdict(result: Extract<Result, { kind: 'ping' }>): Verdict {
  const answered = result.echoes.filter((echo) => echo.rttMs !== undefined).length
  const values = { address: result.address, sent: result.echoes.length, answered }
  if (answered > 0) return { kind: 'answered', phrase: phrase('verdict.ping', values) }
  const refused = result.echoes.some((echo) => echo.error !== undefined)
  return refused
    ? { kind: 'unreachable', phrase: phrase('verdict.ping-unreachable', values) }
    : { kind: 'timed-out', phrase: phrase('verdict.ping-silence', values) }
}

function dnsVerdict(result: Extract<Result, { kind: 'dns' }>): Verdict {
  const { reply } = result
  if (reply === undefined && result.error === undefined)
    return { kind: 'answered', phrase: phrase('verdict.dns-unasked') }
  if (reply === undefined)
    return { kind: 'timed-out', phrase: phrase('verdict.dns-silence', { server: result.server }) }
  const values = { rcode: reply.rcode, name: reply.question.name }
  if (reply.rcode === 'NOERROR' && reply.answer.length > 0)
    return { kind: 'answered', phrase: phrase('verdict.dns', values) }
  return { kind: 'name-not-found', phrase: phrase('verdict.dns-failed', values) }
}

/** Who refused: the node whose rule or kernel did, or the Pod, by its name. */
function refuserOf(hops: readonly Hop[]): string | undefined {
  const host = hops.findLast((hop) => hop.kind === 'refuse')?.place.host
  return host?.slice(host.indexOf('/') + 1)
}
