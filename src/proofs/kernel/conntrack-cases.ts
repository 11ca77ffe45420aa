/** What a node's conntrack table holds after a flow: `conntrack -L` of the kernel beside the simulator's text. */
import { openProofLab } from './cluster-text.ts'
import { alone, far, near, tcp, udp, webLab } from './stateful-cases.ts'
import type { Machines, Story, Told } from './story.ts'

/** Tables of all three nodes, flow by flow; one endpoint, on host02, so that nothing is chance. */
export const conntrackStories: readonly Story[] = [
  told('closed connections', async (machines) => {
    await machines.connect(near, tcp)
    await machines.connect('host01', tcp)
    await machines.connect('laptop', '192.168.61.13:30080')
  }),
  told('open connections', async (machines) => {
    await machines.connect(near, tcp, { hold: 'near' })
    await machines.connect(far, tcp, { hold: 'far' })
    return async () => {
      await machines.release('near')
      await machines.release('far')
    }
  }),
  told('a connection that is closed and one that hits itself', async (machines) => {
    await machines.connect('pod/default/web-5', tcp)
    await machines.connect(alone, '192.168.61.13:30080')
  }),
  told('datagrams, answered once', async (machines) => {
    await machines.datagram(near, udp, 40_000)
    await machines.datagram('host03', udp, 40_001)
  }),
  told('datagrams, answered again', async (machines) => {
    await machines.datagram(near, udp, 40_000)
    await machines.datagram(near, udp, 40_000)
  }),
  told('SYNs and datagrams that nobody answers', async (machines) => {
    await machines.connect(near, '172.31.2.99:80')
    await machines.connect(near, '10.96.0.99:80')
    await machines.datagram(near, '172.31.2.99:80', 40_000)
  }),
  told('a closed port', async (machines) => {
    await machines.connect(near, '172.31.2.15:81')
    await machines.datagram(near, '172.31.2.15:81', 40_000)
  }),
  told('pings, answered and not', async (machines) => {
    await machines.ping(near, '172.31.2.15')
    await machines.ping(near, '172.31.3.99')
  }),
  {
    title: 'conntrack: a Service without endpoints',
    tell: async (machines) => {
      await machines.load(webLab('nobody'))
      await machines.connect(near, tcp)
      await machines.datagram(near, udp)
      return tables(machines)
    },
  },
]

function told(title: string, act: (machines: Machines) => Promise<void | (() => Promise<void>)>): Story {
  return {
    title: `conntrack: ${title}`,
    tell: async (machines) => {
      await machines.load(openProofLab(nodePortOfOne, { labels: { 'web-5': 'only' } }))
      const after = await act(machines)
      const found = await tables(machines)
      await after?.()
      return found
    },
  }
}

const nodePortOfOne = `apiVersion: v1
kind: Service
metadata: { name: web }
spec:
  type: NodePort
  clusterIP: 10.96.0.80
  selector: { app: only }
  ports: [{ name: tcp, port: 80, nodePort: 30080 }, { name: udp, protocol: UDP, port: 5353, nodePort: 30053 }]
`

async function tables(machines: Machines): Promise<readonly Told[]> {
  // FINs and answers may be under way still.
  await machines.wait(300)
  return Promise.all(
    ['host01', 'host02', 'host03'].map(async (node) => ({
      what: node,
      came: (await machines.conntrack(node)).map(comparable).toSorted(byTuple).join('\n  '),
    })),
  )
}

/** The seconds left as a number that may differ a little; who else holds the entry just now does not count. */
function comparable(line: string): string {
  return line
    .replace(/^(\w+ +\d+) (\d+)/, (_, head: string, seconds: string) => `${head} <${seconds} s>`)
    .replace(/ use=\d+$/, '')
}

/** By what is not chance in them: protocol and destination come before ports. */
function byTuple(a: string, b: string): number {
  const key = (line: string) => line.replaceAll(/<\d+ s>|(sport|id)=\d+/g, '')
  return key(a) < key(b) ? -1 : 1
}
