/** For tests: what a cluster that kubeadm makes, and a Service that says nothing of itself, have by default. */
import { cidr } from '../network/address.ts'
import type { ClusterConfig } from './cluster.ts'
import type { Service } from './objects.ts'

/** Pods in 172.31.0.0/16; the rest as kubeadm v1.33 leaves it. */
export const plainConfig: ClusterConfig = {
  kubernetesVersion: 'v1.33.0',
  podSubnets: [cidr('172.31.0.0/16')],
  serviceSubnets: [cidr('10.96.0.0/12')],
  dnsDomain: 'cluster.local',
  nodePortRange: { from: 30000, to: 32767 },
  kubeProxy: {
    mode: 'iptables',
    detectLocal: { kind: 'none' },
    masqueradeAll: false,
    masqueradeBit: 14,
    localhostNodePorts: true,
    nodePortAddresses: [],
    conntrack: {
      maxPerCore: 32_768,
      min: 131_072,
      tcpEstablishedSeconds: 86_400,
      tcpCloseWaitSeconds: 3600,
      udpSeconds: 0,
      udpStreamSeconds: 0,
      tcpBeLiberal: false,
    },
    ipvs: { scheduler: 'rr', strictArp: false },
  },
  origins: {},
}

/** A single-stack ClusterIP Service without a selector: what is left are its name, addresses and ports. */
export const plainService = {
  type: 'ClusterIP',
  headless: false,
  selector: {},
  externalIps: [],
  loadBalancerIngress: [],
  loadBalancerSourceRanges: [],
  sessionAffinity: 'None',
  sessionAffinityTimeoutSeconds: 10800,
  internalTrafficPolicy: 'Cluster',
  externalTrafficPolicy: 'Cluster',
  healthCheckNodePort: 0,
  publishNotReadyAddresses: false,
  ipFamilies: ['IPv4'],
} as const satisfies Partial<Service>
