/** The scenario of two subnets in all three of its IPPool's modes: machines of their own, since devices and routes differ with each. */
import { scenarioState } from '../../scenarios/scenario-state.ts'
import { twoSubnets } from '../../scenarios/two-subnets/two-subnets.ts'
import { createLab, type Lab } from '../../sim/lab.ts'
import type { Flow } from './outcome.ts'

export interface SubnetCase {
  readonly title: string
  readonly lab: Lab
  readonly flows: readonly Flow[]
}

const client = 'pod/default/client'
/** A flow to a Service is sent so often: with three endpoints each is drawn, but for one time in ten. */
const DRAWS = 8

/** All of them, with kube-proxy in two modes. */
export function subnetCases(): readonly SubnetCase[] {
  return (['iptables', 'nftables'] as const).flatMap((proxy) =>
    (['CrossSubnet', 'Always', 'Never'] as const).map((vxlanMode) => {
      const lab = labIn(proxy, vxlanMode)
      return { title: `${proxy}, two subnets, vxlanMode ${vxlanMode}`, lab, flows: flowsOf(lab) }
    }),
  )
}

/** The Service has a node port here, so that clients outside meet the tunnel too. */
function labIn(proxy: 'iptables' | 'nftables', vxlanMode: string): Lab {
  const files = twoSubnets.files.map((file) => ({
    ...file,
    text: file.text
      .replace('vxlanMode: CrossSubnet\n', `vxlanMode: ${vxlanMode}\n`)
      .replace('mode: iptables', `mode: ${proxy}`)
      .replace(
        'ports: [{ port: 80, targetPort: 80 }]',
        'type: NodePort\n  ports: [{ port: 80, nodePort: 30080 }]',
      ),
  }))
  return createLab(scenarioState({ ...twoSubnets, files }))
}

function flowsOf(lab: Lab): readonly Flow[] {
  const { pods, services } = lab.cluster
  const own = pods.filter(({ hostNetwork }) => !hostNetwork)
  const servers = own.filter(({ ref }) => ref.name.startsWith('web-'))
  const nameServer = own.find(({ ref }) => ref.name.startsWith('coredns-'))?.ip ?? ''
  const service = services.find(({ ref }) => ref.name === 'web')?.clusterIps[0] ?? ''
  const nodes = ['host01', 'host02', 'host03']
  const podNames = servers.map(({ ref }) => `pod/default/${ref.name}`)
  const everybody = [client, ...nodes, ...podNames]
  return [
    ...servers.flatMap(({ ip = '' }) => from(everybody, `tcp://${ip}:80`, `ping ${ip}`)),
    ...from([...nodes, ...podNames], `udp://${nameServer}:53`),
    ...from(everybody, `ping ${service}`, `tcp://${service}:81`),
    ...often(from(everybody, `tcp://${service}:80`)),
    ...often(from(['laptop', ...nodes, client], 'tcp://192.168.61.11:30080', 'tcp://192.168.62.13:30080')),
    // The block of another subnet, at an address that no Pod has.
    ...from([client, 'host01'], 'ping 172.31.89.250', 'tcp://172.31.89.250:80'),
  ]
}

function from(vantages: readonly string[], ...urls: readonly string[]): readonly Flow[] {
  return vantages.flatMap((vantage) => urls.map((url) => ({ from: vantage, url })))
}

function often(flows: readonly Flow[]): readonly Flow[] {
  return Array.from({ length: DRAWS }, () => flows).flat()
}
