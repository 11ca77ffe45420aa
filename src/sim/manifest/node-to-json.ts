/**
 * Turns one composed YAML document into plain JSON that knows the range of every field: go-yaml v2's decoding into `interface{}`
 * and sigs.k8s.io/yaml's step to JSON. Aliases and merge keys are expanded, with a bound; of two equal keys the last one wins.
 */
import { isAlias, isMap, isScalar, isSeq } from 'yaml'
import type { Alias, Document, Node, Pair, Scalar, YAMLMap, YAMLSeq } from 'yaml'
import { fieldKey } from './manifest.ts'
import type { FieldPath, JsonValue } from './manifest.ts'
import { resolvePlain } from './resolve-scalar.ts'

/** Half-open offsets. */
export interface Span {
  readonly from: number
  readonly to: number
}

/** What can be odd about a document that parsed. */
export type NodeProblem =
  | { readonly kind: 'duplicate-key'; readonly key: string; readonly span: Span }
  | { readonly kind: 'excessive-aliasing'; readonly span: Span }
  | { readonly kind: 'unknown-anchor'; readonly name: string; readonly span: Span }
  | { readonly kind: 'key-not-scalar'; readonly span: Span }

export interface JsonDocument {
  readonly value: JsonValue
  /** Of the root. */
  readonly span: Span
  /** Keyed by `fieldKey`. A span holds key and value, without the blank space and comments behind them. */
  readonly spans: ReadonlyMap<string, Span>
  readonly problems: readonly NodeProblem[]
}

/**
 * Nodes that aliases may make beyond those written. A real manifest repeats a block a few times; go-yaml v2 allows far more, yet
 * nothing a person wrote comes near.
 */
const MAX_ALIASED_NODES = 10_000

/** Decodes a document composed with the failsafe schema. Never throws. */
export function documentToJson(document: Document.Parsed, text: string): JsonDocument {
  const walk: Walk = {
    text,
    anchors: new Map(),
    open: new Set(),
    spans: new Map(),
    problems: [],
    aliasDepth: 0,
    aliasedNodes: 0,
  }
  const root = document.contents
  if (root === null) return { value: null, span: { from: 0, to: 0 }, spans: walk.spans, problems: [] }
  const { value, span } = decode(walk, root, [])
  return { value, span, spans: walk.spans, problems: walk.problems }
}

interface Walk {
  readonly text: string
  readonly anchors: Map<string, Node>
  /** Anchored nodes being decoded, to refuse an anchor that contains itself. */
  readonly open: Set<Node>
  readonly spans: Map<string, Span>
  readonly problems: NodeProblem[]
  aliasDepth: number
  aliasedNodes: number
}

interface Decoded {
  readonly value: JsonValue
  readonly span: Span
}

function decode(walk: Walk, node: Node, path: FieldPath): Decoded {
  if (walk.aliasDepth > 0) walk.aliasedNodes++
  if (isAlias(node)) return decodeAlias(walk, node, path)
  if (node.anchor !== undefined) walk.anchors.set(node.anchor, node)
  if (isMap(node)) return decodeMap(walk, node, path)
  if (isSeq(node)) return decodeSeq(walk, node, path)
  return isScalar(node)
    ? { value: scalarValue(node), span: ownSpan(walk, node) }
    : { value: null, span: { from: 0, to: 0 } }
}

function scalarValue(node: Scalar): JsonValue {
  const source = node.source ?? ''
  if (node.tag === 'tag:yaml.org,2002:str') return source
  return node.type === 'PLAIN' || node.type === undefined ? resolvePlain(source) : source
}

function decodeAlias(walk: Walk, alias: Alias, path: FieldPath): Decoded {
  const span = ownSpan(walk, alias)
  const target = walk.anchors.get(alias.source)
  if (target === undefined) {
    walk.problems.push({ kind: 'unknown-anchor', name: alias.source, span })
    return { value: null, span }
  }
  if (walk.open.has(target) || walk.aliasedNodes > MAX_ALIASED_NODES) {
    if (!walk.problems.some((problem) => problem.kind === 'excessive-aliasing'))
      walk.problems.push({ kind: 'excessive-aliasing', span })
    return { value: null, span }
  }
  walk.aliasDepth++
  walk.open.add(target)
  const { value } = decode(walk, target, path)
  walk.open.delete(target)
  walk.aliasDepth--
  return { value, span }
}

function decodeMap(walk: Walk, map: YAMLMap, path: FieldPath): Decoded {
  const entries = new Map<string, JsonValue>()
  const merged = new Map<string, JsonValue>()
  let end = 0
  for (const pair of map.items as readonly Pair<Node, Node | null>[]) {
    const keySpan = ownSpan(walk, pair.key)
    if (!isScalar(pair.key)) {
      walk.problems.push({ kind: 'key-not-scalar', span: keySpan })
      continue
    }
    const key = keyText(pair.key)
    const isMerge = key === '<<' && pair.key.type === 'PLAIN'
    if (!isMerge && entries.has(key)) walk.problems.push({ kind: 'duplicate-key', key, span: keySpan })
    const field = isMerge ? path : [...path, key]
    const { value, span } =
      pair.value === null ? { value: null, span: keySpan } : decode(walk, pair.value, field)
    end = Math.max(end, span.to, keySpan.to)
    if (isMerge) for (const [name, item] of mergedEntries(value)) merged.set(name, item)
    else {
      entries.set(key, value)
      walk.spans.set(fieldKey(field), { from: keySpan.from, to: Math.max(keySpan.to, span.to) })
    }
  }
  for (const [name, item] of merged) if (!entries.has(name)) entries.set(name, item)
  return { value: Object.fromEntries(entries), span: collectionSpan(walk, map, end) }
}

/** `<<: *a` and `<<: [*a, *b]`, of which the first to have a key wins. */
function mergedEntries(value: JsonValue): readonly (readonly [string, JsonValue])[] {
  if (value === null || typeof value !== 'object') return []
  if (Array.isArray(value)) return value.toReversed().flatMap((item: JsonValue) => mergedEntries(item))
  return Object.entries(value as Readonly<Record<string, JsonValue>>)
}

/** JSON keys are strings: `on:` is the key `true`, `80:` the key `80`. */
function keyText(key: Scalar): string {
  const value = scalarValue(key)
  return typeof value === 'string' ? value : JSON.stringify(value)
}

function decodeSeq(walk: Walk, seq: YAMLSeq, path: FieldPath): Decoded {
  let end = 0
  const values = (seq.items as readonly (Node | null)[]).map((item, index) => {
    if (item === null) return null
    const field = [...path, index]
    const { value, span } = decode(walk, item, field)
    walk.spans.set(fieldKey(field), span)
    end = Math.max(end, span.to)
    return value
  })
  return { value: values, span: collectionSpan(walk, seq, end) }
}

/** A block collection ends with its last child; a flow collection with its bracket. */
function collectionSpan(walk: Walk, node: YAMLMap | YAMLSeq, lastChild: number): Span {
  const own = ownSpan(walk, node)
  return node.flow === true || lastChild === 0 ? own : { from: own.from, to: lastChild }
}

/** The node's own text without blank space at its end, which block scalars and block collections have. */
function ownSpan(walk: Walk, node: Node | null | undefined): Span {
  const [from = 0, valueEnd = 0] = node?.range ?? []
  let to = valueEnd
  while (to > from && /\s/.test(walk.text.charAt(to - 1))) to--
  return { from, to }
}
