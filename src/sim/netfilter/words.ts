/** Words of an iptables-save line: cut apart and quoted. Models iptables xtables_save_string and add_param_to_argv (xshared.c). */

/** A word, and whether quotes stood around it: `"-j"` is no option. */
export interface Word {
  readonly text: string
  readonly quoted: boolean
}

/** The words of a line, or undefined where a quote is not closed. Inside quotes a backslash takes the next character as it is. */
export function splitWords(line: string): readonly Word[] | undefined {
  const words: Word[] = []
  let at = 0
  while (at < line.length) {
    if (isBlank(line.charAt(at))) at++
    else {
      const start = at
      const word = line.charAt(at) === '"' ? quotedWord(line, at) : bareWord(line, at)
      if (!word) return undefined
      words.push({ text: word.text, quoted: line.charAt(start) === '"' })
      at = word.end
    }
  }
  return words
}

/** A value as the tool writes it: in quotes unless it is letters, digits, `_` and `-` alone. */
export function quoteWord(text: string): string {
  return /^[\w-]+$/.test(text) ? text : `"${text.replaceAll(/["'\\]/g, '\\$&')}"`
}

function isBlank(character: string): boolean {
  return character === ' ' || character === '\t'
}

function bareWord(line: string, from: number) {
  let end = from
  while (end < line.length && !isBlank(line.charAt(end))) end++
  return { text: line.slice(from, end), end }
}

function quotedWord(line: string, from: number) {
  let text = ''
  for (let at = from + 1; at < line.length; at++) {
    const character = line.charAt(at)
    if (character === '"') return { text, end: at + 1 }
    if (character === '\\') text += line.charAt(++at)
    else text += character
  }
  return undefined
}
