/** What becomes of connections and of what is remembered when endpoints go: processes killed, Pods deleted, entries cleared, time run out. */
import { far, near, tcp, udp, webLab } from './stateful-cases.ts'
import type { Machines, Story, Told } from './story.ts'

/** The one Pod of `app: only`, on host02. */
const only = 'pod/default/web-5'
const pod = (name: string) => `pod/default/${name}`

export const ageingStories: readonly Story[] = [
  { title: 'stale UDP entries', tell: tellStaleUdp },
  { title: 'a process killed under an open connection', tell: tellKilled },
  { title: 'a Pod deleted under open connections', tell: tellDeleted },
]

/** Session affinity that runs out, in the mode that the configuration says. */
export function affinityStories(kubeProxy?: string): readonly Story[] {
  return [{ title: 'session affinity that runs out', tell: (machines) => tellAffinity(machines, kubeProxy) }]
}

async function tellStaleUdp(machines: Machines): Promise<readonly Told[]> {
  await machines.load(webLab('only'))
  const first = await machines.datagram(near, udp, 40_000)
  await machines.load(webLab('nobody'))
  const without = await machines.datagram(near, udp, 40_000)
  const fresh = await machines.datagram(near, udp, 40_001)
  await machines.load(webLab('web'))
  const cleared = await machines.datagram(near, udp, 40_000)
  return [
    { what: 'a port has its Pod', came: named(first) },
    { what: 'it keeps it when there is no endpoint any more', came: named(without) },
    { what: 'where another port is refused', came: named(fresh) },
    { what: 'and has another when kube-proxy has cleared the entry', came: isOther(cleared) },
  ]
}

async function tellKilled(machines: Machines): Promise<readonly Told[]> {
  await machines.load(webLab('only'))
  const opened = await machines.connect(near, tcp, { hold: 'kept' })
  await machines.kill(only)
  const asked = await machines.ask('kept')
  const states = await statesOn(machines, 'host01')
  const again = await machines.connect(near, tcp)
  const datagram = await machines.datagram(near, udp)
  await machines.load(webLab('web'))
  const followed = await machines.connect(near, tcp)
  return [
    { what: 'a Pod takes the connection', came: named(opened) },
    { what: 'its kernel closes it', came: asked },
    { what: 'as conntrack saw', came: states },
    { what: 'it refuses a new one', came: again },
    { what: 'and a datagram', came: datagram },
    { what: 'until the rules follow', came: isOther(followed) },
  ]
}

async function tellDeleted(machines: Machines): Promise<readonly Told[]> {
  await machines.load(webLab('only'))
  const held = [
    await machines.connect(near, tcp, { hold: 'near' }),
    await machines.connect(far, tcp, { hold: 'far' }),
  ]
  const before = await machines.datagram(near, udp, 40_000)
  await machines.remove(only)
  const asked = [await machines.ask('near'), await machines.ask('far')]
  const again = [await machines.connect(near, tcp), await machines.connect(far, tcp)]
  const dead = await machines.datagram(near, udp, 40_000)
  await machines.load(webLab('web'))
  const followed = await machines.connect(near, tcp)
  const stillOpen = await machines.ask('near')
  const cleared = await machines.datagram(near, udp, 40_000)
  return [
    { what: 'a Pod takes the connections', came: held.map(named).join('; ') },
    { what: 'and a datagram', came: named(before) },
    { what: 'both ends hear nothing more', came: asked.join('; ') },
    { what: 'nor does a new connection', came: again.join('; ') },
    { what: 'nor a datagram', came: dead },
    { what: 'a new connection has another Pod when the rules follow', came: isOther(followed) },
    { what: 'the open one stays with the dead', came: stillOpen },
    { what: 'a datagram of the same port has another Pod', came: isOther(cleared) },
  ]
}

const TIMEOUT_SECONDS = 2

/** Each connection renews it; ten clients do not all draw again what they had but once in a million. */
async function tellAffinity(machines: Machines, kubeProxy?: string): Promise<readonly Told[]> {
  const affinity = `sessionAffinity: ClientIP
  sessionAffinityConfig: { clientIP: { timeoutSeconds: ${TIMEOUT_SECONDS} } }`
  await machines.load(webLab('web', affinity, kubeProxy))
  const servers = ['web-1', 'web-2', 'web-3', 'web-4'].map(pod)
  const clients = [near, far, pod('alone'), ...servers, 'host01', 'host02', 'host03']
  const eachPod = async () => {
    const came = await Promise.all(clients.map((client) => machines.connect(client, tcp)))
    return came.map((line) => line.replace(/ saw .*/, ''))
  }
  const first = await eachPod()
  await machines.wait(TIMEOUT_SECONDS * 600)
  const renewed = await eachPod()
  await machines.wait(TIMEOUT_SECONDS * 600)
  const kept = await eachPod()
  await machines.wait(TIMEOUT_SECONDS * 1200)
  const after = await eachPod()
  const same = (now: readonly string[]) =>
    now.every((name, index) => name === first[index]) ? 'the same Pods' : 'others'
  return [
    { what: 'clients keep their Pods', came: same(renewed) },
    { what: 'for longer than the time, since each connection renews it', came: same(kept) },
    { what: 'and lose them after a pause of that time', came: same(after) },
  ]
}

/** Its own name, which letters would hide. */
function named(came: string): string {
  return came.replace('default/web-5', 'the Pod')
}

function isOther(came: string): string {
  return /^default\/web-[1-4] saw/.test(came) ? 'another Pod' : named(came)
}

/** The states of TCP in a node's table. */
async function statesOn(machines: Machines, node: string): Promise<string> {
  const lines = (await machines.conntrack(node)).filter((line) => line.startsWith('tcp '))
  return lines.map((line) => line.split(/ +/)[3]).join(', ')
}
