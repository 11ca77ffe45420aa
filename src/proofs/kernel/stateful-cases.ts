/** What a kernel remembers from packet to packet: conntrack, `recent`, connections that outlive their rules; each step in both worlds. */
import { ip } from '../../sim/network/address.ts'
import { openProofLab } from './cluster-text.ts'
import type { Machines, Story, Told } from './story.ts'

/** A lab with the Service `web` at 10.96.0.80 and fd00:10:96::80, 80/TCP and 5353/UDP, of these Pods. */
export function webLab(selector: string, more = '', kubeProxy?: string) {
  const objects = `apiVersion: v1
kind: Service
metadata: { name: web }
spec:
  ipFamilyPolicy: RequireDualStack
  clusterIPs: [10.96.0.80, "fd00:10:96::80"]
  selector: { app: ${selector} }
  ports: [{ name: tcp, port: 80 }, { name: udp, protocol: UDP, port: 5353 }]
  ${more}
`
  return openProofLab(objects, {
    labels: { 'web-5': 'only' },
    ...(kubeProxy === undefined ? {} : { kubeProxy }),
  })
}

export const [near, far, alone] = ['pod/default/near', 'pod/default/far', 'pod/default/alone']
export const tcp = '10.96.0.80:80'
export const udp = '10.96.0.80:5353'
const tcpIpv6 = '[fd00:10:96::80]:80'

/** One after the other, as often as that. */
async function inTurn(count: number, act: () => Promise<string>): Promise<readonly string[]> {
  const came: string[] = []
  for (let turn = 0; turn < count; turn++) came.push(await act())
  return came
}

/** How many Pods there are among them, where it is chance which: one, or several. */
function spread(came: readonly string[]): string {
  return new Set(came).size === 1 ? `always ${came[0]}` : 'several'
}

/** Stories of what is remembered, in the mode that the configuration says. */
export function statefulStories(kubeProxy?: string): readonly Story[] {
  const web = (selector: string, more = '') => webLab(selector, more, kubeProxy)
  return [
    {
      title: 'UDP stickiness',
      tell: async (machines) => {
        await machines.load(web('web'))
        const same = await inTurn(6, () => machines.datagram(near, udp, 40_000))
        const fresh = await inTurn(40, () => machines.datagram(near, udp))
        return [
          { what: 'six datagrams from one port reach one Pod', came: spread(same) },
          { what: 'forty ports reach several Pods', came: spread(fresh) },
        ]
      },
    },
    {
      title: 'session affinity',
      tell: async (machines) => {
        await machines.load(web('web', 'sessionAffinity: ClientIP'))
        const told: Told[] = []
        for (const client of [near, far])
          told.push({
            what: `${client} stays with one Pod`,
            came: (await inTurn(12, () => machines.connect(client, tcp)))
              .map((came) => came.replace(/ saw .*/, ''))
              .join(', '),
          })
        await machines.load(web('web'))
        const fresh = await inTurn(40, () => machines.connect(near, tcp))
        return [
          // Which of them two clients have is chance twice over.
          ...told.map(({ what, came }) => ({
            what,
            came: spread(came.split(', ')).replace(/web-\d/, 'one'),
          })),
          { what: 'without affinity it has several', came: spread(fresh) },
        ]
      },
    },
    {
      title: 'open connections',
      tell: async (machines) => {
        await machines.load(web('web'))
        const opened = await machines.connect(near, tcp, { hold: 'kept' })
        await machines.load(web('nobody'))
        const kept = await machines.ask('kept')
        const refused = await machines.connect(near, tcp)
        await machines.load(web('only'))
        const again = await machines.ask('kept')
        const other = await machines.connect(near, tcp)
        await machines.release('kept')
        return [
          { what: 'a Pod takes the connection', came: opened },
          { what: 'an open connection goes on without endpoints', came: kept },
          { what: 'a new one is refused', came: refused },
          { what: 'an open connection goes on beside another endpoint', came: again },
          { what: 'a new one follows the rules', came: isThatOne(other) },
        ]
      },
    },
    {
      title: 'a client outside with a route to the Services',
      tell: async (machines) => {
        await machines.load(web('web'))
        const without = await machines.connect('laptop', tcp)
        await machines.reroute('laptop', '10.96.0.0/12', ip('192.168.61.12'))
        const routed = await machines.connect('laptop', tcp)
        return [
          { what: 'without a route it hears nothing', came: without },
          { what: 'Pods see the node that the route leads to', came: routed },
        ]
      },
    },
    {
      title: 'IPv6: a refusal that comes while connect(2) is under way',
      tell: async (machines) => {
        await machines.load(web('nobody'))
        return [
          { what: 'a Pod does not hear of its node', came: await machines.connect(near, tcpIpv6) },
          { what: 'nor a process of its own node', came: await machines.connect('host01', tcpIpv6) },
          {
            what: 'a second later it hears of the second SYN',
            came: await machines.connect(near, tcpIpv6, { patienceMs: 1500 }),
          },
        ]
      },
    },
    { title: 'a node without a default route', tell: (machines) => tellWithoutDefault(machines, web) },
  ]
}

/** The one Pod of `app: only`, by its own name: letters would hide it. */
function isThatOne(came: string): string {
  return came.replace('default/web-5', 'the only Pod')
}

/** Routing comes before OUTPUT's rewrite, and FORWARD is never reached. */
async function tellWithoutDefault(
  machines: Machines,
  web: (selector: string) => ReturnType<typeof webLab>,
): Promise<readonly Told[]> {
  await machines.reroute('host01', 'default', 'nowhere')
  // Net unreachable is rationed whatever icmp_ratelimit says: what an earlier story took must come in again.
  await machines.wait(3000)
  await machines.load(web('only'))
  const fromNode = await machines.connect('host01', tcp)
  const fromNodeByUdp = await machines.datagram('host01', udp)
  const fromPod = await machines.connect(near, tcp)
  await machines.load(web('nobody'))
  return [
    { what: 'it reaches no ClusterIP', came: fromNode },
    { what: 'it sends no datagram to one', came: fromNodeByUdp },
    { what: 'its Pods do', came: fromPod },
    { what: 'its Pods hear net unreachable without endpoints', came: await machines.connect(near, tcp) },
    { what: 'their datagrams do too', came: await machines.datagram(near, udp) },
    // Another Pod: no more than two are told to one at a time.
    { what: 'ping does too', came: await machines.ping('pod/default/web-1', '10.96.0.80') },
    { what: 'another node’s Pods are refused', came: await machines.connect(far, tcp) },
  ]
}
