/** Label selectors of the API: `matchLabels` and `matchExpressions` (k8s.io/apimachinery pkg/apis/meta/v1, labels). */
import { listAt, objectAt, textAt, textMapAt, textsAt } from './json-fields.ts'
import type { JsonValue } from './manifest.ts'

export interface LabelSelector {
  readonly matchLabels: Readonly<Record<string, string>>
  readonly expressions: readonly {
    readonly key: string
    readonly operator: string
    readonly values: readonly string[]
  }[]
}

/** Reads a `LabelSelector`. Parts of a wrong type are left out: strict decoding has named them. */
export function readSelector(value: JsonValue | undefined): LabelSelector {
  return {
    matchLabels: textMapAt(objectAt(value), 'matchLabels'),
    expressions: listAt(value, 'matchExpressions').map((item) => ({
      key: textAt(item, 'key') ?? '',
      operator: textAt(item, 'operator') ?? '',
      values: textsAt(item, 'values'),
    })),
  }
}

/** Whether the labels satisfy all of the selector. An empty selector is satisfied by all. */
export function matchesSelector(
  selector: LabelSelector,
  labels: Readonly<Record<string, JsonValue>>,
): boolean {
  return (
    Object.entries(selector.matchLabels).every(
      ([key, value]) => Object.hasOwn(labels, key) && labels[key] === value,
    ) && selector.expressions.every((expression) => matchesExpression(expression, labels))
  )
}

function matchesExpression(
  expression: LabelSelector['expressions'][number],
  labels: Readonly<Record<string, JsonValue>>,
): boolean {
  const value = Object.hasOwn(labels, expression.key) ? labels[expression.key] : undefined
  const listed = typeof value === 'string' && expression.values.includes(value)
  switch (expression.operator) {
    case 'In':
      return listed
    case 'NotIn':
      return !listed
    case 'Exists':
      return value !== undefined
    case 'DoesNotExist':
      return value === undefined
  }
  return false
}
