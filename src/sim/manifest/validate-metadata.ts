/** Names, namespaces and labels of an object: ValidateObjectMeta (k8s.io/apimachinery pkg/api/validation, 1.32). */
import { invalid } from './field-problem.ts'
import type { FieldProblem } from './field-problem.ts'
import { objectAt, textAt } from './json-fields.ts'
import type { FieldPath, JsonObject, JsonValue } from './manifest.ts'
import { dns1035Label, dnsLabel, dnsSubdomain, labelName, labelValue } from './name-rules.ts'
import type { NameRule } from './name-rules.ts'

/** Kinds whose names may hold nearly anything: RBAC's are path segments (`system:node`). */
const freeNames: readonly string[] = [
  'Role',
  'RoleBinding',
  'ClusterRole',
  'ClusterRoleBinding',
  'APIService',
]

/** What the server refuses in `metadata`. A missing name is not looked for here. */
export function validateMetadata(kind: string, body: JsonObject): readonly FieldProblem[] {
  const name = textAt(body, 'metadata', 'name')
  const namespace = textAt(body, 'metadata', 'namespace')
  return [
    ...(name === undefined || freeNames.includes(kind)
      ? []
      : broken(['metadata', 'name'], name, nameRuleOf(kind))),
    ...(namespace === undefined ? [] : broken(['metadata', 'namespace'], namespace, dnsLabel)),
    ...validateLabels(objectAt(body, 'metadata', 'labels'), ['metadata', 'labels']),
  ]
}

/** What the server refuses in a map of labels. Values that are no strings are strict decoding's matter. */
export function validateLabels(labels: JsonObject, path: FieldPath): readonly FieldProblem[] {
  return Object.entries(labels).flatMap(([key, value]: [string, JsonValue]) => [
    ...labelKeyProblems(key).map((text) => invalid([...path, key], key, text)),
    ...(typeof value === 'string' ? broken([...path, key], value, labelValue) : []),
  ])
}

/** One problem for each sentence of a rule that the text breaks. */
export function broken(path: FieldPath, text: string, rule: NameRule): readonly FieldProblem[] {
  return rule(text).map((sentence) => invalid(path, text, sentence))
}

function nameRuleOf(kind: string): NameRule {
  if (kind === 'Service') return dns1035Label
  return kind === 'Namespace' ? dnsLabel : dnsSubdomain
}

function labelKeyProblems(key: string): readonly string[] {
  const slash = key.indexOf('/')
  const prefix = slash < 0 ? [] : dnsSubdomain(key.slice(0, slash)).map((text) => `prefix part ${text}`)
  return [...prefix, ...labelName(key.slice(slash + 1))]
}
