/** Names of kube-proxy's chains and sets in nftables mode. Models pkg/proxy/nftables/proxier.go, servicePortChainNameBase and its kin (1.34). */
import { hashOf } from './chain-names.ts'
import type { EndpointInfo } from './endpoint-lists.ts'
import type { ServicePortInfo } from './service-ports.ts'

/** `HASH-namespace/name/protocol/port`. */
export function servicePortBase({ service, protocol, portName }: ServicePortInfo): string {
  return nameWithHash(`${service.ref.namespace}/${service.ref.name}/${protocol}/${portName}`)
}

/** `HASH-namespace/name/protocol/port__IP/PORT`; an IPv6 address has dots for its colons. */
export function endpointBase(port: ServicePortInfo, endpoint: EndpointInfo): string {
  const { service, protocol, portName } = port
  const address = endpoint.address.replaceAll(':', '.')
  return nameWithHash(
    `${service.ref.namespace}/${service.ref.name}/${protocol}/${portName}__${address}/${endpoint.port}`,
  )
}

/** The chain that marks packets for SNAT. */
export const MARK_FOR_MASQUERADE = 'mark-for-masquerade'

/** The longest name; what is beyond is cut. */
const LONGEST = 240

function nameWithHash(name: string): string {
  const whole = `${hashOf(name, 8)}-${name}`
  return whole.length > LONGEST ? `${whole.slice(0, LONGEST - 3)}...` : whole
}
