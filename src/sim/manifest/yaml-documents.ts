/**
 * Text to composed YAML documents, layer by layer (`yaml`'s lexer, parser, composer), so that each layer can be bounded: a hostile
 * text costs no more than a large honest one.
 */
import { Composer, Lexer, Parser } from 'yaml'
import type { CST, Document } from 'yaml'

export type YamlStream =
  | { readonly kind: 'documents'; readonly documents: readonly Document.Parsed[]; readonly openedAt: number }
  | { readonly kind: 'too-many-tokens' }
  | { readonly kind: 'too-many-anchors' }

/** About 60,000 lines of a manifest: more than a browser should read while somebody types. */
const MAX_LEXEMES = 2_000_000
/** Each costs the composer an entry and, in a bomb, an error. */
const MAX_ANCHORS = 10_000

/**
 * Composes every document of a text. Errors stand in each document's `errors`. Scalars are left as text (failsafe schema): what
 * they mean to kubectl is `resolve-scalar.ts`. `openedAt` is the offset of the quote or bracket that the text never closes, or -1.
 */
export function composeDocuments(text: string): YamlStream {
  const parser = new Parser()
  const tokens: CST.Token[] = []
  let [lexemes, anchors] = [0, 0]
  for (const lexeme of new Lexer().lex(text)) {
    if (++lexemes > MAX_LEXEMES) return { kind: 'too-many-tokens' }
    if (lexeme.startsWith('&') && ++anchors > MAX_ANCHORS) return { kind: 'too-many-anchors' }
    tokens.push(...parser.next(lexeme))
  }
  tokens.push(...parser.end())
  const composer = new Composer({ version: '1.1', schema: 'failsafe', uniqueKeys: false })
  const documents = [...composer.compose(tokens, false, text.length)]
  return { kind: 'documents', documents: documents.filter(isParsed), openedAt: openEnd(tokens) }
}

/** The composer gives its documents as parsed or as empty; both have `range`, and only forced ones are told apart by type. */
function isParsed(document: Document.Parsed | { readonly contents: null }): document is Document.Parsed {
  return 'errors' in document
}

/** Follows the last value of the last document down to a flow collection without its end or a quoted scalar without its quote. */
function openEnd(tokens: readonly CST.Token[]): number {
  let token: CST.Token | null | undefined = tokens.findLast((item) => item.type === 'document')
  while (token) {
    if (token.type === 'document') token = token.value
    else if (token.type === 'block-map' || token.type === 'block-seq') token = lastChild(token.items)
    else return isUnclosed(token) ? token.offset : -1
  }
  return -1
}

function lastChild(items: readonly CST.CollectionItem[]): CST.Token | null | undefined {
  const last = items.at(-1)
  return last?.value ?? last?.key
}

function isUnclosed(token: CST.Token): boolean {
  if (token.type === 'flow-collection') return (token.end[0]?.source ?? '') === ''
  if (token.type !== 'single-quoted-scalar' && token.type !== 'double-quoted-scalar') return false
  return token.source.length < 2 || !token.source.endsWith(token.source.charAt(0))
}
