/** Label selectors as `-l` takes them: `a=b`, `a!=b`, `a`, `!a`, `a in (x, y)`, `a notin (x)` (k8s.io/apimachinery pkg/labels). */

/** Whether some labels fit. */
export type LabelSelector = (labels: Readonly<Record<string, string>>) => boolean

/** Reads a selector; `undefined`: it cannot be parsed. An empty one fits everything. */
export function readSelector(text: string): LabelSelector | undefined {
  const requirements = text
    .split(/,(?![^(]*\))/)
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .map(readRequirement)
  if (requirements.some((requirement) => requirement === undefined)) return undefined
  return (labels) => requirements.every((requirement) => requirement?.(labels) ?? false)
}

function readRequirement(text: string): LabelSelector | undefined {
  const set = /^(\S+)\s+(in|notin)\s+\(([^)]*)\)$/.exec(text)
  if (set !== null) {
    const [, key = '', operator, list = ''] = set
    const values = list.split(',').map((value) => value.trim())
    return (labels) => values.includes(labels[key] ?? '\0') === (operator === 'in')
  }
  const equality = /^([^\s=!]+)\s*(==|=|!=)\s*([^\s=!]*)$/.exec(text)
  if (equality !== null) {
    const [, key = '', operator, value = ''] = equality
    return (labels) => (labels[key] === value) === (operator !== '!=')
  }
  const existence = /^(!?)\s*([^\s=!()]+)$/.exec(text)
  if (existence === null) return undefined
  const key = existence[2] ?? ''
  return (labels) => Object.hasOwn(labels, key) === (existence[1] !== '!')
}
