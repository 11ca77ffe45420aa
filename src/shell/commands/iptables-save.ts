/** iptables-save and ip6tables-save 1.8.9 (nf_tables) of Debian 12: the node's rules as the lab has them, whole or one table. */
import { err, finish, out, type Invocation, type Outcome } from '../program.ts'
import { isGiven, lastValue, readOptions } from '../read-options.ts'

/** `iptables-save [-c] [-t TABLE]` */
export function iptablesSave(call: Invocation): Outcome {
  return save(call, 'iptables-save', (node, options) => call.lab.iptablesSave(node, options))
}

/** `ip6tables-save [-c] [-t TABLE]` */
export function ip6tablesSave(call: Invocation): Outcome {
  return save(call, 'ip6tables-save', (node, options) => call.lab.ip6tablesSave(node, options))
}

function save(call: Invocation, name: string, textOf: Invocation['lab']['iptablesSave']): Outcome {
  const read = readOptions(call.args, { flags: ['c', 'counters'], values: ['t', 'table', 'M'] })
  if (!read.ok) return finish(2, err(`${name}: unrecognized option '${read.option}'\n`))
  const [unknown] = read.operands
  if (unknown !== undefined) return finish(1, err('Unknown arguments found on commandline\n'))
  if (call.machine.kind !== 'node') return finish(0)
  const text = textOf(call.machine.node.ref.name, {
    counters: isGiven(read.options, 'c', 'counters'),
  })
  const table = lastValue(read.options, 't', 'table')
  if (table === undefined) return finish(0, out(text))
  if (!knownTables.includes(table)) {
    return finish(1, err(`${name} v1.8.9 (nf_tables): Table \`${table}' does not exist\n`))
  }
  return finish(0, out(oneTable(text, table)))
}

const knownTables = ['raw', 'mangle', 'nat', 'filter', 'security']

/** A table with the comment lines around it; nothing where the node has no such table. */
function oneTable(text: string, table: string): string {
  const blocks = text.split(/(?<=^COMMIT\n(?:# Completed .*\n)?)(?!# Completed)/m)
  return blocks.filter((block) => new RegExp(`^\\*${table}$`, 'm').test(block)).join('')
}
