/**
 * kubectl's jsonpath (k8s.io/client-go util/jsonpath): fields, indexes, `[*]`, filters `[?(@.a=="b")]`, `{range}…{end}`, texts in
 * quotes. What is beyond that gives `undefined`.
 */
import type { JsonValue } from '../../sim/manifest/manifest.ts'
import { isObject } from './wire-fields.ts'

type Node =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'path'; readonly steps: readonly Step[] }
  | { readonly kind: 'range'; readonly steps: readonly Step[]; readonly body: readonly Node[] }

type Step =
  | { readonly kind: 'field'; readonly name: string }
  | { readonly kind: 'index'; readonly index: number }
  | { readonly kind: 'every' }
  | {
      readonly kind: 'filter'
      readonly steps: readonly Step[]
      readonly operator: '==' | '!='
      readonly value: string
    }

/** The template's text for a value; `undefined`: a template that is not understood. A missing field prints nothing. */
export function evaluateJsonPath(template: string, value: JsonValue): string | undefined {
  const nodes = readNodes(splitTemplate(template))
  return nodes === undefined ? undefined : nodes.map((node) => printNode(node, value)).join('')
}

/** Texts and the insides of braces, in order. A template without braces is one path. */
function splitTemplate(template: string): readonly { readonly braced: boolean; readonly text: string }[] {
  if (!template.includes('{')) return [{ braced: true, text: template }]
  return [...template.matchAll(/\{((?:"[^"]*"|'[^']*'|[^}])*)\}|[^{]+/g)].map((match) =>
    match[1] === undefined ? { braced: false, text: match[0] } : { braced: true, text: match[1].trim() },
  )
}

function readNodes(
  pieces: readonly { readonly braced: boolean; readonly text: string }[],
): Node[] | undefined {
  const nodes: Node[] = []
  for (let index = 0; index < pieces.length; index++) {
    const piece = pieces[index]
    if (piece === undefined) break
    const quoted = /^(["'])(.*)\1$/s.exec(piece.text)
    if (!piece.braced) nodes.push({ kind: 'text', text: piece.text })
    else if (quoted !== null) nodes.push({ kind: 'text', text: unescape(quoted[2] ?? '') })
    else if (piece.text.startsWith('range ')) {
      const end = pieces.findIndex((later, at) => at > index && later.braced && later.text === 'end')
      const steps = readSteps(piece.text.slice('range '.length).trim())
      const body = readNodes(pieces.slice(index + 1, end))
      if (end < 0 || steps === undefined || body === undefined) return undefined
      nodes.push({ kind: 'range', steps, body })
      index = end
    } else {
      const steps = readSteps(piece.text)
      if (steps === undefined) return undefined
      nodes.push({ kind: 'path', steps })
    }
  }
  return nodes
}

function unescape(text: string): string {
  return text.replace(/\\(.)/g, (_whole, letter: string) => ({ n: '\n', t: '\t', r: '\r' })[letter] ?? letter)
}

function readSteps(path: string): readonly Step[] | undefined {
  const steps: Step[] = []
  let rest = path.replace(/^[$@]/, '')
  while (rest !== '') {
    const field = /^\.?((?:[^\s.[\]{}()\\]|\\\.)+)/.exec(rest) ?? /^\['([^']+)'\]/.exec(rest)
    const index = /^\[(-?\d+)\]/.exec(rest)
    const every = /^(?:\[\*\]|\.\*)/.exec(rest)
    const filter = /^\[\?\(@([^=!]*?)\s*(==|!=)\s*["']([^"']*)["']\)\]/.exec(rest)
    const match = every ?? index ?? filter ?? field
    if (match === null) return rest === '.' ? steps : undefined
    if (every !== null) steps.push({ kind: 'every' })
    else if (index !== null) steps.push({ kind: 'index', index: Number(index[1]) })
    else if (filter !== null) {
      const inner = readSteps(filter[1] ?? '')
      if (inner === undefined) return undefined
      steps.push({
        kind: 'filter',
        steps: inner,
        operator: filter[2] === '!=' ? '!=' : '==',
        value: filter[3] ?? '',
      })
    } else steps.push({ kind: 'field', name: (field?.[1] ?? '').replaceAll('\\.', '.') })
    rest = rest.slice(match[0].length)
  }
  return steps
}

function printNode(node: Node, value: JsonValue): string {
  switch (node.kind) {
    case 'text':
      return node.text
    case 'path':
      return select(node.steps, [value]).map(printValue).join(' ')
    case 'range':
      return select(node.steps, [value])
        .map((item) => node.body.map((inner) => printNode(inner, item)).join(''))
        .join('')
  }
}

function select(steps: readonly Step[], values: readonly JsonValue[]): readonly JsonValue[] {
  const [step, ...rest] = steps
  return step === undefined
    ? values
    : select(
        rest,
        values.flatMap((value) => takeStep(step, value)),
      )
}

function takeStep(step: Step, value: JsonValue): readonly JsonValue[] {
  switch (step.kind) {
    case 'field':
      return isObject(value) && Object.hasOwn(value, step.name) ? [value[step.name] ?? null] : []
    case 'index': {
      const item = Array.isArray(value) ? value.at(step.index) : undefined
      return item === undefined ? [] : [item]
    }
    case 'every':
      return Array.isArray(value) ? value : isObject(value) ? Object.values(value) : []
    case 'filter':
      return (Array.isArray(value) ? value : []).filter((item: JsonValue) => {
        const found = select(step.steps, [item]).map(printValue)
        return found.includes(step.value) === (step.operator === '==') && found.length > 0
      })
  }
}

function printValue(value: JsonValue): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}
