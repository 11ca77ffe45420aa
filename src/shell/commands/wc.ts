/** wc: lines, words and bytes. GNU and BusyBox print one number bare and pad several. */
import { err, finish, out, type Invocation, type Outcome } from '../program.ts'
import { isGiven, readOptions } from '../read-options.ts'
import { utf8Length } from '../utf8-length.ts'
import { readSources } from './input-lines.ts'

/** `wc [-lwc] [FILE…]`; without options all three numbers. */
export function wc(call: Invocation): Outcome {
  const read = readOptions(call.args, { flags: ['l', 'w', 'c', 'm', 'lines', 'words', 'bytes'], values: [] })
  if (!read.ok) return finish(1, err(`wc: invalid option -- '${read.option.replace(/^-+/, '')}'\n`))
  const { sources, problems } = readSources(call, 'wc', read.operands)
  const wanted = {
    lines: isGiven(read.options, 'l', 'lines'),
    words: isGiven(read.options, 'w', 'words'),
    bytes: isGiven(read.options, 'c', 'm', 'bytes'),
  }
  const all = !wanted.lines && !wanted.words && !wanted.bytes
  const printed = sources.map((source) => {
    const numbers = [
      ...(all || wanted.lines ? [count(source.text, /\n/g)] : []),
      ...(all || wanted.words ? [count(source.text, /\S+/g)] : []),
      ...(all || wanted.bytes ? [utf8Length(source.text)] : []),
    ]
    const isBare = numbers.length === 1 && read.operands.length < 2
    const text = isBare ? numbers.join('') : numbers.map((number) => String(number).padStart(7)).join(' ')
    return out(`${text}${source.name === '' ? '' : ` ${source.name}`}\n`)
  })
  return finish(problems.length > 0 ? 1 : 0, ...problems, ...printed)
}

function count(text: string, pattern: RegExp): number {
  return text.match(pattern)?.length ?? 0
}
