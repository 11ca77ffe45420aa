/** nft 1.0.6 of Debian 12: listings of the node's rules as the lab has them. Changing them is not simulated. */
import type { NftWanted } from '../../sim/netfilter/list-nft.ts'
import { err, finish, out, type Invocation, type Outcome } from '../program.ts'

/** `nft list ruleset|tables [FAMILY]`, `nft list table [FAMILY] NAME`, `nft list chain|set|map [FAMILY] TABLE NAME`. The family is ip unless named. */
export function nft(call: Invocation): Outcome {
  const words = call.args.filter((word) => !ignored.includes(word))
  const [command, what] = words
  if (command === undefined) return finish(1, err('nft: no command specified\n'))
  if (command !== 'list') return finish(2, err(`podpath: nft ${call.args.join(' ')} is not simulated\n`))
  if (call.machine.kind !== 'node') return finish(0)
  if (what === undefined) return incomplete(words, 'unexpected newline')
  const wanted = wantedOf(words)
  if (wanted === 'incomplete') return incomplete(words, 'unexpected newline, expecting string')
  if (wanted === undefined) return finish(2, err(`podpath: nft ${call.args.join(' ')} is not simulated\n`))
  const listed = call.lab.nft(call.machine.node.ref.name, wanted)
  if (listed.kind === 'text') return finish(0, out(listed.text))
  const at = words.length - (wanted.kind !== 'table' && listed.what === 'table' ? 2 : 1)
  return finish(1, err(`Error: No such file or directory\n${pointed(words, at)}`))
}

/** Numbers instead of names, and no counters: neither is in kube-proxy's table. */
const ignored = ['-n', '-nn', '-s', '--numeric', '--stateless']

const families = ['ip', 'ip6', 'inet', 'arp', 'bridge', 'netdev']

/** What the words ask for; undefined: a listing that is not simulated. */
function wantedOf([, what = '', ...rest]: readonly string[]): NftWanted | 'incomplete' | undefined {
  const [first = '', ...others] = rest
  const isFamily = families.includes(first)
  const family = isFamily ? first : 'ip'
  const [table, name, more] = isFamily ? others : rest
  switch (what) {
    case 'ruleset':
    case 'tables':
      return table === undefined ? { kind: what, ...(isFamily && { family }) } : undefined
    case 'table':
      if (table === undefined) return 'incomplete'
      return name === undefined ? { kind: what, family, table } : undefined
    case 'chain':
    case 'set':
    case 'map':
      if (table === undefined || name === undefined) return 'incomplete'
      return more === undefined ? { kind: what, family, table, name } : undefined
    default:
      return undefined
  }
}

/** nft points behind the last word (src/parser_bison.y, libnftables' erec_print). */
function incomplete(words: readonly string[], problem: string): Outcome {
  const line = words.join(' ')
  return finish(1, err(`Error: syntax error, ${problem}\n${line}\n${' '.repeat(line.length)}^\n`))
}

/** The line, and carets under the word with this index. */
function pointed(words: readonly string[], index: number): string {
  const before = words.slice(0, index).reduce((length, word) => length + word.length + 1, 0)
  return `${words.join(' ')}\n${' '.repeat(before)}${'^'.repeat(words[index]?.length ?? 0)}\n`
}
