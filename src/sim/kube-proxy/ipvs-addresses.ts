/**
 * Which addresses kube-proxy in IPVS mode binds to its dummy interface kube-ipvs0, and on which its node ports stand.
 * Models pkg/proxy/ipvs/proxier.go (syncProxyRules: activeBindAddrs, nodeIPs) and netlink_linux.go.
 */
import { ipVersion, isLoopback, type IpAddress, type IpVersion } from '../network/address.ts'
import type { ProxySettings } from './proxy-settings.ts'
import type { ServicePortInfo } from './service-ports.ts'

/** The dummy interface, which makes the addresses local without being a way to anywhere. */
export const DUMMY_INTERFACE = 'kube-ipvs0'

/** Every ClusterIP, external IP and balancer's address once, in the order of the service ports; none that another interface has. */
export function boundAddresses(
  ports: readonly ServicePortInfo[],
  interfaceAddresses: readonly IpAddress[],
): readonly IpAddress[] {
  const isBound = (address: IpAddress) => !interfaceAddresses.includes(address)
  const inOrder = ports.flatMap(({ clusterIp, externalIps, loadBalancerIps }) => [
    clusterIp,
    ...[...externalIps, ...loadBalancerIps].filter(isBound),
  ])
  return [...new Set(inOrder)]
}

/** The node's addresses with a virtual server for each node port. Loopback is never among them, whatever nodePortAddresses says. */
export function nodePortAddresses(
  { nodePortAddresses: chosen, version }: ProxySettings,
  interfaceAddresses: readonly IpAddress[],
): readonly IpAddress[] {
  const all: readonly IpAddress[] = chosen === 'all' ? interfaceAddresses : chosen
  return all.filter((address) => isUsable(address, version))
}

function isUsable(address: IpAddress, version: IpVersion): boolean {
  return ipVersion(address) === version && !isLoopback(address) && !/^fe[89ab]/.test(address)
}
