/** A node's addresses and whether its node ports answer there: what a person needs to know who asked at another. */
import type { Cluster } from '../cluster/cluster.ts'
import type { ObjectRef, Origin } from '../cluster/object-ref.ts'
import { modeOf, pastedRulesOf } from '../cluster/pasted-rules.ts'
import { proxySettings } from '../kube-proxy/proxy-settings.ts'
import { nodePortRefusal } from '../kube-proxy/takes-node-ports.ts'
import { ip, ipVersion, isLoopback, type IpAddress } from '../network/address.ts'
import { hasPorts, type Packet } from '../network/packet.ts'
import { phrase } from '../phrase.ts'
import type { Evidence } from './trace.ts'
import { nodeProxyInput } from './world.ts'

/** A node port that was asked for at an address on which it does not answer. */
export interface NodePortNotHere {
  readonly service: ObjectRef
  readonly evidence: Evidence
  readonly origins: readonly Origin[]
}

/** Undefined for a packet to no node port, or to one that answers there; and where a paste says what the node does. */
export function nodePortNotHere(cluster: Cluster, host: string, packet: Packet): NodePortNotHere | undefined {
  const node = cluster.nodes.find(({ ref }) => ref.name === host)
  const isPasted = pastedRulesOf(cluster, host, 'iptables-save') ?? pastedRulesOf(cluster, host, 'nft')
  if (node === undefined || isPasted !== undefined || !hasPorts(packet)) return undefined
  const service = cluster.services.find(({ ports }) =>
    ports.some(
      ({ nodePort, protocol }) =>
        nodePort === packet.dstPort && nodePort !== 0 && protocol.toLowerCase() === packet.protocol,
    ),
  )
  if (service === undefined) return undefined
  const version = ipVersion(packet.dst)
  const { config, node: addresses, features } = nodeProxyInput(cluster, host)
  const settings = proxySettings(config, addresses, version, features)
  const mode = modeOf(cluster, host)
  const refusalAt = (address: IpAddress) =>
    nodePortRefusal(settings, mode, address, config.nodePortAddresses.length > 0)
  if (refusalAt(packet.dst) === undefined) return undefined
  const own = addresses.interfaceAddresses.filter((address) => ipVersion(address) === version)
  const all = [...own, ...(isLoopback(packet.dst) ? [packet.dst] : version === 4 ? [ip('127.0.0.1')] : [])]
  const { kubeProxy } = cluster.config.origins
  return {
    service: service.ref,
    evidence: {
      kind: 'sockets',
      title: phrase('evidence.node-port-addresses', { port: packet.dstPort, node: host }),
      candidates: all.map((address) => {
        const refusal = refusalAt(address)
        return {
          id: `node-port ${address}`,
          name: address,
          verdict: refusal === undefined ? 'not-tried' : 'lost',
          reason: phrase(`reason.node-port-${refusal ?? 'answers'}`, { mode }),
        }
      }),
      texts: [],
    },
    origins: [
      ...(kubeProxy === undefined
        ? []
        : [{ object: kubeProxy.object, paths: [['mode'], ['nodePortAddresses']] }]),
      { object: service.ref, paths: [['spec', 'ports']] },
    ],
  }
}
