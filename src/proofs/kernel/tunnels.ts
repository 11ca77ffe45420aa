/** The tunnels of simulated hosts as devices of the real kernel, told of all their peers as felix tells them. */
import type { Host, VxlanDevice } from '../../sim/network/network.ts'
import { run } from './commands.ts'

/** Lines of `ip` that make a host's tunnels; to be run before their addresses are given. */
export function tunnelLines(host: Host): readonly string[] {
  return tunnelsOf(host).map(({ name, vxlan: { vni, port, mac, mtu, local } }) => {
    const under = host.interfaces.find(({ addresses }) => addresses.includes(local))?.name ?? 'eth0'
    return `link add ${name} address ${mac} mtu ${mtu} type vxlan id ${vni} local ${local} dstport ${port} nolearning dev ${under}`
  })
}

/** Tells the host's tunnels where their peers are: a neighbour and a forwarding entry each. */
export async function tellPeers(host: Host, namespace: string): Promise<void> {
  for (const { name, vxlan } of tunnelsOf(host))
    for (const { address, mac, remote } of vxlan.peers) {
      await run('ip', [
        '-n',
        namespace,
        ...words(`neigh replace ${address} lladdr ${mac} dev ${name} nud permanent`),
      ])
      await run('bridge', [
        '-n',
        namespace,
        ...words(`fdb replace ${mac} dev ${name} dst ${remote} self permanent`),
      ])
    }
}

function tunnelsOf(host: Host): readonly { readonly name: string; readonly vxlan: VxlanDevice }[] {
  return host.interfaces.flatMap(({ name, vxlan }) => (vxlan === undefined ? [] : [{ name, vxlan }]))
}

function words(line: string): readonly string[] {
  return line.split(' ')
}
