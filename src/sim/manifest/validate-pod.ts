/** What the API server refuses in a Pod's spec: ValidatePodSpec (pkg/apis/core/validation, 1.32), without volumes and security. */
import { duplicate, invalid, required, unsupported } from './field-problem.ts'
import type { FieldProblem } from './field-problem.ts'
import { flagAt, listAt, numberAt, textAt, valueAt } from './json-fields.ts'
import type { FieldPath, JsonValue } from './manifest.ts'
import { dnsLabel, portName } from './name-rules.ts'
import { broken } from './validate-metadata.ts'
import { portProblems } from './validate-service.ts'

const dnsPolicies = ['ClusterFirst', 'ClusterFirstWithHostNet', 'Default', 'None']
const restartPolicies = ['Always', 'Never', 'OnFailure']
const protocols = ['SCTP', 'TCP', 'UDP']

/** Problems of the Pod spec at `path`, which a Pod has at `spec` and a workload at `spec.template.spec`. */
export function validatePodSpec(spec: JsonValue | undefined, path: FieldPath): readonly FieldProblem[] {
  const containers = listAt(spec, 'containers')
  const hostNetwork = flagAt(spec, 'hostNetwork')
  return [
    ...(containers.length === 0 ? [required([...path, 'containers'])] : []),
    ...containerProblems(containers, [...path, 'containers'], hostNetwork),
    ...containerProblems(listAt(spec, 'initContainers'), [...path, 'initContainers'], hostNetwork),
    ...choice(spec, path, 'dnsPolicy', dnsPolicies),
    ...choice(spec, path, 'restartPolicy', restartPolicies),
  ]
}

function containerProblems(
  containers: readonly JsonValue[],
  path: FieldPath,
  hostNetwork: boolean,
): FieldProblem[] {
  const names = new Set<string>()
  return containers.flatMap((container, index) => {
    const at = [...path, index]
    const name = textAt(container, 'name') ?? ''
    const repeated = name !== '' && names.has(name) ? [duplicate([...at, 'name'], name)] : []
    names.add(name)
    const image = textAt(container, 'image') ?? ''
    return [
      ...(name === '' ? [required([...at, 'name'])] : broken([...at, 'name'], name, dnsLabel)),
      ...repeated,
      ...(image === '' && valueAt(container, 'image') !== null && isMissingOrText(container)
        ? [required([...at, 'image'])]
        : []),
      ...listAt(container, 'ports').flatMap((port, at2) =>
        portsOfContainer(port, [...at, 'ports', at2], hostNetwork),
      ),
      ...listAt(container, 'env').flatMap((variable, at2) =>
        (textAt(variable, 'name') ?? '') === '' ? [required([...at, 'env', at2, 'name'])] : [],
      ),
    ]
  })
}

/** An image of another type is strict decoding's matter. */
function isMissingOrText(container: JsonValue): boolean {
  const image = valueAt(container, 'image')
  return image === undefined || typeof image === 'string'
}

function portsOfContainer(port: JsonValue, path: FieldPath, hostNetwork: boolean): FieldProblem[] {
  const name = textAt(port, 'name') ?? ''
  const protocol = textAt(port, 'protocol') ?? 'TCP'
  const number = numberAt(port, 'containerPort')
  const hostPort = numberAt(port, 'hostPort') ?? 0
  return [
    ...(name === '' ? [] : broken([...path, 'name'], name, portName)),
    ...(valueAt(port, 'containerPort') === undefined
      ? [required([...path, 'containerPort'])]
      : portProblems([...path, 'containerPort'], number ?? null)),
    ...(protocols.includes(protocol) ? [] : [unsupported([...path, 'protocol'], protocol, protocols)]),
    ...(hostPort === 0 ? [] : portProblems([...path, 'hostPort'], hostPort)),
    ...(hostNetwork && hostPort !== 0 && hostPort !== number
      ? [invalid([...path, 'containerPort'], number ?? 0, 'must match `hostPort` when `hostNetwork` is true')]
      : []),
  ]
}

function choice(
  spec: JsonValue | undefined,
  path: FieldPath,
  field: string,
  known: readonly string[],
): FieldProblem[] {
  const value = textAt(spec, field)
  return value === undefined || value === '' || known.includes(value)
    ? []
    : [unsupported([...path, field], value, known)]
}
