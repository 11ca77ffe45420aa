/** What the API server refuses in Deployments, ReplicaSets, StatefulSets and DaemonSets (pkg/apis/apps/validation, 1.32). */
import { invalid, required, unsupported } from './field-problem.ts'
import type { FieldProblem } from './field-problem.ts'
import { isObject, listAt, numberAt, objectAt, textAt, valueAt } from './json-fields.ts'
import type { JsonObject } from './manifest.ts'
import { matchesSelector, readSelector } from './label-selector.ts'
import { validateLabels } from './validate-metadata.ts'
import { validatePodSpec } from './validate-pod.ts'

/** Problems of a workload's spec. */
export function validateWorkload(kind: string, body: JsonObject): readonly FieldProblem[] {
  const spec = objectAt(body, 'spec')
  const replicas = numberAt(spec, 'replicas') ?? 1
  const restartPolicy = textAt(spec, 'template', 'spec', 'restartPolicy') ?? 'Always'
  return [
    ...(replicas < 0 && kind !== 'DaemonSet'
      ? [invalid(['spec', 'replicas'], replicas, 'must be greater than or equal to 0')]
      : []),
    ...validateSelector(kind, spec),
    ...validateLabels(objectAt(spec, 'template', 'metadata', 'labels'), [
      'spec',
      'template',
      'metadata',
      'labels',
    ]),
    ...validatePodSpec(valueAt(spec, 'template', 'spec'), ['spec', 'template', 'spec']),
    ...(['Never', 'OnFailure'].includes(restartPolicy)
      ? [unsupported(['spec', 'template', 'spec', 'restartPolicy'], restartPolicy, ['Always'])]
      : []),
  ]
}

function validateSelector(kind: string, spec: JsonObject): FieldProblem[] {
  const selector = valueAt(spec, 'selector')
  const labels = objectAt(spec, 'template', 'metadata', 'labels')
  const labelsPath = ['spec', 'template', 'metadata', 'labels']
  const mismatch = invalid(
    labelsPath,
    labels,
    '`selector` does not match template `labels`',
    'Give the template every label that spec.selector.matchLabels names.',
  )
  if (!isObject(selector))
    return selector === undefined || selector === null ? [required(['spec', 'selector']), mismatch] : []
  if (
    Object.keys(objectAt(selector, 'matchLabels')).length + listAt(selector, 'matchExpressions').length ===
    0
  ) {
    const text = `empty selector is invalid for ${kind.toLowerCase()}`
    return [invalid(['spec', 'selector'], selector, text)]
  }
  return matchesSelector(readSelector(selector), labels) ? [] : [mismatch]
}
