/** A long configuration with its deciding lines alone, so that they are read at once. */

/** Longer texts fold. */
const roomFor = 8

/** The text: its head, the brace that ends it, the marked lines, and each run of others folded into one `⋯`; undefined where it is short, or nothing in it is marked. */
export function foldedLines(text: string, marks: readonly string[]): string | undefined {
  const lines = text.split('\n')
  const isMarked = (line: string) => marks.some((mark) => line.includes(mark))
  if (lines.length <= roomFor || !lines.some(isMarked)) return undefined
  const kept: string[] = []
  for (const [index, line] of lines.entries()) {
    const isEdge = index === 0 || (index === lines.length - 1 && line === '}')
    if (isEdge || isMarked(line)) kept.push(line)
    else if (kept.at(-1)?.trim() !== '⋯') kept.push(`${indentOf(line)}⋯`)
  }
  return kept.join('\n')
}

/** An empty line stands inside a block. */
function indentOf(line: string): string {
  return line === '' ? '\t' : (/^\s*/.exec(line)?.[0] ?? '')
}
