/**
 * The way of a request, from what was typed to how it ended: name, connection, question, answer. Every station is a hop.
 *
 *     parse-request → lookup-name → tcp-connect → http → tcp-data (close)
 *                                 ↘ ping, udp, sctp
 */
import { between, type Millis } from '../clock.ts'
import type { Cluster } from '../cluster/cluster.ts'
import type { NameQuestion, NameTalk } from '../dns/name-question.ts'
import { ip, parseIp, type IpAddress } from '../network/address.ts'
import { phrase, type Phrase } from '../phrase.ts'
import { isGone, tellClientGone } from './client-gone.ts'
import { lookUpName, type NameLookup } from './lookup-name.ts'
import { parseRequest, type Target } from './parse-request.ts'
import { ping } from './ping.ts'
import { openRecorder } from './recorder.ts'
import { requestOverHttp2 } from './over-http2.ts'
import { requestHttp } from './http.ts'
import type { Program, TraceRequest } from './request.ts'
import type { Run } from './run.ts'
import { serve } from './serve.ts'
import { connect } from './tcp-connect.ts'
import type { Connection, Patience } from './tcp-connection.ts'
import { close } from './tcp-data.ts'
import { associate } from './sctp.ts'
import { sendUdp } from './udp.ts'
import { openTls, shakeHands, type TlsOutcome } from './tls.ts'
import { trustStore } from './trust-store.ts'
import type { HttpRequest, Result, Trace } from './trace.ts'
import { findVantage, flavourOf, httpProgram, lookupProgram, nodeResolvConf, type Place } from './vantage.ts'
import { verdictOf } from './verdict.ts'
import { openWorld, type Kernels, type Rations } from './world.ts'

/** A cluster, what its machines' kernels remember, and the time: what a request finds, and what it leaves behind. */
export interface Standing {
  /** After interruptions another one than before. */
  readonly cluster: Cluster
  readonly kernels: Kernels
  readonly rations: Rations
  readonly nowMs: Millis
}

/** Sends one request through a cluster. The same arguments give the same result, byte for byte. */
export function sendRequest(
  { cluster, kernels, rations, nowMs }: Standing,
  request: TraceRequest,
): Standing & { readonly trace: Trace } {
  const world = openWorld({
    cluster,
    kernels,
    rations,
    nowMs,
    seed: request.seed,
    interruptions: request.interruptions ?? [],
  })
  const recorder = openRecorder(world)
  const run: Run = { world, recorder, request }
  const result = perform(run)
  const { exchanges, hops, packets } = recorder
  const trace: Trace = {
    request,
    exchanges,
    hops,
    packets,
    verdict: verdictOf(hops, result),
    startedAtMs: nowMs,
    endedAtMs: world.now(),
    result,
  }
  return {
    trace,
    kernels: world.kernels(),
    rations: world.rations(),
    cluster: world.cluster(),
    nowMs: world.now(),
  }
}

function perform(run: Run): Result {
  const { url, from, questions } = run.request
  const place = findVantage(run.world.cluster(), from)
  if (place === undefined) return badRequest(phrase('request.no-vantage', { from }))
  const parsed = questions === undefined ? parseRequest(url) : undefined
  if (parsed?.kind === 'problem') return badRequest(parsed.problem)
  const result =
    parsed === undefined
      ? askNames(run, place, questions ?? [], run.request.program ?? 'dig')
      : carryOut(run, place, parsed.target)
  return !hasAnswer(result) && isGone(run, place.party) ? tellClientGone(run, place.party) : result
}

function carryOut(run: Run, place: Place, target: Target): Result {
  if (target.kind === 'dns') {
    const { program, questions } = target
    return askNames(run, place, questions, lookupProgram(place, program, run.request))
  }
  const lookup = lookUpName(run, place, { name: target.host, flavour: flavourOf(place, run.request) })
  const { outcome } = lookup.resolution
  const address = outcome.kind === 'found' ? outcome.addresses[0] : undefined
  if (address === undefined) return nameFailed(run, target.host, lookup)
  switch (target.kind) {
    case 'http':
      return requestPage(run, place, target, address)
    case 'ping':
      return ping(run, place.party, target.host, address)
    case 'tcp':
      return openPort(run, place, address, target.port)
    case 'udp':
      return sendUdp(run, place.party, address, target.port)
    case 'sctp':
      return associate(run, place.party, address, target.port, patienceOf(run.request))
  }
}

function hasAnswer(result: Result): boolean {
  switch (result.kind) {
    case 'http':
    case 'connected':
    case 'delivered':
      return true
    case 'ping':
      return result.echoes.some((echo) => echo.rttMs !== undefined)
    case 'dns':
      return result.reply !== undefined || result.error === undefined
    case 'connect-failed':
    case 'tls-failed':
    case 'name-failed':
    case 'not-modelled':
    case 'client-gone':
    case 'bad-request':
      return false
  }
}

/** Looks names up for a program that prints what it gets. The server's own name, where it has one, is looked up first. */
function askNames(run: Run, place: Place, questions: readonly NameQuestion[], program: Program): Result {
  const startedAt = run.world.now()
  const talks: NameTalk[] = []
  let server = nodeResolvConf(run.world.cluster()).nameservers[0] ?? ip('127.0.0.1')
  for (const question of questions) {
    const { name, types, told, server: typed } = question
    const named = typed === undefined ? undefined : addressOf(run, place, typed)
    if (typed !== undefined && named === undefined) return serverUnknown(run, typed)
    const search = run.request.search ?? question.search ?? false
    const flavour = flavourOf(place, { ...run.request, program, search })
    const lookup = lookUpName(run, place, {
      name,
      flavour,
      ...(types === undefined ? {} : { types }),
      ...(told === undefined ? {} : { told }),
      ...(named === undefined ? {} : { server: named }),
    })
    server = lookup.server
    talks.push({ resolution: lookup.resolution, asked: lookup.asked })
    if (lookup.resolution.outcome.kind !== 'failed' || isGone(run, place.party)) break
  }
  return namesResult(talks, server, between(startedAt, run.world.now()))
}

function namesResult(talks: readonly NameTalk[], server: IpAddress, afterMs: Millis): Result {
  const last = talks.at(-1)
  const sent = last?.asked.at(-1)
  const common = { kind: 'dns', server, talks, transport: sent?.transport ?? 'UDP', afterMs } as const
  const outcome = last?.resolution.outcome
  if (outcome?.kind === 'failed' && outcome.error === 'illegal') return { ...common, error: 'illegal-name' }
  if (outcome?.kind === 'reply') return { ...common, reply: outcome.message }
  if (sent?.reply.kind === 'reply') return { ...common, reply: sent.reply.message }
  if (outcome?.kind === 'found') return common
  return { ...common, error: sent?.reply.kind === 'port-unreachable' ? 'refused' : 'timed-out' }
}

function addressOf(run: Run, place: Place, host: string): IpAddress | undefined {
  const literal = parseIp(host)
  if (literal !== undefined) return literal
  const { outcome } = lookUpName(run, place, { name: host }).resolution
  return outcome.kind === 'found' ? outcome.addresses[0] : undefined
}

function serverUnknown(run: Run, name: string): Result {
  return {
    kind: 'name-failed',
    name,
    error: 'not-found',
    afterMs: between(startOf(run), run.world.now()),
  }
}

function nameFailed(run: Run, name: string, lookup: NameLookup): Result {
  const { outcome, tookMs } = lookup.resolution
  const error = outcome.kind === 'failed' ? outcome.error : 'no-data'
  return {
    kind: 'name-failed',
    name,
    error,
    afterMs: Math.max(tookMs, between(startOf(run), run.world.now())),
  }
}

function startOf(run: Run): Millis {
  return run.recorder.hops[0]?.atMs ?? run.world.now()
}

function openPort(run: Run, place: Place, address: IpAddress, port: number): Result {
  const exchange = run.recorder.open('connect', 'client', phrase('exchange.connect'))
  const opened = connect(run, exchange, place.party, { address, port }, patienceOf(run.request))
  if (opened.kind === 'failed')
    return { kind: 'connect-failed', address, port, error: opened.error, afterMs: opened.afterMs }
  close(run, run.recorder.open('close', 'client', phrase('exchange.close')), opened.connection)
  return { kind: 'connected', address, port }
}

function requestPage(
  run: Run,
  place: Place,
  target: Extract<Target, { kind: 'http' }>,
  address: IpAddress,
): Result {
  const { port } = target
  const exchange = run.recorder.open('connect', 'client', phrase('exchange.connect'))
  const opened = connect(run, exchange, place.party, { address, port }, patienceOf(run.request))
  if (opened.kind === 'failed')
    return { kind: 'connect-failed', address, port, error: opened.error, afterMs: opened.afterMs }
  const closeConnection = (each: Connection) =>
    close(run, run.recorder.open('close', 'client', phrase('exchange.close')), each)
  const secured = target.scheme === 'https' ? secure(run, place, target, opened.connection) : undefined
  if (secured !== undefined && secured.kind !== 'open') {
    if (secured.kind === 'refused' || secured.kind === 'wrong-version') closeConnection(opened.connection)
    return tlsResult(secured, address, port)
  }
  const connection = secured?.connection ?? opened.connection
  const request = httpRequest(run.request, place, target, connection)
  const http = run.recorder.open('http', 'client', phrase('exchange.http'))
  const outcome = requestHttp(run, http, connection, request, serve)
  if (outcome.kind === 'no-answer')
    return { kind: 'connect-failed', address, port, error: outcome.error, afterMs: outcome.afterMs }
  closeConnection(connection)
  const { response } = outcome
  return { kind: 'http', address, port, request, response, ...(secured && { tls: secured.tls }) }
}

function secure(
  run: Run,
  place: Place,
  target: Extract<Target, { kind: 'http' }>,
  connection: Connection,
): TlsOutcome {
  const { sni, trust, http1 } = run.request
  const name = sni ?? target.host
  return shakeHands(run, openTls(run, 'client'), connection, {
    // An address is never sent as server name (RFC 6066 §3).
    ...(parseIp(name) === undefined ? { serverName: name } : {}),
    name,
    offered:
      httpProgram(place, run.request) === 'curl' ? (http1 === true ? ['http/1.1'] : ['h2', 'http/1.1']) : [],
    trusted: trustStore(run, place),
    isChecked: trust?.isInsecure !== true,
  })
}

function tlsResult(outcome: Exclude<TlsOutcome, { kind: 'open' }>, address: IpAddress, port: number): Result {
  switch (outcome.kind) {
    case 'refused':
      return { kind: 'tls-failed', address, port, error: outcome.error, tls: outcome.tls }
    case 'wrong-version':
      return { kind: 'tls-failed', address, port, error: 'wrong-version' }
    case 'no-answer':
      return { kind: 'connect-failed', address, port, error: outcome.error, afterMs: outcome.afterMs }
    case 'not-modelled':
      return { kind: 'not-modelled', address, port, what: 'TLS' }
  }
}

/** The request as the program sends it; a Host header of the person's own replaces the URL's, in its place. */
function httpRequest(
  request: TraceRequest,
  place: Place,
  target: Extract<Target, { kind: 'http' }>,
  connection: Connection,
): HttpRequest {
  const own = request.headers.find(([name]) => name.toLowerCase() === 'host')
  const others = request.headers.filter((header) => header !== own)
  const isTyped = (name: string) => others.some(([each]) => each.toLowerCase() === name.toLowerCase())
  const standing = standingHeaders(httpProgram(place, request)).filter(([name]) => !isTyped(name))
  const asked: HttpRequest = {
    method: request.method,
    target: target.path,
    headers: [own ?? (['Host', target.authority] as const), ...standing, ...others],
    ...(request.body === undefined ? {} : { body: request.body }),
  }
  return connection.tls?.alpn === 'h2' ? requestOverHttp2(asked) : asked
}

/** What each program says of itself, after Host: curl 7.88, GNU Wget 1.21, BusyBox wget 1.36. */
function standingHeaders(program: ReturnType<typeof httpProgram>): HttpRequest['headers'] {
  switch (program) {
    case 'curl':
      return [
        ['User-Agent', 'curl/7.88.1'],
        ['Accept', '*/*'],
      ]
    case 'wget':
      return [
        ['User-Agent', 'Wget/1.21.3'],
        ['Accept', '*/*'],
        ['Accept-Encoding', 'identity'],
        ['Connection', 'Keep-Alive'],
      ]
    case 'busybox-wget':
      return [
        ['User-Agent', 'Wget'],
        ['Connection', 'close'],
      ]
  }
}

/** How long the program waits: as long as it was told, else by its own default (wget's read timeout; curl has none). */
function patienceOf({ timeoutMs, program }: TraceRequest): Patience {
  if (timeoutMs !== undefined) return { connectMs: timeoutMs, answerMs: timeoutMs }
  return program === 'wget' || program === 'busybox-wget' ? { answerMs: WGET_READ_MS } : {}
}

const WGET_READ_MS = 900_000

function badRequest(problem: Phrase): Result {
  return { kind: 'bad-request', phrase: problem }
}
