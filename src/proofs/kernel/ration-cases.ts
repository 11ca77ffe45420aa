/** Bursts of connections under the ration of ICMP errors, which is switched off for all other flows: who is refused, and how many hang. */
import { CLUSTER_CIDR, openProofLab } from './cluster-text.ts'
import { near, tcp, webLab } from './stateful-cases.ts'
import type { Machines, Story, Told } from './story.ts'

/** Every peer's bucket is full again after that. */
export const FULL_AFTER_MS = 7000

const FIFTY = 50
const pod = (name: string) => `pod/default/${name}`

export const rationStories: readonly Story[] = [
  { title: 'ration: fifty connections to a Service without endpoints', tell: tellConnections },
  { title: 'ration: fifty datagrams and RSTs of closed ports', tell: tellClosedPorts },
  { title: 'ration: a node to itself', tell: tellItself },
  {
    title: 'ration: a node that knows no way',
    tell: async (machines) => {
      await machines.load(webLab('nobody'))
      await machines.reroute('host01', 'default', 'nowhere')
      return [
        {
          what: 'net unreachable, to one Pod',
          came: await machines.burst(pod('web-2'), `tcp://${tcp}`, FIFTY),
        },
      ]
    },
  },
  {
    title: 'ration: undeclared ports in nftables mode',
    tell: async (machines) => {
      await machines.load(webLab('web', '', `mode: nftables\n${CLUSTER_CIDR}`))
      return [
        {
          what: 'to one Pod',
          came: await machines.burst(pod('web-3'), 'tcp://10.96.0.80:81', FIFTY),
        },
      ]
    },
  },
]

async function tellConnections(machines: Machines): Promise<readonly Told[]> {
  await machines.load(openProofLab(nodePortOfNobody))
  const first = await machines.burst(near, `tcp://${tcp}`, FIFTY)
  const datagrams = await machines.burst(near, 'udp://10.96.0.80:5353', 5)
  const another = await machines.burst(pod('web-1'), `tcp://${tcp}`, FIFTY)
  const outside = await machines.burst('laptop', 'tcp://192.168.61.12:30080', FIFTY)
  await machines.wait(FULL_AFTER_MS)
  const full = await machines.burst(near, `tcp://${tcp}`, FIFTY)
  await machines.wait(1000)
  const onceMore = await machines.burst(near, `tcp://${tcp}`, 5)
  await machines.wait(FULL_AFTER_MS)
  await machines.burst(near, `tcp://${tcp}`, FIFTY)
  return [
    { what: 'from one Pod', came: first },
    { what: 'datagrams of the same Pod have nothing left', came: datagrams },
    { what: 'another Pod has its own', came: another },
    { what: 'so has the laptop, of the node that it asks', came: outside },
    { what: 'seven seconds later there are six again', came: full },
    { what: 'a second later, one', came: onceMore },
    {
      what: 'who waits is refused when the SYN is sent again',
      came: await machines.connect(near, tcp, { patienceMs: 3000 }),
    },
  ]
}

async function tellClosedPorts(machines: Machines): Promise<readonly Told[]> {
  await machines.load(webLab('web'))
  return [
    { what: 'a Pod’s UDP port', came: await machines.burst(near, 'udp://172.31.2.15:81', FIFTY) },
    { what: 'a Pod’s TCP port', came: await machines.burst(near, 'tcp://172.31.2.15:81', FIFTY) },
    {
      what: 'a node’s own UDP port, by loopback',
      came: await machines.burst('host02', 'udp://192.168.61.12:81', 2 * FIFTY),
    },
  ]
}

/** Its bucket of messages gives about fifty: what each costs is chance. It is emptied first, since others may have taken from it. */
async function tellItself(machines: Machines): Promise<readonly Told[]> {
  await machines.load(webLab('nobody'))
  await machines.burst('host01', `tcp://${tcp}`, 3 * FIFTY)
  await machines.wait(2000)
  const came = await machines.burst('host01', `tcp://${tcp}`, 3 * FIFTY)
  const [, count = '0'] = /^(\d+) × port-unreachable/.exec(came) ?? []
  const isAbout = Number(count) > 30 && Number(count) < 100
  return [{ what: 'is refused about fifty times', came: isAbout ? 'about fifty' : came }]
}

const nodePortOfNobody = `apiVersion: v1
kind: Service
metadata: { name: web }
spec:
  type: NodePort
  clusterIP: 10.96.0.80
  selector: { app: nobody }
  ports: [{ name: tcp, port: 80, nodePort: 30080 }, { name: udp, protocol: UDP, port: 5353 }]
`
