/** nft's text as words: quoted strings, braces, commas, ends of phrases, and all else between blanks (nftables 1.0.6, src/scanner.l). */
import type { SaveProblem } from './parse-iptables-save.ts'

/** The words from first to last, read once. The end of a line is a word of its own, `\n`; comments are none. */
export interface NftWords {
  readonly isAtEnd: () => boolean
  /** The next word, which stays; `''` at the end. */
  readonly peek: () => string
  readonly next: () => string
  /** Reads the next word over if it is one of these. */
  readonly skip: (...wanted: readonly string[]) => boolean
  /** The next word without its quotes. */
  readonly quoted: () => string
  /** The words up to the end of the phrase, with a blank between them. */
  readonly untilEnd: () => string
  /** Where the next word stands, to come back to. */
  readonly mark: () => number
  readonly backTo: (mark: number) => void
  /** Says what is wrong with the current line, and reads its rest over. */
  readonly complain: (detail: string) => void
  readonly problems: readonly SaveProblem[]
}

/** Opens a text at its beginning. */
export function openNftWords(text: string): NftWords {
  const lines = text.split('\n')
  const words = lines.flatMap((line, index) => {
    const bare = /^\s*#/.test(line) ? '' : line
    const found = [...bare.matchAll(/"[^"]*"|[{};,]|[^\s{};,"]+/g)].map(([word]) => ({ word, line: index }))
    return [...found, { word: '\n', line: index }]
  })
  const problems: SaveProblem[] = []
  let at = 0
  const peek = () => words[at]?.word ?? ''
  const isPhraseEnd = () => ['\n', ';', '}', ''].includes(peek())
  return {
    problems,
    peek,
    isAtEnd: () => at >= words.length,
    next: () => words[at++]?.word ?? '',
    skip: (...wanted) => {
      if (at >= words.length || !wanted.includes(peek())) return false
      at += 1
      return true
    },
    quoted: () => (words[at++]?.word ?? '').replace(/^"(.*)"$/, '$1'),
    untilEnd: () => {
      const from = at
      while (!isPhraseEnd()) at += 1
      return words
        .slice(from, at)
        .map(({ word }) => word)
        .join(' ')
    },
    mark: () => at,
    backTo: (mark) => {
      at = mark
    },
    complain: (detail) => {
      const line = words[Math.max(0, at - 1)]?.line ?? 0
      problems.push({ line: line + 1, text: (lines[line] ?? '').trim(), detail })
      while (at < words.length && words[at]?.line === line && peek() !== '\n') at += 1
    },
  }
}
