/**
 * The text of `nft list ruleset`, or a script of `add …` commands, as tables: words, then blocks, then meaning. Reads what nftables 1.0.6
 * prints of the statements in nft-ruleset.ts (src/scanner.l, src/parser_bison.y). A rule never gets lost: what has no meaning here is
 * kept as text. What packets have put into sets (elements with `expires`) is no part of the rules and is read over.
 */
import { openNftWords, type NftWords } from './nft-words.ts'
import type { NftChain, NftElement, NftHook, NftRule, NftSet, NftTable } from './nft-ruleset.ts'
import type { SaveProblem } from './parse-iptables-save.ts'
import { readNftRule, readNftVerdict } from './read-nft-rule.ts'

/** Reads tables in the order given. Parsing never stops at the first problem; its line is left out. */
export function parseNft(text: string): {
  readonly tables: readonly NftTable[]
  readonly problems: readonly SaveProblem[]
} {
  const tables = new Map<string, TableDraft>()
  const words = openNftWords(text)
  while (!words.isAtEnd()) {
    if (words.skip('\n', ';')) continue
    const command = words.next()
    if (command === 'table') readTable(words, tables)
    else if (command === 'add') readAdd(words, tables)
    else words.complain('is neither a table nor an add command')
  }
  return { tables: [...tables.values()].map(finished), problems: words.problems }
}

type SetDraft = { -readonly [Key in keyof Omit<NftSet, 'elements'>]: NftSet[Key] } & {
  elements: NftElement[]
}
type ChainDraft = { -readonly [Key in keyof Omit<NftChain, 'rules'>]: NftChain[Key] } & { rules: NftRule[] }

interface TableDraft {
  readonly family: NftTable['family']
  readonly name: string
  comment?: string
  readonly sets: Map<string, SetDraft>
  readonly chains: Map<string, ChainDraft>
}

function finished({ sets, chains, ...table }: TableDraft): NftTable {
  return { ...table, sets: [...sets.values()], chains: [...chains.values()] }
}

/** `ip kube-proxy`; undefined for a family that is not modelled. */
function openTable(words: NftWords, tables: Map<string, TableDraft>): TableDraft | undefined {
  const [family, name] = [words.next(), words.next()]
  if (family !== 'ip' && family !== 'ip6') {
    words.complain(`a table of the family ${family} is not modelled`)
    return undefined
  }
  const known = tables.get(`${family} ${name}`)
  if (known !== undefined) return known
  const opened: TableDraft = { family, name, sets: new Map(), chains: new Map() }
  tables.set(`${family} ${name}`, opened)
  return opened
}

/** To the end of a block whose head was complained about, and passed with its line: one complaint is enough. */
function passBlock(words: NftWords): void {
  for (let depth = 1; depth > 0 && !words.isAtEnd();) {
    const word = words.next()
    if (word === '{') depth += 1
    if (word === '}') depth -= 1
  }
}

function readTable(words: NftWords, tables: Map<string, TableDraft>): void {
  const table = openTable(words, tables)
  if (table === undefined) return passBlock(words)
  if (!words.skip('{')) return
  readBlock(words, () => {
    const kind = words.next()
    switch (kind) {
      case 'comment':
        table.comment = words.quoted()
        return
      case 'set':
      case 'map': {
        const set = openSet(table, kind, words.next())
        words.skip('{')
        readBlock(words, () => readSetPhrase(words, set))
        return
      }
      case 'chain': {
        const chain = openChain(table, words.next())
        words.skip('{')
        readBlock(words, () => {
          if (!readChainPhrase(words, chain)) chain.rules.push(readNftRule(words))
        })
        return
      }
      default:
        words.complain(`${kind} is not modelled`)
    }
  })
}

function readAdd(words: NftWords, tables: Map<string, TableDraft>): void {
  const kind = words.next()
  const table = openTable(words, tables)
  if (table === undefined) return
  switch (kind) {
    case 'table':
      if (words.skip('{'))
        readBlock(words, () => {
          if (words.next() === 'comment') table.comment = words.quoted()
          else words.complain('is no property of a table')
        })
      return
    case 'set':
    case 'map': {
      const set = openSet(table, kind, words.next())
      if (words.skip('{')) readBlock(words, () => readSetPhrase(words, set))
      return
    }
    case 'chain': {
      const chain = openChain(table, words.next())
      if (words.skip('{'))
        readBlock(words, () => {
          if (!readChainPhrase(words, chain)) words.complain('is no property of a chain')
        })
      return
    }
    case 'rule':
      openChain(table, words.next()).rules.push(readNftRule(words))
      return
    case 'element': {
      const set = table.sets.get(words.next())
      if (set === undefined) words.complain('stands in no set that was added')
      else readElements(words, set)
      return
    }
    default:
      words.complain(`add ${kind} is not modelled`)
  }
}

/** What stands between braces, phrase by phrase; the opening one has been read. */
function readBlock(words: NftWords, readPhrase: () => void): void {
  while (!words.isAtEnd()) {
    if (words.skip('\n', ';')) continue
    if (words.skip('}')) return
    readPhrase()
  }
}

function openSet(table: TableDraft, kind: NftSet['kind'], name: string): SetDraft {
  const set = table.sets.get(name) ?? { kind, name, types: [], elements: [] }
  table.sets.set(name, set)
  return set
}

function openChain(table: TableDraft, name: string): ChainDraft {
  const chain = table.chains.get(name) ?? { name, rules: [] }
  table.chains.set(name, chain)
  return chain
}

function readSetPhrase(words: NftWords, set: SetDraft): void {
  const property = words.next()
  switch (property) {
    case 'type':
      set.types = words
        .untilEnd()
        .replace(/ : verdict$/, '')
        .split(' . ')
      return
    case 'comment':
      set.comment = words.quoted()
      return
    case 'timeout': {
      const seconds = readSeconds(words.next())
      if (seconds === undefined) words.complain('is no span of time')
      else set.timeoutSeconds = seconds
      return
    }
    case 'flags':
      if (words.untilEnd().replaceAll(' ', '') !== 'dynamic,timeout')
        words.complain('flags other than dynamic,timeout are not modelled')
      return
    case 'size':
      words.untilEnd()
      return
    case 'elements':
      words.skip('=')
      readElements(words, set)
      return
    default:
      words.complain(`${property} of a set is not modelled`)
  }
}

/** `{ KEY comment "…" : VERDICT, … }`, over as many lines as there are. */
function readElements(words: NftWords, set: SetDraft): void {
  if (!words.skip('{')) return words.complain('elements stand between braces')
  while (!words.isAtEnd()) {
    if (words.skip('\n', ',')) continue
    if (words.skip('}')) return
    readElement(words, set)
  }
}

function readElement(words: NftWords, set: SetDraft): void {
  const key = [words.next()]
  while (words.skip('.')) key.push(words.next())
  let element: NftElement = { key }
  let isMemory = false
  while (!words.isAtEnd() && !['\n', ',', '}'].includes(words.peek())) {
    const word = words.next()
    if (word === 'comment') element = { ...element, comment: words.quoted() }
    else if (word === ':') {
      const verdict = readNftVerdict(words)
      if (verdict === undefined) return words.complain('is no verdict')
      element = { ...element, verdict }
    } else if (word === 'timeout' || word === 'expires') {
      words.next()
      isMemory = true
    } else return words.complain(`${word} of an element is not modelled`)
  }
  if (!isMemory) set.elements.push(element)
}

/** A chain's comment, or the place of a base chain; false for anything else, which then is a rule. */
function readChainPhrase(words: NftWords, chain: ChainDraft): boolean {
  switch (words.peek()) {
    case 'comment':
      words.next()
      chain.comment = words.quoted()
      return true
    case 'type':
      words.next()
      readBase(words, chain)
      return true
    case 'policy':
      words.next()
      if (words.next() !== 'accept') words.complain('a policy other than accept is not modelled')
      return true
    default:
      return false
  }
}

const hooks: readonly string[] = [
  'prerouting',
  'input',
  'forward',
  'output',
  'postrouting',
] satisfies NftHook[]

function isHook(word: string): word is NftHook {
  return hooks.includes(word)
}

const priorityNames: Readonly<Record<string, number>> = {
  raw: -300,
  mangle: -150,
  dstnat: -100,
  filter: 0,
  security: 50,
  srcnat: 100,
}

/** `filter hook prerouting priority dstnat - 10` */
function readBase(words: NftWords, chain: ChainDraft): void {
  const [type = '', , hook = '', , first = '', sign, offset] = words.untilEnd().split(' ')
  const named = priorityNames[first] ?? Number(first)
  const priority = named + (sign === '-' ? -1 : 1) * Number(offset ?? 0)
  if ((type !== 'filter' && type !== 'nat') || !isHook(hook) || Number.isNaN(priority))
    return words.complain('a base chain of this type or hook is not modelled')
  chain.base = { type, hook, priority }
}

const spans: Readonly<Record<string, number>> = { d: 86_400, h: 3600, m: 60, s: 1 }

/** `3h`, `10800s` */
function readSeconds(text: string): number | undefined {
  if (!/^(\d+[dhms])+$/.test(text)) return undefined
  return [...text.matchAll(/(\d+)([dhms])/g)].reduce(
    (sum, [, count, unit = '']) => sum + Number(count) * (spans[unit] ?? 0),
    0,
  )
}
