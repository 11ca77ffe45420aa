/**
 * An nftables table in its two texts: what `nft list table` prints (nftables 1.0.6, src/rule.c and src/expression.c, measured), and the
 * script of `add …` commands that kube-proxy sends (sigs.k8s.io/knftables).
 */
import type { Millis } from '../clock.ts'
import { ip, ipValue, ipVersion } from '../network/address.ts'
import { protocolNumber } from './protocol-name.ts'
import { listedRanges, withoutHostBits } from './nft-ranges.ts'
import type {
  NftChain,
  NftElement,
  NftRule,
  NftSet,
  NftStatement,
  NftTable,
  NftVerdict,
} from './nft-ruleset.ts'
import type { NftDynamic } from './tried-nft.ts'

/** What rules have put into sets, and the time at which it is asked for. */
export interface NftLive {
  readonly dynamic: NftDynamic
  readonly now: Millis
}

const atRest: NftLive = { dynamic: {}, now: 0 }

/** `nft list table FAMILY NAME`. Sets and maps come before chains; elements are sorted. */
export function printNftTable(table: NftTable, live: NftLive = atRest): string {
  const parts = [
    ...table.sets.map((set) => printSet(set, live)),
    ...table.chains.map((chain) => printChain(chain)),
  ].map((lines) => lines.map((line) => `\t${line}\n`).join(''))
  const comment = table.comment === undefined ? '' : `\tcomment "${table.comment}"\n`
  return `table ${table.family} ${table.name} {\n${comment}${parts.join('\n')}}\n`
}

/** `nft list set FAMILY TABLE NAME`, `nft list map …` */
export function printNftSet(table: NftTable, set: NftSet, live: NftLive = atRest): string {
  return printPart(table, printSet(set, live))
}

/** `nft list chain FAMILY TABLE NAME` */
export function printNftChain(table: NftTable, chain: NftChain): string {
  return printPart(table, printChain(chain))
}

function printPart({ family, name }: NftTable, lines: readonly string[]): string {
  return `table ${family} ${name} {\n${lines.map((line) => `\t${line}\n`).join('')}}\n`
}

/** The commands that make the table: what `nft -f` takes. */
export function printNftScript(table: NftTable): string {
  const name = `${table.family} ${table.name}`
  const lines = [
    `add table ${name}${table.comment === undefined ? '' : ` { comment "${table.comment}" ; }`}`,
    ...table.sets.map((set) => `add ${set.kind} ${name} ${set.name} { ${setProperties(set).join(' ; ')} ; }`),
    ...table.chains.map((chain) => `add chain ${name} ${chain.name}${chainProperties(chain)}`),
    ...table.chains.flatMap((chain) =>
      chain.rules.map((rule) => `add rule ${name} ${chain.name} ${printRule(rule, 'script')}`),
    ),
    ...table.sets.flatMap((set) =>
      set.elements.map((element) => `add element ${name} ${set.name} { ${printElement(element)} }`),
    ),
  ]
  return lines.map((line) => `${line}\n`).join('')
}

/** A rule as `nft list` prints it, without its chain. */
export function printNftRule(rule: NftRule): string {
  return printRule(rule, 'list')
}

/** An element as it stands between braces: key, comment, verdict. */
export function printElement({ key, verdict, comment }: NftElement): string {
  return [
    key.join(' . '),
    ...(comment === undefined ? [] : [`comment "${comment}"`]),
    ...(verdict === undefined ? [] : [`: ${printVerdict(verdict)}`]),
  ].join(' ')
}

/** `accept`, `goto CHAIN`. */
export function printVerdict(verdict: NftVerdict): string {
  return 'chain' in verdict ? `${verdict.kind} ${verdict.chain}` : verdict.kind
}

type Form = 'list' | 'script'

function printSet(set: NftSet, live: NftLive): readonly string[] {
  return [
    `${set.kind} ${set.name} {`,
    ...listProperties(set).map((line) => `\t${line}`),
    ...elementLines(set, live),
    '}',
  ]
}

function listProperties(set: NftSet): readonly string[] {
  const { timeoutSeconds, comment } = set
  return [
    typeText(set),
    // The kernel gives a set that rules fill a size.
    ...(timeoutSeconds === undefined
      ? []
      : ['size 65535', 'flags dynamic,timeout', `timeout ${printDuration(timeoutSeconds)}`]),
    ...(comment === undefined ? [] : [`comment "${comment}"`]),
  ]
}

function setProperties(set: NftSet): readonly string[] {
  const { timeoutSeconds, comment } = set
  return [
    typeText(set),
    ...(timeoutSeconds === undefined ? [] : ['flags dynamic,timeout', `timeout ${timeoutSeconds}s`]),
    ...(comment === undefined ? [] : [`comment "${comment}"`]),
  ]
}

function typeText({ types, kind }: NftSet): string {
  return `type ${types.join(' . ')}${kind === 'map' ? ' : verdict' : ''}`
}

/** Two IPv4 addresses a line in a set, else one element a line (nftables src/expression.c, calculate_delim). */
function elementLines({ name, kind, types, elements }: NftSet, { dynamic, now }: NftLive): readonly string[] {
  const living = Object.entries(dynamic[name] ?? {}).filter(([, ends]) => ends > now)
  const expiries = new Map(living)
  const all = [...elements, ...living.map(([key]): NftElement => ({ key: key.split(' . ') }))]
  if (all.length === 0) return []
  const texts = sorted(all).map((element) => {
    const ends = expiries.get(element.key.join(' . '))
    return `${printElement(element)}${ends === undefined ? '' : ` expires ${printDuration((ends - now) / 1000)}`}`
  })
  const perLine = kind === 'set' && types[0] === 'ipv4_addr' ? 2 : 1
  const lines = Array.from({ length: Math.ceil(texts.length / perLine) }, (_, index) =>
    texts.slice(index * perLine, (index + 1) * perLine).join(', '),
  )
  return [`\telements = { ${lines.join(',\n\t\t\t     ')} }`]
}

/**
 * Addresses by number. A concatenation by its bytes from the last to the first, since they are compared as one number of a little-endian
 * machine (src/mergesort.c, concat_expr_msort_value).
 */
function sorted(elements: readonly NftElement[]): readonly NftElement[] {
  const bytes = new Map(
    elements.map((element) => {
      const parts = element.key.flatMap(bytesOf)
      return [element, element.key.length > 1 ? parts.toReversed() : parts]
    }),
  )
  return elements.toSorted((a, b) => compareBytes(bytes.get(a) ?? [], bytes.get(b) ?? []))
}

function compareBytes(a: readonly number[], b: readonly number[]): number {
  const at = a.findIndex((byte, index) => byte !== b[index])
  return at < 0 ? 0 : (a[at] ?? 0) - (b[at] ?? 0)
}

/** An address, a protocol or a port as it lies in a packet. */
function bytesOf(part: string): readonly number[] {
  if (/^[a-z]/.test(part) && !part.includes(':')) return [protocolNumber(part) ?? 0]
  if (part.includes('.')) return part.split('.').map(Number)
  if (part.includes(':')) return hexBytes(ipValue(ip(part)))
  return [Number(part) >> 8, Number(part) & 255]
}

function hexBytes(value: bigint): readonly number[] {
  const text = value.toString(16).padStart(32, '0')
  return Array.from({ length: 16 }, (_, index) => Number.parseInt(text.slice(2 * index, 2 * index + 2), 16))
}

/** `10800` as `3h`, `6.996` as `6s996ms`, as nft counts time. */
function printDuration(seconds: number): string {
  const parts = [
    [Math.floor(seconds / 86_400), 'd'],
    [Math.floor(seconds / 3600) % 24, 'h'],
    [Math.floor(seconds / 60) % 60, 'm'],
    [Math.floor(seconds) % 60, 's'],
    [Math.floor(seconds * 1000) % 1000, 'ms'],
  ] as const
  return parts.map(([count, unit]) => (count === 0 ? '' : `${count}${unit}`)).join('')
}

function printChain({ name, base, comment, rules }: NftChain): readonly string[] {
  return [
    `chain ${name} {`,
    ...(comment === undefined ? [] : [`\tcomment "${comment}"`]),
    ...(base === undefined
      ? []
      : [`\ttype ${base.type} hook ${base.hook} priority ${printPriority(base)}; policy accept;`]),
    ...rules.map((rule) => `\t${printNftRule(rule)}`),
    '}',
  ]
}

function chainProperties({ base, comment }: NftChain): string {
  if (base !== undefined) return ` { type ${base.type} hook ${base.hook} priority ${base.priority} ; }`
  return comment === undefined ? '' : ` { comment "${comment}" ; }`
}

/** Priorities have names where they have a meaning at their hook, and are told from the nearest within 10 (src/rule.c, prio2str). */
function printPriority({ hook, priority }: NonNullable<NftChain['base']>): string {
  const known = [
    { name: 'filter', value: 0, hooks: ['prerouting', 'input', 'forward', 'output', 'postrouting'] },
    { name: 'dstnat', value: -100, hooks: ['prerouting'] },
    { name: 'srcnat', value: 100, hooks: ['postrouting'] },
  ].find(({ value, hooks }) => hooks.includes(hook) && Math.abs(priority - value) <= 10)
  if (known === undefined) return `${priority}`
  const distance = priority - known.value
  if (distance === 0) return known.name
  return `${known.name} ${distance < 0 ? '-' : '+'} ${Math.abs(distance)}`
}

function printRule({ statements, comment }: NftRule, form: Form): string {
  const texts = statements.map((statement) => printStatement(statement, form))
  return [...texts, ...(comment === undefined ? [] : [`comment "${comment}"`])].join(' ')
}

function printStatement(statement: NftStatement, form: Form): string {
  switch (statement.kind) {
    case 'match':
      return `${statement.field} ${statement.negated ? '!= ' : ''}${printValues(statement, form)}`
    case 'in-set':
      return `${statement.field} @${statement.set}`
    case 'mark-unset':
      return form === 'list'
        ? `meta mark & ${wideHex(statement.mask)} == 0x00000000`
        : `mark and ${hex(statement.mask)} == 0`
    case 'look-up':
      return `${statement.key.join(' . ')} vmap @${statement.map}`
    case 'numgen': {
      const rows = statement.verdicts.map((verdict, index) => `${index} : ${printVerdict(verdict)}`)
      const text = rows.join(form === 'list' ? ', ' : ' , ')
      return `numgen random mod ${statement.verdicts.length} vmap { ${text} }`
    }
    case 'set-mark':
      return form === 'list'
        ? `meta mark set meta mark ${statement.operation === 'or' ? '|' : '^'} ${wideHex(statement.value)}`
        : `mark set mark ${statement.operation} ${hex(statement.value)}`
    case 'update':
      return `update @${statement.set} { ${statement.field} }`
    case 'verdict':
      return printVerdict(statement.verdict)
    case 'reject':
      return 'reject'
    case 'dnat':
      return `dnat to ${ipVersion(statement.address) === 6 ? `[${statement.address}]` : statement.address}:${statement.port}`
    case 'counter':
      return `counter packets ${statement.packets} bytes ${statement.bytes}`
    case 'unknown':
      return statement.text
    case 'masquerade':
      return `masquerade${statement.fullyRandom ? ' fully-random' : ''}`
  }
}

/** A list of one is no list to `nft list`; kube-proxy writes it with braces where it may have more. */
function printValues(
  { field, values, listed }: Extract<NftStatement, { kind: 'match' }>,
  form: Form,
): string {
  const quoted = values.map((value) => (field === 'iifname' ? `"${value}"` : value))
  if (field === 'ct state') return quoted.join()
  if (form === 'script')
    return values.length > 1 || listed === true ? `{ ${quoted.join(', ')} }` : quoted.join()
  const sorted = field.endsWith('addr') ? listedRanges(values) : quoted
  return values.length > 1 ? `{ ${sorted.join(', ')} }` : quoted.map(withoutHostBits).join()
}

function hex(value: number): string {
  return `0x${value.toString(16)}`
}

function wideHex(value: number): string {
  return `0x${value.toString(16).padStart(8, '0')}`
}
