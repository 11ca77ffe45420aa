/** The steps of a story in the simulator: a run of its own for each, on what the one before has left. */
import { later } from '../../sim/clock.ts'
import { cidr, ip, type IpAddress } from '../../sim/network/address.ts'
import type { Host, Network } from '../../sim/network/network.ts'
import { expire, printConntrackEntry } from '../../sim/netfilter/conntrack.ts'
import { datagram, sendDatagram, sendReply as replyByUdp } from '../../sim/trace/datagram.ts'
import { ephemeralPort, localAddress } from '../../sim/trace/local-endpoint.ts'
import { ping } from '../../sim/trace/ping.ts'
import { follow } from '../../sim/trace/follow.ts'
import { walkFrom } from '../../sim/network/walk.ts'
import { podHostName } from '../../sim/trace/pod-host.ts'
import { openRecorder } from '../../sim/trace/recorder.ts'
import type { Party, Run } from '../../sim/trace/run.ts'
import type { Standing } from '../../sim/trace/send-request.ts'
import { connect } from '../../sim/trace/tcp-connect.ts'
import { ends, flightOf, tcpPacket, type Connection } from '../../sim/trace/tcp-connection.ts'
import { close, sendReply, sendRequest } from '../../sim/trace/tcp-data.ts'
import type { Exchange, Result } from '../../sim/trace/trace.ts'
import { findVantage } from '../../sim/trace/vantage.ts'
import { verdictOf } from '../../sim/trace/verdict.ts'
import { openWorld, syncedKernels } from '../../sim/trace/world.ts'
import type { Cluster } from '../../sim/cluster/cluster.ts'
import { hostOf, PATIENCE_MS, seenLine, simulatedOutcome, type OutcomeLine } from './outcome.ts'
import { ANSWERED, CLOSED, tally, type ConnectHow, type SimulatedMachines } from './story.ts'

/** Simulated machines that remember nothing yet. `seed`: what is chance for them. */
export function simulatedMachines(cluster: Cluster, seed: number): SimulatedMachines {
  let standing: Standing = { cluster, kernels: {}, rations: {}, nowMs: cluster.nowMs }
  let runs = 0
  const held = new Map<string, Connection>()
  const closed = new Set<Connection>()
  const removed = new Set<string>()
  const detours: ((network: Network) => Network)[] = []

  /** Does something in a world of its own, and keeps what it leaves behind. */
  const inRun = <T>(from: string, kind: Exchange['kind'], act: (step: Step) => T): Promise<T> => {
    const opened = openWorld({ ...standing, seed: seed * 1000 + ++runs, interruptions: [] })
    const world = {
      ...opened,
      network: () => detours.reduce((network, detour) => detour(network), opened.network()),
    }
    const party = findVantage(standing.cluster, from)?.party
    if (party === undefined) throw new Error(`nobody at ${from}`)
    const recorder = openRecorder(world)
    const run: Run = {
      world,
      recorder,
      request: { from, url: '', method: 'GET', headers: [], seed, timeoutMs: PATIENCE_MS },
    }
    const exchange = recorder.open(kind, 'client', { id: 'exchange.connect', values: {} })
    const done = act({ run, party, exchange })
    standing = { ...standing, kernels: world.kernels(), rations: world.rations(), nowMs: world.now() }
    return Promise.resolve(done)
  }
  const openTo = (from: string, to: string, { hold, patienceMs = PATIENCE_MS }: ConnectHow = {}) =>
    inRun(from, 'connect', (step) => {
      const remote = endpointOf(to)
      const opened = connect(step.run, step.exchange, step.party, remote, { connectMs: patienceMs })
      if (opened.kind === 'failed') {
        const { error, afterMs } = opened
        return failedLine(
          step.run,
          `tcp://${to}`,
          { kind: 'connect-failed', ...remote, error, afterMs },
          patienceMs,
        )
      }
      const { connection } = opened
      // The server says at once who it is.
      sendReply(step.run, step.exchange, connection, hello)
      if (hold === undefined) close(step.run, step.exchange, connection)
      else held.set(hold, connection)
      const { host, peer } = connection.server
      return seenLine({ name: host, source: peer.address, port: peer.port }, connection.local.port)
    })
  const sendTo = (from: string, to: string, port?: number) =>
    inRun(from, 'udp', (step) => sendOne(step, to, port))
  return {
    reach: (sinceBeginningMs) => {
      // Whole microseconds, as all simulated time.
      const reached = later(cluster.nowMs, sinceBeginningMs)
      standing = { ...standing, nowMs: Math.max(standing.nowMs, reached) }
    },
    load: (lab) => {
      const next = without(lab.cluster, removed)
      standing = { ...standing, cluster: next, kernels: syncedKernels(standing.kernels, next) }
      return Promise.resolve()
    },
    connect: openTo,
    ask: (name) => {
      const connection = held.get(name)
      if (connection === undefined) return Promise.resolve('no such connection')
      if (closed.has(connection)) return Promise.resolve(CLOSED)
      return inRun(vantageOf(connection), 'connect', ({ run, exchange }) => {
        if (sendRequest(run, exchange, connection, hello) !== 'arrived') return 'timed-out'
        return sendReply(run, exchange, connection, hello) ? ANSWERED : 'timed-out'
      })
    },
    release: (name) => {
      const connection = held.get(name)
      if (connection === undefined) return Promise.resolve()
      held.delete(name)
      return inRun(vantageOf(connection), 'close', ({ run, exchange }) => close(run, exchange, connection))
    },
    datagram: sendTo,
    burst: async (from, url, count) => {
      const [, scheme, to = ''] = /^(tcp|udp):\/\/(.*)$/.exec(url) ?? []
      const { nowMs } = standing
      const lines: OutcomeLine[] = []
      for (let sent = 0; sent < count; sent++) {
        standing = { ...standing, nowMs }
        lines.push(await (scheme === 'tcp' ? openTo(from, to) : sendTo(from, to)))
      }
      standing = { ...standing, nowMs: nowMs + PATIENCE_MS }
      return tally(lines)
    },
    ping: (from, to) =>
      inRun(from, 'ping', ({ run, party }) => {
        const result = ping(run, party, to, ip(to))
        return result.echoes.some(({ rttMs }) => rttMs !== undefined)
          ? 'answered'
          : failedLine(run, `ping ${to}`, result)
      }),
    conntrack: (node) => {
      const { kernels, nowMs } = standing
      const table = kernels[node]?.conntrack
      const entries = table === undefined ? [] : expire(table, nowMs).entries
      return Promise.resolve(entries.map((entry) => printConntrackEntry(entry, nowMs)))
    },
    wait: (ms) => {
      standing = { ...standing, nowMs: standing.nowMs + ms }
      return Promise.resolve()
    },
    kill: async (pod) => {
      const host = hostOf(pod)
      standing = { ...standing, cluster: silenced(standing.cluster, host) }
      for (const connection of held.values())
        if (connection.server.host === host)
          await inRun(vantageOf(connection), 'close', ({ run, exchange }) => {
            if (closeFromServer(run, exchange, connection)) closed.add(connection)
          })
    },
    remove: (pod) => {
      removed.add(hostOf(pod))
      standing = { ...standing, cluster: without(standing.cluster, removed) }
      return Promise.resolve()
    },
    reroute: (host, destination, via) => {
      detours.push((network) => withRoute(network, host, destination, via))
      return Promise.resolve()
    },
  }
}

/** One run, and who acts in it. */
interface Step {
  readonly run: Run
  readonly party: Party
  readonly exchange: number
}

const hello = { protocol: 'data', summary: 'hello', bytes: 60 } as const

function sendOne({ run, party, exchange }: Step, to: string, port: number | undefined): OutcomeLine {
  const remote = endpointOf(to)
  const startedAt = run.world.now()
  const local = {
    address: localAddress(run, party.host, remote.address),
    port: port ?? ephemeralPort(run, party),
  }
  const flight = flightOf(run, exchange, 'request', 'UDP', 'full')
  const sent = sendDatagram(run, flight, party, datagram(local, remote, hello))
  if (sent.kind === 'taken') {
    const { taken } = sent
    // The server answers every datagram.
    replyByUdp(run, flightOf(run, exchange, 'reply', 'UDP', 'silent'), taken, party, remote, hello)
    return seenLine({ name: taken.host, source: taken.peer.address, port: taken.peer.port }, local.port)
  }
  const error = sent.kind === 'silence' ? 'timed-out' : 'refused'
  const afterMs = run.world.now() - startedAt
  return failedLine(run, `udp://${to}`, { kind: 'connect-failed', ...remote, error, afterMs })
}

function failedLine(run: Run, url: string, result: Result, patienceMs = PATIENCE_MS): OutcomeLine {
  const { hops } = run.recorder
  const startedAtMs = hops[0]?.atMs ?? run.world.now()
  const verdict = verdictOf(hops, result)
  return simulatedOutcome({ hops, verdict, request: { ...run.request, url }, startedAtMs }, patienceMs)
}

/** A killed process's kernel sends FIN, the client's answers with its own. Whether the first one arrived. */
function closeFromServer(run: Run, exchange: number, connection: Connection): boolean {
  const [there, back] = [ends(connection, 'reply'), ends(connection, 'request')]
  const segments = [
    { ...there, flags: ['FIN', 'ACK'] },
    { ...back, flags: ['FIN', 'ACK'] },
    { ...there, flags: ['ACK'] },
  ] as const
  const [first] = segments.map(({ host, from, to, flags }) =>
    follow(
      run,
      flightOf(run, exchange, 'reply', 'FIN', 'silent'),
      walkFrom(run.world, host, tcpPacket(from, to, flags)),
    ),
  )
  return first?.kind === 'delivered' && first.host === connection.client.host
}

function without(cluster: Cluster, removed: ReadonlySet<string>): Cluster {
  return { ...cluster, pods: cluster.pods.filter(({ ref }) => !removed.has(podHostName(ref))) }
}

function silenced(cluster: Cluster, host: string): Cluster {
  const pods = cluster.pods.map((pod) => (podHostName(pod.ref) === host ? { ...pod, listens: [] } : pod))
  return { ...cluster, pods }
}

function endpointOf(to: string): { readonly address: IpAddress; readonly port: number } {
  const [, address = '', port = ''] = /^\[?(.+?)\]?:(\d+)$/.exec(to) ?? []
  return { address: ip(address), port: Number(port) }
}

function vantageOf({ client: { host } }: Connection): string {
  return host.includes('/') ? `pod/${host}` : host
}

function withRoute(network: Network, host: string, destination: string, via: IpAddress | 'nowhere'): Network {
  const changed = network.hosts[host]
  if (changed === undefined) throw new Error(`no machine ${host}`)
  const range = cidr(destination === 'default' ? '0.0.0.0/0' : destination)
  const others = changed.routes.filter((route) => route.destination !== range)
  const routes: Host['routes'] =
    via === 'nowhere'
      ? others
      : [...others, { kind: 'unicast', destination: range, interfaceName: 'eth0', via, protocol: 'static' }]
  return { ...network, hosts: { ...network.hosts, [host]: { ...changed, routes } } }
}
