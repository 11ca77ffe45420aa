/**
 * The rules of the resolvers, stated once more and by themselves: which names are asked in which order, what ends the search, and what
 * the program gets. Nothing of the resolvers is used here, so that the two can be compared for random names.
 */

/** What a name server says to any question about one name. */
export type Behaviour =
  | 'address' // an A record, NODATA for every other type
  | 'address, aaaa: NXDOMAIN'
  | 'address, aaaa: SERVFAIL'
  | 'NODATA'
  | 'NXDOMAIN'
  | 'SERVFAIL'
  | 'REFUSED'
  | 'silence'

export interface Situation {
  /** As typed; a final dot ends it. */
  readonly name: string
  readonly searches: readonly string[]
  readonly ndots: number
  /** By absolute name, with its final dot. */
  readonly says: (name: string) => Behaviour
}

/** `asked`: `NAME TYPE`, each once, in the order of its first question. `got`: how the program's call ended. */
export interface Expected {
  readonly asked: readonly string[]
  readonly got: string
}

export type RuledFlavour = 'glibc' | 'musl' | 'busybox-nslookup' | 'dig' | 'dig-search' | 'host' | 'nslookup'

/** What the flavour does in the situation. */
export function expectedOf(flavour: RuledFlavour, situation: Situation): Expected {
  const flaw = flawIn(situation.name, flavour)
  if (flaw) return { asked: [], got: 'illegal' }
  const { asked, got } = ruleOf(flavour, situation)
  return { asked: [...new Set(asked)], got }
}

function ruleOf(flavour: RuledFlavour, situation: Situation): Expected {
  switch (flavour) {
    case 'glibc':
      return glibc(situation)
    case 'musl':
      return musl(situation)
    case 'busybox-nslookup':
      return busybox(situation)
    case 'dig':
      return bind([absolute(situation.name)], situation, [])
    case 'dig-search':
      return bind(searched(situation), situation, [])
    case 'host':
      return bind(searched(situation), situation, ['AAAA', 'MX'])
    case 'nslookup':
      return bind(searched(situation), situation, ['AAAA'])
  }
}

/** A label of 1 to 63 octets, 253 letters in all; glibc in the C locale takes ASCII alone. */
function flawIn(name: string, flavour: RuledFlavour): boolean {
  const labels = name.replace(/\.$/, '').split('.')
  if (labels.some((label) => octets(label) < 1 || octets(label) > 63)) return true
  if (octets(name.replace(/\.$/, '')) > 253) return true
  return flavour === 'glibc' && octets(name) !== name.length
}

const octets = (text: string) => encodeURIComponent(text).replace(/%../g, '.').length
const absolute = (name: string) => (name.endsWith('.') ? name : `${name}.`)
const dots = (name: string) => name.split('.').length - 1
const joined = (name: string, domain: string) => (domain === '.' ? `${name}.` : `${name}.${domain}.`)
const fits = (name: string) => octets(name) <= 254

/** The list while dots < ndots, then absolute; with dots ≥ ndots or a final dot: absolute only. */
function searched({ name, searches, ndots }: Situation): readonly string[] {
  if (name.endsWith('.') || dots(name) >= ndots) return [absolute(name)]
  return [...searches.map((domain) => joined(name, domain)).filter(fits), absolute(name)]
}

/** What stands before the first name that cannot be encoded: glibc leaves the list there, BusyBox gives up. */
const beforeUnfit = (names: readonly string[], isUnfit = (name: string) => !fits(name)) => {
  const at = names.findIndex((name) => isUnfit(name))
  return at < 0 ? names : names.slice(0, at)
}

/**
 * Absolute first where dots ≥ ndots, then the list; a search domain `.` is the absolute name in its place. NXDOMAIN, NODATA and SERVFAIL
 * go on; silence, REFUSED and a name that is too long leave the list. The error: that of the absolute name where it was first; else NODATA, then SERVFAIL, as the
 * list had them; else that of the last question.
 */
function glibc(situation: Situation): Expected {
  const { name, searches, ndots, says } = situation
  const asked: string[] = []
  const ask = (each: string) => {
    asked.push(`${each} A`, `${each} AAAA`)
    return says(each)
  }
  const isFound = (behaviour: Behaviour) => behaviour.startsWith('address')
  let first: Behaviour | undefined
  if (name.endsWith('.') || dots(name) >= ndots) {
    first = ask(absolute(name))
    if (isFound(first)) return { asked, got: 'found' }
    if (name.endsWith('.')) return { asked, got: glibcError(first) }
  }
  const remembered = new Set<Behaviour>()
  let last: Behaviour = 'NXDOMAIN'
  for (const each of beforeUnfit(searches.map((domain) => joined(name, domain)))) {
    last = ask(each)
    if (isFound(last)) return { asked, got: 'found' }
    if (last === 'REFUSED' || last === 'silence') break
    remembered.add(last)
  }
  if (first === undefined && !searches.includes('.')) {
    last = ask(absolute(name))
    if (isFound(last)) return { asked, got: 'found' }
  }
  if (first !== undefined) return { asked, got: glibcError(first) }
  if (remembered.has('NODATA')) return { asked, got: glibcError('NODATA') }
  return { asked, got: glibcError(remembered.has('SERVFAIL') ? 'SERVFAIL' : last) }
}

function glibcError(behaviour: Behaviour): string {
  if (behaviour === 'NXDOMAIN') return 'not-found -2'
  return behaviour === 'NODATA' ? 'no-data -5' : 'try-again -3'
}

/** The list without `.`, then absolute; a line of 255 characters or more is ignored. NXDOMAIN for either type goes on, everything else stops. */
function musl(situation: Situation): Expected {
  const isRead = `search ${situation.searches.join(' ')}`.length < 255
  const searches = isRead ? situation.searches.filter((domain) => domain !== '.') : []
  const names = searched({ ...situation, searches })
  const asked: string[] = []
  for (const name of names) {
    asked.push(`${name} A`, `${name} AAAA`)
    const said = situation.says(name)
    if (said === 'NXDOMAIN' || said === 'address, aaaa: NXDOMAIN') continue
    if (said === 'address') return { asked, got: 'found' }
    return { asked, got: said === 'NODATA' ? 'no-data -5' : 'try-again -3' }
  }
  return { asked, got: 'not-found -2' }
}

/**
 * No dot: all search domains at once, never absolute; any dot: absolute only. A of all, then AAAA of all. Nothing ends it but a name that
 * cannot be encoded, of which the root as a search domain makes one.
 */
function busybox({ name, searches, says }: Situation): Expected {
  const isSearching = dots(name) === 0 && searches.length > 0
  const names = isSearching ? searches.map((domain) => `${name}.${domain}.`) : [absolute(name)]
  const sent = beforeUnfit(names, (each) => !fits(each) || each.endsWith('..'))
  if (sent.length < names.length) return { asked: sent.map((each) => `${each} A`), got: 'illegal' }
  const asked = ['A', 'AAAA'].flatMap((type) => names.map((each) => `${each} ${type}`))
  const isAnswered = names.some((each) => says(each) !== 'silence')
  return { asked, got: isAnswered ? 'printed' : 'try-again 1' }
}

/** One type after the other. NXDOMAIN goes on; NODATA, SERVFAIL and REFUSED are printed; silence fails. Then what else is asked of a name that is there. */
function bind(names: readonly string[], { says }: Situation, others: readonly string[]): Expected {
  const asked: string[] = []
  for (const name of names) {
    asked.push(`${name} A`)
    const said = says(name)
    if (said === 'NXDOMAIN') continue
    if (said === 'silence') return { asked, got: 'try-again' }
    const isThere = said === 'NODATA' || said.startsWith('address')
    return { asked: isThere ? [...asked, ...others.map((type) => `${name} ${type}`)] : asked, got: 'printed' }
  }
  return { asked, got: 'printed' }
}
