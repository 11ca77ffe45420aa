/** The options of the IP header itself: `-s`, `-d`, `-i`, `-o`, `-p`, `-f` (iptables/xshared.c, do_parse). */
import { cidr, ipValue, ipVersion, parseCidr, parseIp, type Cidr } from '../network/address.ts'
import { protocolName } from './protocol-name.ts'
import { printOption, type Option } from './rule-options.ts'
import type { Match } from './ruleset.ts'

/** Their matches in the order in which they are printed; undefined where one cannot be read. */
export function readBase(options: readonly Option[]): readonly Match[] | undefined {
  const matches: Match[] = []
  for (const name of printOrder) {
    for (const option of options.filter((candidate) => candidate.name === name)) {
      const read = readOne(option)
      if (read === undefined) return undefined
      if (read !== 'everything') matches.push(read)
    }
  }
  return matches
}

const printOrder = ['-s', '-d', '-i', '-o', '-p', '-f']

function readOne(option: Option): Match | 'everything' | undefined {
  const [word] = option.args
  const negation = option.negated ? { negated: true } : {}
  if (option.name === '-f') return { kind: 'unknown', text: printOption(option) }
  if (!word || option.args.length > 1) return undefined
  switch (option.name) {
    case '-i':
      return word.text === '+' ? 'everything' : { kind: 'in-interface', name: word.text, ...negation }
    case '-o':
      return word.text === '+' ? 'everything' : { kind: 'out-interface', name: word.text, ...negation }
    case '-p': {
      const protocol = protocolName(word.text)
      return protocol === 'all' ? 'everything' : { kind: 'protocol', protocol, ...negation }
    }
  }
  const range = readRange(word.text)
  if (range === undefined) return undefined
  if (range.endsWith('/0') && !option.negated) return 'everything'
  return { kind: option.name === '-s' ? 'source' : 'destination', cidr: range, ...negation }
}

/** `1.2.3.4`, `1.2.3.0/24` or `1.2.3.0/255.255.255.0`. */
function readRange(text: string): Cidr | undefined {
  if (parseIp(text) !== undefined) return cidr(text)
  const slash = text.indexOf('/')
  const mask = slash < 0 ? undefined : parseIp(text.slice(slash + 1))
  if (mask === undefined || ipVersion(mask) !== 4) return parseCidr(text)
  const bits = ipValue(mask).toString(2).padStart(32, '0')
  return /^1*0*$/.test(bits) ? parseCidr(`${text.slice(0, slash)}/${bits.lastIndexOf('1') + 1}`) : undefined
}
