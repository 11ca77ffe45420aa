/**
 * Rules in one order, whatever order Services came in: upstream's sortIPTablesRules (pkg/proxy/iptables/proxier_test.go), on lines
 * of text, so that a line that is no rule is kept too.
 */

/** Tables by name; in each its chains, the rules chain by chain, deletions, COMMIT. Other lines are left out. */
export function normalForm(text: string): string {
  const tables = new Map<string, string[]>()
  let lines: string[] = []
  for (const line of text.split('\n').map((each) => each.trim())) {
    if (line.startsWith('*')) tables.set(line, (lines = []))
    else if (/^(:|-[AX] )/.test(line)) lines.push(line)
  }
  const names = [...tables.keys()].toSorted()
  return names.map((name) => normalTable(name, tables.get(name) ?? [])).join('')
}

function normalTable(name: string, lines: readonly string[]): string {
  const starting = (start: string) => lines.filter((line) => line.startsWith(start))
  const declarations = starting(':').toSorted(byChain)
  const rules = starting('-A ')
  const chains = [...new Set(rules.map(chainOf))].toSorted(compareChains)
  const sorted = chains.flatMap((chain) =>
    sortedRules(
      chain,
      rules.filter((rule) => chainOf(rule) === chain),
    ),
  )
  const deletions = starting('-X ').toSorted(byChain)
  return `${[name, ...declarations, ...sorted, ...deletions, 'COMMIT'].join('\n')}\n`
}

/** In the chains that all Services share, by Service: the comment up to its first blank or colon. */
function sortedRules(chain: string, rules: readonly string[]): readonly string[] {
  if (chain !== 'KUBE-SERVICES' && chain !== 'KUBE-NODEPORTS') return rules
  return rules.toSorted((a, b) => compare(serviceOf(a), serviceOf(b)))
}

function serviceOf(rule: string): string {
  if (rule.includes('must be the last rule')) return '\uffff'
  return /--comment "?([^ ":]*)/.exec(rule)?.[1] ?? ''
}

function chainOf(line: string): string {
  return line.startsWith(':') ? (line.slice(1).split(' ')[0] ?? '') : (line.split(' ')[1] ?? '')
}

function byChain(a: string, b: string): number {
  return compareChains(chainOf(a), chainOf(b))
}

function compareChains(a: string, b: string): number {
  return compare(rank(a), rank(b)) || compare(a, b)
}

function rank(chain: string): number {
  if (chain === 'KUBE-NODEPORTS') return 0
  if (chain === 'KUBE-SERVICES') return 1
  return chain.startsWith('KUBE-') ? 2 : 3
}

function compare<T extends string | number>(a: T, b: T): number {
  return a < b ? -1 : a > b ? 1 : 0
}
