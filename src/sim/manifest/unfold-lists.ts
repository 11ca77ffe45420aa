/** `kind: List` and its typed kin (`ServiceList`), unfolded into their items, as kubectl visits them. */
import { isList, isObject, textAt } from './json-fields.ts'
import type { JsonObject, JsonValue } from './manifest.ts'
import type { JsonDocument, Span } from './node-to-json.ts'

/** One object of a document: its own fields, keyed from its own root. */
export interface ObjectText {
  readonly value: JsonValue
  readonly span: Span
  readonly spans: ReadonlyMap<string, Span>
}

/** The document's objects, in order: itself, or the items of the List that it is (and of the Lists in that). */
export function unfoldLists(document: ObjectText | JsonDocument): readonly ObjectText[] {
  const { value, span, spans } = document
  if (!isObject(value) || !isListKind(value) || !isList(value['items'])) return [{ value, span, spans }]
  const spansOfItems = itemSpans(spans)
  return value['items'].flatMap((item, index) =>
    unfoldLists({
      value: withKindOfList(value, item),
      span: spans.get(`items.${index}`) ?? span,
      spans: spansOfItems.get(index) ?? new Map<string, Span>(),
    }),
  )
}

function isListKind(value: JsonObject): boolean {
  return (textAt(value, 'kind') ?? '').endsWith('List')
}

/** Items of a typed list may leave out what its own kind says. */
function withKindOfList(list: JsonObject, item: JsonValue): JsonValue {
  const kind = (textAt(list, 'kind') ?? '').slice(0, -'List'.length)
  if (!isObject(item) || kind === '' || item['kind'] !== undefined) return item
  return { apiVersion: list['apiVersion'] ?? '', kind, ...item }
}

/** One pass over all fields: a list of ten thousand items is no rarity in a paste. */
function itemSpans(spans: ReadonlyMap<string, Span>): ReadonlyMap<number, Map<string, Span>> {
  const grouped = new Map<number, Map<string, Span>>()
  for (const [key, span] of spans) {
    const [, index, rest] = /^items\.(\d+)\.(.*)$/s.exec(key) ?? []
    if (index === undefined || rest === undefined) continue
    const own = grouped.get(Number(index)) ?? new Map<string, Span>()
    grouped.set(Number(index), own.set(rest, span))
  }
  return grouped
}
