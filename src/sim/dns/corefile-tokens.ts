/** Corefile text → words (coredns/caddy caddyfile/lexer.go). */

/** A word and the line, from 1, on which it begins. */
export interface CorefileToken {
  readonly text: string
  readonly line: number
}

/**
 * The words of a Corefile: parted by white space, `"…"` kept together with `\"` inside, `#` outside quotes starting a comment even inside a
 * word. Environment variables (`{$NAME}`, `{%NAME%}`) are empty: what CoreDNS's container has in its environment is not modelled.
 * Cannot fail; an unclosed quote runs to the end.
 */
export function tokenizeCorefile(text: string): readonly CorefileToken[] {
  const tokens: CorefileToken[] = []
  const pattern = /"((?:\\"|[^"])*)(?:"|$)|#[^\n]*|\n|[^\s#]+/g
  let line = 1
  for (const [match, quoted] of text.matchAll(pattern)) {
    if (quoted !== undefined) tokens.push({ text: withoutVariables(quoted.replaceAll('\\"', '"')), line })
    else if (!match.startsWith('#') && match !== '\n') tokens.push({ text: withoutVariables(match), line })
    line += match.split('\n').length - 1
  }
  return tokens
}

function withoutVariables(word: string): string {
  return word.replace(/\{%[^%]+%\}|\{\$[^}]+\}/g, '')
}
