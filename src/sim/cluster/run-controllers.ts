/** Runs every controller once, in the order in which their work depends on each other; after one round nothing is left to do. */
import type { Cluster } from './cluster.ts'
import { assembleCluster } from './assemble-cluster.ts'
import { syncCertificates } from './certificate-controller.ts'
import type { ControlLoop } from './control-loop.ts'
import { syncDaemonSets, writeDaemonSetStatuses } from './daemon-set-controller.ts'
import { syncDeployments, writeDeploymentStatuses } from './deployment-controller.ts'
import { syncEndpointSlices } from './endpoint-slice-controller.ts'
import { syncEndpoints } from './endpoints-controller.ts'
import { writeGatewayStatuses } from '../gateway/gateway-status.ts'
import { provisionGateways } from '../gateway/provision-gateways.ts'
import { syncIngressAddresses } from './ingress-addresses.ts'
import { runPods } from './kubelet.ts'
import { syncLoadBalancers } from './load-balancer.ts'
import { claimTunnelBlocks } from './pod-addresses.ts'
import { indexPods } from './pod-index.ts'
import { syncReplicaSets, writeReplicaSetStatuses } from './replica-set-controller.ts'
import { schedulePods } from './scheduler.ts'
import { syncStatefulSets, writeStatefulSetStatuses } from './stateful-set-controller.ts'

/** The cluster at rest after a change of its objects. Pure: the store is the caller's own and is thrown away. */
export function runControllers(loop: ControlLoop): Cluster {
  provisionGateways(loop)
  syncDeployments(loop)
  syncReplicaSets(loop)
  syncStatefulSets(loop)
  syncDaemonSets(loop)
  claimTunnelBlocks(loop)
  schedulePods(loop)
  runPods(loop)
  writeReplicaSetStatuses(loop)
  writeDeploymentStatuses(loop)
  writeStatefulSetStatuses(loop)
  writeDaemonSetStatuses(loop)
  syncEndpointSlices(loop, indexPods(loop.store))
  syncEndpoints(loop)
  syncLoadBalancers(loop)
  syncIngressAddresses(loop)
  syncCertificates(loop)
  writeGatewayStatuses(loop)
  return assembleCluster(loop)
}
