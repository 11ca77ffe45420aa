/** The middle layer of the parser: the words of a rule as options, each with the extension that it belongs to. No meaning yet. */
import { protocolName } from './protocol-name.ts'
import { quoteWord, type Word } from './words.ts'

/** `! --dport 80`: a name, whether a `!` stood before it, and the words up to the next option. */
export interface Option {
  readonly name: string
  readonly negated: boolean
  readonly args: readonly Word[]
}

/** A match (`-m name`) or target (`-j name`) with its own options. */
export interface Extension {
  readonly name: string
  readonly options: readonly Option[]
}

/** A rule cut into its parts, in the order given. */
export interface RuleOptions {
  /** `-s`, `-d`, `-i`, `-o`, `-p`, `-f`, by these short names. */
  readonly base: readonly Option[]
  readonly matches: readonly Extension[]
  readonly target?: Extension & { readonly isGoto: boolean }
}

/**
 * Cuts a rule apart. An option belongs to the last extension before it that knows it; `--dport` without `-m tcp` loads the
 * protocol's own match, as iptables does.
 * @param knows whether a match extension has an option; `undefined` where the extension itself is not known
 * @returns undefined where a word belongs to nothing
 */
export function readOptions(
  words: readonly Word[],
  knows: (match: string, option: string) => boolean | undefined,
): RuleOptions | undefined {
  const options = groupWords(words)
  if (!options) return undefined
  const base: Option[] = []
  const matches: Draft[] = []
  let target: (Draft & { isGoto: boolean }) | undefined
  let owner: Draft | undefined
  for (const given of options) {
    const option = { ...given, name: shortNames[given.name] ?? given.name }
    const [name] = option.args.map(({ text }) => text)
    if (option.name === '-m' && name !== undefined) {
      owner = { name, options: [] }
      matches.push(owner)
    } else if ((option.name === '-j' || option.name === '-g') && name !== undefined) {
      target = { name, options: [], isGoto: option.name === '-g' }
      owner = target
    } else if (baseNames.includes(option.name)) base.push(option)
    else {
      owner = ownerOf(option, owner, matches, base, knows)
      if (!owner) return undefined
      owner.options.push(option)
    }
  }
  return { base, matches, ...(target && { target }) }
}

/** The text of an extension, for what is kept without being understood: `-m set --match-set x dst`. */
export function printExtension(flag: '-m' | '-j' | '-g', { name, options }: Extension): string {
  return [`${flag} ${name}`, ...options.map(printOption)].join(' ')
}

/** `! -p esp` */
export function printOption({ name, negated, args }: Option): string {
  const words = args.map(({ text, quoted }) => (quoted ? quoteWord(text) : text))
  return [...(negated ? ['!'] : []), name, ...words].join(' ')
}

interface Draft {
  readonly name: string
  readonly options: Option[]
}

const baseNames = ['-s', '-d', '-i', '-o', '-p', '-f']

const shortNames: Readonly<Record<string, string>> = {
  '--source': '-s',
  '--src': '-s',
  '--destination': '-d',
  '--dst': '-d',
  '--in-interface': '-i',
  '--out-interface': '-o',
  '--protocol': '-p',
  '--proto': '-p',
  '--fragment': '-f',
  '--match': '-m',
  '--jump': '-j',
  '--goto': '-g',
}

function groupWords(words: readonly Word[]): readonly Option[] | undefined {
  const options: { name: string; negated: boolean; args: Word[] }[] = []
  let negated = false
  for (const word of words) {
    if (!word.quoted && word.text === '!') negated = true
    else if (!word.quoted && /^--?[a-z]/i.test(word.text)) {
      options.push({ name: word.text, negated, args: [] })
      negated = false
    } else {
      const last = options.at(-1)
      if (!last || negated) return undefined
      last.args.push(word)
    }
  }
  return negated ? undefined : options
}

function ownerOf(
  option: Option,
  current: Draft | undefined,
  matches: Draft[],
  base: readonly Option[],
  knows: (match: string, option: string) => boolean | undefined,
): Draft | undefined {
  const isTarget = current && !matches.includes(current)
  if (current && (isTarget || knows(current.name, option.name) !== false)) return current
  const earlier = matches.findLast(({ name }) => knows(name, option.name))
  if (earlier) return earlier
  const protocol = base.find(({ name }) => name === '-p')?.args[0]?.text
  const name = protocol && protocolMatch(protocol)
  if (name === undefined || !knows(name, option.name)) return current
  const implied = { name, options: [] }
  matches.push(implied)
  return implied
}

/** The match extension that a protocol loads by itself. */
function protocolMatch(protocol: string): string {
  const name = protocolName(protocol)
  return name === 'icmpv6' ? 'icmp6' : name
}
