/** The kinds of the API server itself: names as in `kubectl api-resources` (1.32), rows as in printers.go. */
import type { Cluster } from '../../sim/cluster/cluster.ts'
import type { Meta } from '../../sim/cluster/objects.ts'
import { listEndpoints } from './endpoints.ts'
import { bodyOf, listObjects } from './list-objects.ts'
import { printAge } from './print-age.ts'
import {
  endpointsCells,
  endpointsColumns,
  endpointSliceCells,
  endpointSliceColumns,
} from './print-endpoints.ts'
import { ingressCells, ingressClassCells, ingressClassColumns, ingressColumns } from './print-ingresses.ts'
import { nodeCells, nodeColumns, type NodeInfo } from './print-nodes.ts'
import { podCells, podColumns } from './print-pods.ts'
import { serviceCells, serviceColumns } from './print-services.ts'
import {
  daemonSetCells,
  daemonSetColumns,
  deploymentCells,
  deploymentColumns,
  replicaSetCells,
  replicaSetColumns,
  statefulSetCells,
  statefulSetColumns,
} from './print-workloads.ts'
import { defineKind, type ResourceKind } from './resource-kind.ts'
import { objectAt, textAt, textMapAt } from './wire-fields.ts'

/** Every kind of the API server that the simulator runs or keeps. */
export const builtInKinds: readonly ResourceKind[] = [
  defineKind(
    { kind: 'Pod', plural: 'pods', short: ['po'] },
    podColumns,
    (cluster) => cluster.pods,
    (pod, nowMs, _wide, cluster) => podCells(pod, bodyOf(pod.ref, cluster), nowMs),
  ),
  defineKind(
    { kind: 'Service', plural: 'services', short: ['svc'] },
    serviceColumns,
    (cluster) => cluster.services,
    serviceCells,
  ),
  defineKind(
    { kind: 'Endpoints', plural: 'endpoints', short: ['ep'] },
    endpointsColumns,
    listEndpoints,
    endpointsCells,
  ),
  defineKind(
    { kind: 'EndpointSlice', plural: 'endpointslices', group: 'discovery.k8s.io' },
    endpointSliceColumns,
    (cluster) => cluster.endpointSlices,
    endpointSliceCells,
  ),
  defineKind(
    { kind: 'Deployment', plural: 'deployments', short: ['deploy'], group: 'apps' },
    deploymentColumns,
    (cluster) => cluster.deployments,
    deploymentCells,
  ),
  defineKind(
    { kind: 'ReplicaSet', plural: 'replicasets', short: ['rs'], group: 'apps' },
    replicaSetColumns,
    (cluster) => cluster.replicaSets,
    replicaSetCells,
  ),
  defineKind(
    { kind: 'StatefulSet', plural: 'statefulsets', short: ['sts'], group: 'apps' },
    statefulSetColumns,
    (cluster) => cluster.statefulSets,
    statefulSetCells,
  ),
  defineKind(
    { kind: 'DaemonSet', plural: 'daemonsets', short: ['ds'], group: 'apps' },
    daemonSetColumns,
    (cluster) => cluster.daemonSets,
    (daemonSet, nowMs, _wide, cluster) =>
      daemonSetCells(daemonSet, nodeSelectorOf(daemonSet, cluster), nowMs),
  ),
  defineKind(
    { kind: 'Node', plural: 'nodes', short: ['no'], clusterScoped: true },
    nodeColumns,
    (cluster) => cluster.nodes,
    (node, nowMs, _wide, cluster) => nodeCells(node, nodeInfoOf(node, cluster), nowMs),
  ),
  defineKind(
    { kind: 'Ingress', plural: 'ingresses', short: ['ing'], group: 'networking.k8s.io' },
    ingressColumns,
    (cluster) => cluster.ingresses,
    ingressCells,
  ),
  defineKind(
    { kind: 'IngressClass', plural: 'ingressclasses', group: 'networking.k8s.io', clusterScoped: true },
    ingressClassColumns,
    (cluster) => cluster.ingressClasses,
    (ingressClass, nowMs, _wide, cluster) =>
      ingressClassCells(ingressClass, parametersOf(ingressClass, cluster), nowMs),
  ),
  defineKind(
    { kind: 'Namespace', plural: 'namespaces', short: ['ns'], clusterScoped: true },
    [{ name: 'Name' }, { name: 'Status' }, { name: 'Age' }],
    (cluster) => cluster.namespaces,
    (namespace, nowMs, _wide, cluster) => [
      namespace.ref.name,
      textAt(objectAt(bodyOf(namespace.ref, cluster), 'status'), 'phase') ?? 'Active',
      printAge(namespace.createdAtMs, nowMs),
    ],
  ),
  defineKind(
    { kind: 'ConfigMap', plural: 'configmaps', short: ['cm'] },
    [{ name: 'Name' }, { name: 'Data' }, { name: 'Age' }],
    (cluster) => cluster.configMaps,
    (configMap, nowMs) => [
      configMap.ref.name,
      String(Object.keys(configMap.data).length),
      printAge(configMap.createdAtMs, nowMs),
    ],
  ),
  defineKind(
    { kind: 'Secret', plural: 'secrets' },
    [{ name: 'Name' }, { name: 'Type' }, { name: 'Data' }, { name: 'Age' }],
    (cluster) => listObjects('Secret', cluster),
    (secret, nowMs, _wide, cluster) => {
      const body = bodyOf(secret.ref, cluster)
      const type = body['type']
      return [
        secret.ref.name,
        typeof type === 'string' ? type : 'Opaque',
        String(Object.keys(objectAt(body, 'data')).length),
        printAge(secret.createdAtMs, nowMs),
      ]
    },
  ),
]

function nodeInfoOf(node: Meta, cluster: Cluster): NodeInfo {
  const info = objectAt(objectAt(bodyOf(node.ref, cluster), 'status'), 'nodeInfo')
  const osImage = textAt(info, 'osImage')
  const kernelVersion = textAt(info, 'kernelVersion')
  const containerRuntimeVersion = textAt(info, 'containerRuntimeVersion')
  return {
    kubeletVersion: textAt(info, 'kubeletVersion') ?? cluster.config.kubernetesVersion,
    ...(osImage !== undefined && { osImage }),
    ...(kernelVersion !== undefined && { kernelVersion }),
    ...(containerRuntimeVersion !== undefined && { containerRuntimeVersion }),
  }
}

function nodeSelectorOf(daemonSet: Meta, cluster: Cluster): Readonly<Record<string, string>> {
  const spec = objectAt(bodyOf(daemonSet.ref, cluster), 'spec')
  return textMapAt(objectAt(objectAt(spec, 'template'), 'spec'), 'nodeSelector')
}

function parametersOf(ingressClass: Meta, cluster: Cluster): string | undefined {
  const parameters = objectAt(objectAt(bodyOf(ingressClass.ref, cluster), 'spec'), 'parameters')
  const [kind, group, name] = ['kind', 'apiGroup', 'name'].map((key) => textAt(parameters, key))
  if (kind === undefined || name === undefined) return undefined
  return `${kind}${group === undefined ? '' : `.${group}`}/${name}`
}
