/** The real side: namespaces with an agent each, and rules that go into their kernels. */
import type { Cluster } from '../../sim/cluster/cluster.ts'
import type { IpSets } from '../../sim/netfilter/ip-sets.ts'
import { networkOf } from '../../sim/trace/cluster-network.ts'
import { families, iptablesCommand, printNodeRules, printNodeTables, rulesOf } from './node-text.ts'
import { startAgent, type Agent, type Command, type Datagram } from './agent.ts'
import { has, runIn } from './commands.ts'
import { announce, buildMachines, namespaceOf } from './machines.ts'
import { hostOf, PATIENCE_MS, realOutcome, type Flow, type OutcomeLine } from './outcome.ts'

export interface RealCluster {
  /** Puts the cluster's rules in place of those before; connections stay. */
  readonly load: (cluster: Cluster) => Promise<void>
  /** Forgets all connections, and whom the LAN was asked for in vain. */
  readonly forget: () => Promise<void>
  /**
   * @param patienceMs how long it waits; {@link PATIENCE_MS} where absent
   * @param hold the name under which a connection is kept open
   * @param port a datagram's own; an ephemeral one where absent
   */
  readonly send: (flow: Flow, patienceMs?: number, hold?: string, port?: number) => Promise<OutcomeLine>
  /** Their names: nodes, Pods as `NAMESPACE/NAME`, and what is around the cluster. */
  readonly hosts: readonly string[]
  readonly agentAt: (host: string) => Agent
  /** Starts again what listens in a host whose agent was stopped. */
  readonly restart: (host: string) => Promise<void>
  readonly stop: () => void
}

/** Builds the machines of a cluster, and starts what listens in its Pods. The machines are the same for every cluster loaded later. */
export async function openRealCluster(cluster: Cluster): Promise<RealCluster> {
  const network = networkOf(cluster)
  await buildMachines(network)
  const datagrams = new Map<string, Datagram>()
  const start = (host: string) =>
    startAgent(namespaceOf(host), (datagram) => {
      datagrams.set(datagram.flow, datagram)
    })
  const agents = new Map(Object.keys(network.hosts).map((host) => [host, start(host)]))
  const agentAt = (host: string) => {
    const agent = agents.get(host)
    if (agent === undefined) throw new Error(`no machine ${host}`)
    return agent
  }
  const listening = listeners(cluster)
  const listen = (at: typeof listening) =>
    Promise.all(at.map(({ host, command }) => agentAt(host).do(command)))
  await listen(listening)
  const nodes = cluster.nodes.map(({ ref }) => ref.name)
  let [sent, announced]: [number, readonly string[]] = [0, []]
  return {
    load: async (next) => {
      await Promise.all(nodes.map((node) => loadRules(next, node)))
      announced = await announce(networkOf(next), announced)
    },
    forget: async () => {
      await Promise.all(
        nodes.map(async (node) => {
          for (const family of ['ipv4', 'ipv6'])
            await runIn(namespaceOf(node), 'conntrack', ['-F', '-f', family])
          // Who was asked for in vain a moment ago fails at once.
          await runIn(namespaceOf(node), 'ip', ['neigh', 'flush', 'nud', 'incomplete', 'nud', 'failed'])
        }),
      )
    },
    send: async (flow, patienceMs = PATIENCE_MS, hold, port) => {
      const id = `flow-${++sent}`
      const command = commandOf(flow, id, patienceMs)
      const answer = await agentAt(hostOf(flow.from)).do(withMore(command, hold, port))
      // The taker's own word may come after the sender's: they are two processes.
      for (let wait = 0; answer.kind === 'answered' && flow.url.startsWith('udp') && wait < 50; wait++)
        if (!datagrams.has(id)) await new Promise((resolve) => setTimeout(resolve, 10))
      return realOutcome(flow, answer, datagrams.get(id))
    },
    hosts: Object.keys(network.hosts),
    agentAt,
    restart: async (host) => {
      agents.set(host, start(host))
      await listen(listening.filter((each) => each.host === host))
    },
    stop: () => {
      for (const agent of agents.values()) agent.stop()
    },
  }
}

/** What an agent does for a flow. */
function commandOf({ url }: Flow, id: string, timeoutMs: number): Command {
  const [, pinged] = /^ping (\S+)$/.exec(url) ?? []
  if (pinged !== undefined) return { action: 'ping', address: pinged, timeoutMs }
  const [, scheme, address = '', port = ''] = /^(tcp|udp):\/\/\[?([^[\]]+?)\]?:(\d+)$/.exec(url) ?? []
  const to = { address, timeoutMs }
  if (scheme === 'udp') return { action: 'datagram', ...to, port: Number(port), text: id }
  if (scheme === 'tcp') return { action: 'connect', ...to, port: Number(port) }
  throw new Error(`no flow: ${url}`)
}

function withMore(command: Command, hold: string | undefined, from: number | undefined): Command {
  if (command.action === 'connect' && hold !== undefined) return { ...command, hold }
  return command.action === 'datagram' && from !== undefined ? { ...command, from } : command
}

function listeners(cluster: Cluster): readonly { readonly host: string; readonly command: Command }[] {
  return cluster.pods.flatMap((pod) =>
    pod.listens.map(({ protocol, port }) => {
      const host = `${pod.ref.namespace}/${pod.ref.name}`
      return {
        host,
        command: { action: 'listen', protocol: protocol === 'UDP' ? 'udp' : 'tcp', port, name: host },
      }
    }),
  )
}

async function loadRules(cluster: Cluster, node: string): Promise<void> {
  const namespace = namespaceOf(node)
  for (const version of families) {
    const sets = setLines(rulesOf(cluster, node, version).sets)
    if (sets !== '') await runIn(namespace, 'ipset', ['-exist', 'restore'], sets)
    await runIn(namespace, iptablesCommand(version, 'restore'), [], printNodeRules(cluster, node, version))
  }
  if (has('nft')) await runIn(namespace, 'nft', ['-f', '-'], printNodeTables(cluster, node))
}

/** `ipset restore` text: Calico's pools, which its masquerade rule asks. */
function setLines(sets: IpSets): string {
  return Object.entries(sets)
    .flatMap(([name, { type, entries }]) => [
      `create ${name} ${type}`,
      `flush ${name}`,
      ...entries.map((entry) => `add ${name} ${entry}`),
    ])
    .map((line) => `${line}\n`)
    .join('')
}
