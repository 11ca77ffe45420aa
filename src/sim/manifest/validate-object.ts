/**
 * What the API server refuses in an object by itself, without a look at the rest of the cluster. What needs the cluster
 * (addresses and ports that are taken, fields that may not change) is asked where it is applied.
 */
import { required, unsupported } from './field-problem.ts'
import type { FieldProblem } from './field-problem.ts'
import { listAt, textAt, valueAt } from './json-fields.ts'
import type { JsonObject } from './manifest.ts'
import { portProblems } from './validate-service.ts'
import { validateGatewayObject } from './validate-gateway.ts'
import { validateIngress, validateNewIngress } from './validate-ingress.ts'
import { validateMetadata } from './validate-metadata.ts'
import { validatePodSpec } from './validate-pod.ts'
import { validateService } from './validate-service.ts'
import { validateWorkload } from './validate-workload.ts'

/** Problems of an object of a kind, in no particular order. */
export function validateObject(kind: string, body: JsonObject): readonly FieldProblem[] {
  return [...validateMetadata(kind, body), ...validateSpec(kind, body)]
}

/** Problems that count only while an object is being created. */
export function validateNewObject(kind: string, body: JsonObject): readonly FieldProblem[] {
  return kind === 'Ingress' ? validateNewIngress(body) : []
}

function validateSpec(kind: string, body: JsonObject): readonly FieldProblem[] {
  switch (kind) {
    case 'Service':
      return validateService(body)
    case 'Pod':
      return validatePodSpec(valueAt(body, 'spec'), ['spec'])
    case 'Deployment':
    case 'ReplicaSet':
    case 'StatefulSet':
    case 'DaemonSet':
      return validateWorkload(kind, body)
    case 'Ingress':
      return validateIngress(body)
    case 'GatewayClass':
    case 'Gateway':
    case 'HTTPRoute':
    case 'ReferenceGrant':
      return validateGatewayObject(kind, body)
    case 'EndpointSlice':
      return validateEndpointSlice(body)
    case 'IngressClass':
      return (textAt(body, 'spec', 'controller') ?? '') === '' ? [required(['spec', 'controller'])] : []
  }
  return []
}

function validateEndpointSlice(body: JsonObject): readonly FieldProblem[] {
  const type = textAt(body, 'addressType') ?? ''
  const types = ['FQDN', 'IPv4', 'IPv6']
  return [
    ...(type === ''
      ? [required(['addressType'])]
      : types.includes(type)
        ? []
        : [unsupported(['addressType'], type, types)]),
    ...listAt(body, 'endpoints').flatMap((endpoint, index) =>
      listAt(endpoint, 'addresses').length === 0
        ? [required(['endpoints', index, 'addresses'], 'must contain at least 1 address')]
        : [],
    ),
    ...listAt(body, 'ports').flatMap((port, index) =>
      portProblems(['ports', index, 'port'], valueAt(port, 'port') ?? null),
    ),
  ]
}
