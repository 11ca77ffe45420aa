/** kubeadm's ClusterConfiguration (v1beta3, v1beta4) and the KubeProxyConfiguration (v1alpha1), with their defaults (1.32). */
import { cidr, parseCidr } from '../network/address.ts'
import type { Cidr } from '../network/address.ts'
import { flagAt, listAt, numberAt, textAt, textsAt, valueAt } from '../manifest/json-fields.ts'
import type { JsonValue } from '../manifest/manifest.ts'
import { parseDuration } from './parse-duration.ts'
import type { ClusterConfig, DetectLocal, KubeProxyConfig } from './cluster.ts'
import type { ApiObject } from './objects.ts'

/** Where the two configurations stand among the objects. */
export const CLUSTER_CONFIGURATION = { kind: 'ClusterConfiguration', namespace: '', name: 'kubeadm-config' }
export const KUBE_PROXY_CONFIGURATION = { kind: 'KubeProxyConfiguration', namespace: '', name: 'kube-proxy' }

/**
 * The cluster's configuration. What is not said, or cannot be read, is kubeadm's default; kubeadm has none for the Pods' range, so
 * the one of its documentation's example stands in (10.244.0.0/16).
 */
export function readClusterConfig(
  cluster: ApiObject | undefined,
  kubeProxy: ApiObject | undefined,
): ClusterConfig {
  const body = cluster?.body
  return {
    kubernetesVersion: textAt(body, 'kubernetesVersion') ?? 'v1.32.0',
    podSubnets: subnetsOf(body, 'podSubnet', '10.244.0.0/16'),
    serviceSubnets: subnetsOf(body, 'serviceSubnet', '10.96.0.0/12'),
    dnsDomain: textAt(body, 'networking', 'dnsDomain') ?? 'cluster.local',
    nodePortRange: nodePortRangeOf(extraArgument(body, 'service-node-port-range')),
    kubeProxy: readKubeProxy(kubeProxy, cidrsOf(textAt(body, 'networking', 'podSubnet'))),
    origins: {
      ...(cluster === undefined ? {} : { cluster: { object: cluster.ref, paths: [] } }),
      ...(kubeProxy === undefined ? {} : { kubeProxy: { object: kubeProxy.ref, paths: [] } }),
    },
  }
}

/** Without a KubeProxyConfiguration kubeadm writes one, whose clusterCIDR is the Pods' range. */
function readKubeProxy(object: ApiObject | undefined, podSubnets: readonly Cidr[]): KubeProxyConfig {
  const body = object?.body
  const mode = textAt(body, 'mode')
  const clusterCidrs = object === undefined ? podSubnets : cidrsOf(textAt(body, 'clusterCIDR'))
  return {
    mode: mode === 'ipvs' || mode === 'nftables' ? mode : 'iptables',
    detectLocal: readDetectLocal(body, clusterCidrs),
    masqueradeAll: flagAt(body, 'iptables', 'masqueradeAll'),
    masqueradeBit: numberAt(body, 'iptables', 'masqueradeBit') ?? 14,
    localhostNodePorts: valueAt(body, 'iptables', 'localhostNodePorts') !== false,
    nodePortAddresses: textsAt(body, 'nodePortAddresses'),
    conntrack: {
      maxPerCore: numberAt(body, 'conntrack', 'maxPerCore') ?? 32_768,
      min: numberAt(body, 'conntrack', 'min') ?? 131_072,
      tcpEstablishedSeconds: secondsAt(body, 'tcpEstablishedTimeout') ?? 24 * 3600,
      tcpCloseWaitSeconds: secondsAt(body, 'tcpCloseWaitTimeout') ?? 3600,
      udpSeconds: secondsAt(body, 'udpTimeout') ?? 0,
      udpStreamSeconds: secondsAt(body, 'udpStreamTimeout') ?? 0,
      tcpBeLiberal: flagAt(body, 'conntrack', 'tcpBeLiberal'),
    },
    ipvs: {
      scheduler: textAt(body, 'ipvs', 'scheduler') || 'rr',
      strictArp: flagAt(body, 'ipvs', 'strictARP'),
    },
  }
}

function secondsAt(body: JsonValue | undefined, field: string): number | undefined {
  return parseDuration(textAt(body, 'conntrack', field) ?? '')
}

/** ClusterCIDR where no mode is named (cmd/kube-proxy/app/server_linux.go, platformApplyDefaults); a mode without its value detects nothing. */
function readDetectLocal(body: JsonValue | undefined, cidrs: readonly Cidr[]): DetectLocal {
  const name = textAt(body, 'detectLocal', 'bridgeInterface') ?? ''
  const prefix = textAt(body, 'detectLocal', 'interfaceNamePrefix') ?? ''
  const mode = textAt(body, 'detectLocalMode')
  if (mode === 'NodeCIDR') return { kind: mode }
  if (mode === 'BridgeInterface') return name === '' ? { kind: 'none' } : { kind: mode, name }
  if (mode === 'InterfaceNamePrefix') return prefix === '' ? { kind: 'none' } : { kind: mode, prefix }
  return cidrs.length === 0 ? { kind: 'none' } : { kind: 'ClusterCIDR', cidrs }
}

/** v1beta4 has a list of name and value, v1beta3 a map. */
function extraArgument(body: JsonValue | undefined, name: string): string | undefined {
  const listed = listAt(body, 'apiServer', 'extraArgs').find((argument) => textAt(argument, 'name') === name)
  return textAt(listed, 'value') ?? textAt(body, 'apiServer', 'extraArgs', name)
}

/** `80-32767`, or `30000+2767` (k8s.io/apimachinery pkg/util/net PortRange). */
function nodePortRangeOf(text: string | undefined): ClusterConfig['nodePortRange'] {
  const [, first = '30000', sign = '-', second = '32767'] =
    /^(\d+)([-+])(\d+)$/.exec(text?.trim() ?? '') ?? []
  const from = Number(first)
  const to = sign === '+' ? from + Number(second) : Number(second)
  return from >= 1 && to <= 65535 && from <= to ? { from, to } : { from: 30000, to: 32767 }
}

function subnetsOf(body: JsonValue | undefined, field: string, fallback: string): readonly Cidr[] {
  const told = cidrsOf(textAt(body, 'networking', field))
  return told.length > 0 ? told : [cidr(fallback)]
}

/** A range, or a dual-stack pair with a comma between. */
function cidrsOf(text = ''): readonly Cidr[] {
  return text.split(',').flatMap((each) => parseCidr(each.trim()) ?? [])
}
