/** The steps of a story in a kernel. */
import { conntrackSettings } from '../../sim/kube-proxy/conntrack-settings.ts'
import type { Network } from '../../sim/network/network.ts'
import { runIn } from './commands.ts'
import { clearStaleUdp } from './clear-stale-udp.ts'
import { namespaceOf, plugIn, unplug } from './machines.ts'
import { hostOf, PATIENCE_MS } from './outcome.ts'
import type { RealCluster } from './real-cluster.ts'
import { ANSWERED, CLOSED, tally, type Machines } from './story.ts'

/** The machines of a real cluster, and how to put back what a story has changed of them. */
export interface RealMachines extends Machines {
  readonly restore: () => Promise<void>
  /** Switches the ration of ICMP errors on or off, on every host. */
  readonly ration: (isOn: boolean) => Promise<void>
}

/** The real cluster's machines, for one story after another. `network`: as it was built. */
export function realMachines(real: RealCluster, network: Network): RealMachines {
  const holders = new Map<string, string>()
  const undo: (() => Promise<unknown>)[] = []
  return {
    load: async (lab) => {
      await real.load(lab.cluster)
      await Promise.all(
        lab.cluster.nodes.map(async ({ ref }) => {
          await trackAs(lab.cluster, ref.name)
          await clearStaleUdp(lab.cluster, namespaceOf(ref.name))
        }),
      )
    },
    connect: (from, to, { hold, patienceMs = PATIENCE_MS } = {}) => {
      if (hold !== undefined) holders.set(hold, from)
      return real.send({ from, url: `tcp://${to}` }, patienceMs, hold)
    },
    ask: async (held) => {
      const answer = await real
        .agentAt(hostOf(holders.get(held) ?? ''))
        .do({ action: 'write', hold: held, timeoutMs: PATIENCE_MS })
      if (answer.kind === 'failed' && answer.code === 'closed') return CLOSED
      return answer.kind === 'answered' ? ANSWERED : answer.kind
    },
    release: async (held) => {
      await real.agentAt(hostOf(holders.get(held) ?? '')).do({ action: 'release', hold: held })
    },
    datagram: (from, to, port) => real.send({ from, url: `udp://${to}` }, PATIENCE_MS, undefined, port),
    burst: async (from, url, count) =>
      tally(await Promise.all(Array.from({ length: count }, () => real.send({ from, url })))),
    ping: (from, to) => real.send({ from, url: `ping ${to}` }),
    conntrack: async (node) =>
      (await runIn(namespaceOf(node), 'conntrack', ['-L'])).split('\n').filter((line) => line !== ''),
    wait: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
    kill: (pod) => {
      real.agentAt(hostOf(pod)).stop()
      undo.push(() => real.restart(hostOf(pod)))
      // Until the FINs are through.
      return new Promise((resolve) => setTimeout(resolve, 200))
    },
    remove: async (pod) => {
      await unplug(network, hostOf(pod))
      undo.push(() => plugIn(network, hostOf(pod)))
    },
    reroute: async (host, destination, via) => {
      const before = (await runIn(namespaceOf(host), 'ip', ['route', 'show', destination])).trim()
      const route = (args: readonly string[]) => runIn(namespaceOf(host), 'ip', ['route', ...args])
      await route(via === 'nowhere' ? ['del', destination] : ['replace', destination, 'via', via])
      undo.push(() => route(before === '' ? ['del', destination] : ['replace', ...before.split(' ')]))
    },
    ration: async (isOn) => {
      const setting = `net.ipv4.icmp_ratelimit=${isOn ? 1000 : 0}`
      await Promise.all(real.hosts.map((host) => runIn(namespaceOf(host), 'sysctl', ['-q', '-w', setting])))
    },
    restore: async () => {
      for (const step of undo.splice(0)) await step()
      await real.forget()
    },
  }
}

/** Sets connection tracking as kube-proxy does when it starts. */
async function trackAs(...[cluster, node]: Parameters<typeof conntrackSettings>): Promise<void> {
  const { tcpEstablishedSeconds, tcpCloseWaitSeconds, udpSeconds, udpStreamSeconds } = conntrackSettings(
    cluster,
    node,
  )
  await runIn(namespaceOf(node), 'sysctl', [
    '-q',
    '-w',
    `net.netfilter.nf_conntrack_tcp_timeout_established=${tcpEstablishedSeconds}`,
    `net.netfilter.nf_conntrack_tcp_timeout_close_wait=${tcpCloseWaitSeconds}`,
    `net.netfilter.nf_conntrack_udp_timeout=${udpSeconds}`,
    `net.netfilter.nf_conntrack_udp_timeout_stream=${udpStreamSeconds}`,
  ])
}
