/** Fields that may not change once an object exists, with the server's words (pkg/apis/apps/validation, core/validation, 1.32). */
import { forbidden, invalid, printGo } from '../manifest/field-problem.ts'
import type { FieldProblem } from '../manifest/field-problem.ts'
import { isObject, listAt, objectAt, sameJson, valueAt } from '../manifest/json-fields.ts'
import type { JsonObject, JsonValue } from '../manifest/manifest.ts'

/** What the change from one version of an object to the next may not do. Both with defaults. */
export function immutableProblems(
  kind: string,
  before: JsonObject,
  after: JsonObject,
): readonly FieldProblem[] {
  switch (kind) {
    case 'Deployment':
    case 'ReplicaSet':
    case 'DaemonSet':
      return selectorProblems(before, after)
    case 'StatefulSet':
      return statefulSetProblems(before, after)
    case 'Pod':
      return podProblems(before, after)
  }
  return []
}

const REMAKE = 'Delete the object and create it anew.'

function selectorProblems(before: JsonObject, after: JsonObject): FieldProblem[] {
  const selector = valueAt(after, 'spec', 'selector')
  if (sameJson(valueAt(before, 'spec', 'selector'), selector)) return []
  const problem = invalid(['spec', 'selector'], 0, 'field is immutable', REMAKE)
  const detail = `Invalid value: ${printSelector(selector)}: field is immutable`
  return [
    {
      ...problem,
      code: 'immutable-field',
      values: { field: 'spec.selector', detail },
      message: `spec.selector: ${detail}`,
    },
  ]
}

function printSelector(selector: JsonValue | undefined): string {
  const labels = printGo(objectAt(selector, 'matchLabels'))
  return `v1.LabelSelector{MatchLabels:${labels}, MatchExpressions:[]v1.LabelSelectorRequirement(nil)}`
}

const changeableOfStatefulSets = [
  'replicas',
  'ordinals',
  'template',
  'updateStrategy',
  'revisionHistoryLimit',
  'persistentVolumeClaimRetentionPolicy',
  'minReadySeconds',
]

function statefulSetProblems(before: JsonObject, after: JsonObject): FieldProblem[] {
  const fixed = (body: JsonObject) =>
    Object.fromEntries(
      Object.entries(objectAt(body, 'spec')).filter(([key]) => !changeableOfStatefulSets.includes(key)),
    )
  if (sameJson(fixed(before), fixed(after))) return []
  const text =
    "updates to statefulset spec for fields other than 'replicas', 'ordinals', 'template', 'updateStrategy', " +
    "'revisionHistoryLimit', 'persistentVolumeClaimRetentionPolicy' and 'minReadySeconds' are forbidden"
  return [{ ...forbidden(['spec'], text, REMAKE), code: 'immutable-field' }]
}

function podProblems(before: JsonObject, after: JsonObject): FieldProblem[] {
  if (sameJson(fixedOfPod(before), fixedOfPod(after))) return []
  const text =
    'pod updates may not change fields other than `spec.containers[*].image`,`spec.initContainers[*].image`,' +
    '`spec.activeDeadlineSeconds`,`spec.tolerations` (only additions to existing tolerations),' +
    '`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously negative)'
  return [{ ...forbidden(['spec'], text, 'Delete the Pod and create it anew.'), code: 'immutable-field' }]
}

/** The parts of a Pod's spec that may not change. What admission and the scheduler filled in stands in both. */
function fixedOfPod(body: JsonObject): JsonObject {
  const free = ['activeDeadlineSeconds', 'tolerations', 'terminationGracePeriodSeconds']
  const withoutImages = (container: JsonValue) =>
    isObject(container)
      ? Object.fromEntries(
          Object.entries(container).filter(([key]) => key !== 'image' && key !== 'imagePullPolicy'),
        )
      : container
  const entries = Object.entries(objectAt(body, 'spec')).filter(([key]) => !free.includes(key))
  return Object.fromEntries(
    entries.map(([key, value]) => [
      key,
      key === 'containers' || key === 'initContainers' ? listAt(body, 'spec', key).map(withoutImages) : value,
    ]),
  )
}
