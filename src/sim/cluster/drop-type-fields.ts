/**
 * Fields that belonged to a Service's former type alone and that the change left as they were vanish with the type, before anything
 * is validated (pkg/registry/core/service/strategy.go dropTypeDependentFields, 1.32). A field that the change did set stays, and is
 * refused.
 */
import { isObject, listAt, objectAt, sameJson, textAt } from '../manifest/json-fields.ts'
import type { JsonObject } from '../manifest/manifest.ts'

/** Fields by the types that have a use for them. */
const fieldsOfTypes: readonly (readonly [fields: readonly string[], types: readonly string[]])[] = [
  [
    ['clusterIP', 'clusterIPs', 'ipFamilies', 'ipFamilyPolicy', 'internalTrafficPolicy'],
    ['ClusterIP', 'NodePort', 'LoadBalancer'],
  ],
  [['externalTrafficPolicy'], ['NodePort', 'LoadBalancer']],
  [['healthCheckNodePort', 'allocateLoadBalancerNodePorts', 'loadBalancerClass'], ['LoadBalancer']],
]

/** The Service without what its former version's type alone had a use for. */
export function dropTypeFields(body: JsonObject, existing: JsonObject): JsonObject {
  const [spec, before] = [objectAt(body, 'spec'), objectAt(existing, 'spec')]
  const [type, formerType] = [typeOf(spec), typeOf(before)]
  if (type === formerType) return body
  const dropped = fieldsOfTypes
    .filter(([, types]) => types.includes(formerType) && !types.includes(type))
    .flatMap(([fields]) => fields.filter((field) => sameJson(spec[field], before[field])))
  const kept = Object.entries(spec).filter(([key]) => !dropped.includes(key))
  return { ...body, spec: withoutNodePorts(Object.fromEntries(kept), before) }
}

function typeOf(spec: JsonObject): string {
  return textAt(spec, 'type') ?? 'ClusterIP'
}

function withoutNodePorts(spec: JsonObject, before: JsonObject): JsonObject {
  const hasNodePorts = (type: string) => type === 'NodePort' || type === 'LoadBalancer'
  const numbers = (of: JsonObject) => listAt(of, 'ports').map((port) => objectAt(port)['nodePort'] ?? 0)
  if (
    hasNodePorts(typeOf(spec)) ||
    !hasNodePorts(typeOf(before)) ||
    !sameJson(numbers(spec), numbers(before))
  )
    return spec
  const ports = listAt(spec, 'ports').map((port) =>
    isObject(port) ? Object.fromEntries(Object.entries(port).filter(([key]) => key !== 'nodePort')) : port,
  )
  return { ...spec, ports }
}
