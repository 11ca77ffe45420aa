/**
 * Enough of YAML's syntax to colour a line on its own, for the picture that stands until the editor has loaded.
 * Leaves out what spans lines: block scalars and quoted texts over several lines are coloured as if they were keys or words.
 */

/** A piece of a line; all pieces in order are the line again. */
export interface YamlPiece {
  readonly text: string
  readonly kind: 'key' | 'string' | 'number' | 'comment' | 'plain'
}

const keyPattern = /^(\s*(?:- +)*)("[^"]*"|'[^']*'|[^\s#'"[{&*!|>%@`-][^#]*?|-[^\s#][^#]*?)(:)(?=\s|$)/
const numberPattern = /^(?:[-+]?(?:\d[\d_]*)(?:\.\d+)?|true|false|null|~)$/

/** The pieces of one line. */
export function yamlPieces(line: string): readonly YamlPiece[] {
  const comment = commentStart(line)
  const code = comment < 0 ? line : line.slice(0, comment)
  const pieces = [...codePieces(code)]
  if (comment >= 0) pieces.push({ text: line.slice(comment), kind: 'comment' })
  return pieces.filter((piece) => piece.text !== '')
}

function codePieces(code: string): readonly YamlPiece[] {
  const key = keyPattern.exec(code)
  if (key === null) {
    const lead = /^\s*(?:- +)*/.exec(code)?.[0] ?? ''
    return [{ text: lead, kind: 'plain' }, ...valuePieces(code.slice(lead.length))]
  }
  const [whole, lead = '', name = '', colon = ''] = key
  return [
    { text: lead, kind: 'plain' },
    { text: name, kind: 'key' },
    { text: colon, kind: 'plain' },
    ...valuePieces(code.slice(whole.length)),
  ]
}

function valuePieces(value: string): readonly YamlPiece[] {
  const trimmed = value.trim()
  if (trimmed === '---' || trimmed === '') return [{ text: value, kind: 'plain' }]
  return [{ text: value, kind: numberPattern.test(trimmed) ? 'number' : 'string' }]
}

/** A `#` at the beginning or after a blank, outside quotes. */
function commentStart(line: string): number {
  let quote = ''
  for (let at = 0; at < line.length; at++) {
    const letter = line.charAt(at)
    if (quote !== '') {
      if (letter === quote) quote = ''
    } else if (letter === '"' || letter === "'") quote = letter
    else if (letter === '#' && (at === 0 || /\s/.test(line.charAt(at - 1)))) return at
  }
  return -1
}
