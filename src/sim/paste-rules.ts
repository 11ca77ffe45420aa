/** Takes the output of `iptables-save`, `ip6tables-save`, `ipset save` or `nft list` for a node's rules: all of it, or nothing and the lines that cannot be read. */
import type { Cluster } from './cluster/cluster.ts'
import type { ClusterChange } from './cluster/cluster-change.ts'
import { nodeOfPaste, type PasteForm } from './cluster/paste-name.ts'
import { withPastedRules } from './cluster/pasted-rules.ts'
import type { Diagnostic, TextRange } from './manifest/diagnostic.ts'
import type { Ruleset } from './netfilter/ruleset.ts'
import { parseNft } from './netfilter/parse-nft.ts'
import { parseIpsetSave } from './netfilter/parse-ipset-save.ts'
import { parseIptablesSave, type SaveProblem } from './netfilter/parse-iptables-save.ts'

/** More unreadable lines than this are counted: a text that is no dump at all would give one a line. */
const MOST_PROBLEMS = 20

/** Reads the text and puts its rules in place of the node's. A rule that is read but not modelled is no error here: a packet that meets it is told. */
export function pasteRules(cluster: Cluster, file: string, text: string): ClusterChange {
  if (file.endsWith('.nft')) return pasteNft(cluster, file, text)
  if (file.endsWith('.ipset-save')) return pasteIpsets(cluster, file, text)
  const kind = file.endsWith('.ip6tables-save') ? 'ip6tables-save' : 'iptables-save'
  const node = nodeOfPaste(file) ?? ''
  const { ruleset, problems } = parseIptablesSave(text)
  const diagnostics = [
    ...unknownNode(cluster, file, node),
    ...otherFamily(file, kind, text),
    ...ofPod(file, ruleset),
    ...problems.slice(0, MOST_PROBLEMS).map((problem) => unreadable(file, text, problem)),
    ...(ruleset.tables.length === 0 && problems.length === 0 ? [empty(file)] : []),
  ]
  if (diagnostics.length > 0) return { cluster, changed: [], diagnostics }
  return {
    cluster: withPastedRules(cluster, { kind, node, file, ruleset }),
    changed: [],
    diagnostics,
  }
}

/**
 * Of nft's tables kube-proxy's own are taken, of one family or of each. Those that iptables keeps in nft (`ip nat` and its kin) stand in iptables-save; any other
 * would have its say beside them, and is refused rather than left out in silence.
 */
function pasteNft(cluster: Cluster, file: string, text: string): ClusterChange {
  const node = nodeOfPaste(file) ?? ''
  const { tables, problems } = parseNft(text)
  const own = tables.filter(({ name }) => name === 'kube-proxy')
  const others = tables.filter(
    ({ name, chains }) => name !== 'kube-proxy' && chains.some(({ base }) => base !== undefined),
  )
  const diagnostics = [
    ...unknownNode(cluster, file, node),
    ...problems.slice(0, MOST_PROBLEMS).map((problem) => unreadableNft(file, text, problem)),
    ...others.map(({ family, name }) =>
      unreadableNft(file, text, {
        line: lineOfTable(text, `${family} ${name}`),
        text: `table ${family} ${name}`,
        detail: 'of nft’s tables only kube-proxy’s is modelled',
      }),
    ),
    ...(own.length === 0 && problems.length === 0 && others.length === 0 ? [empty(file)] : []),
  ]
  if (diagnostics.length > 0) return { cluster, changed: [], diagnostics }
  const pasted = { kind: 'nft', node, file, tables: own } as const
  return { cluster: withPastedRules(cluster, pasted), changed: [], diagnostics }
}

/** The sets take the place of the node's own of the same names; a text without any is what a node prints that has none. */
function pasteIpsets(cluster: Cluster, file: string, text: string): ClusterChange {
  const node = nodeOfPaste(file) ?? ''
  const { sets, problems } = parseIpsetSave(text)
  const diagnostics = [
    ...unknownNode(cluster, file, node),
    ...problems.slice(0, MOST_PROBLEMS).map((problem): Diagnostic => ({
      severity: 'error',
      code: 'paste-ipset-unreadable',
      values: { line: problem.line, detail: problem.detail, text: problem.text },
      message: `ipset restore would not take this line: ${problem.detail}.`,
      file,
      range: rangeOfLine(text, problem.line),
      hint: 'Paste the whole output of "ipset save", unchanged.',
    })),
  ]
  if (diagnostics.length > 0) return { cluster, changed: [], diagnostics }
  const pasted = { kind: 'ipset-save', node, file, sets } as const
  return { cluster: withPastedRules(cluster, pasted), changed: [], diagnostics }
}

function lineOfTable(text: string, name: string): number {
  return text.split('\n').findIndex((line) => line.startsWith(`table ${name} `)) + 1
}

function unreadableNft(file: string, text: string, { line, text: said, detail }: SaveProblem): Diagnostic {
  return {
    severity: 'error',
    code: 'paste-nft-unreadable',
    values: { line, detail, text: said },
    message: `This line cannot be taken: ${detail}.`,
    file,
    range: rangeOfLine(text, line),
    hint: 'Paste what "nft list table ip kube-proxy" prints, or of ip6, unchanged.',
  }
}

function unknownNode(cluster: Cluster, file: string, node: string): readonly Diagnostic[] {
  const names = cluster.nodes.map(({ ref }) => ref.name)
  if (names.includes(node)) return []
  const nodes = names.join(', ')
  return [
    {
      severity: 'error',
      code: 'paste-node-unknown',
      values: { node, nodes },
      message: `The cluster has no node "${node}" whose rules these could be.`,
      file,
      hint: `Name the file after the node: NODE.iptables-save, NODE.ip6tables-save, NODE.ipset-save or NODE.nft. The nodes are ${nodes}.`,
    },
  ]
}

/** A family's rules in the other's place would meet no packet as they were written. */
function otherFamily(file: string, named: PasteForm, text: string): readonly Diagnostic[] {
  const command = savedBy(text)
  if (command === undefined || command === named) return []
  return [
    {
      severity: 'error',
      code: 'paste-other-family',
      values: { command, node: nodeOfPaste(file) ?? '' },
      message: `This is what ${command} printed, in a file of the other family.`,
      file,
      hint: `Name the file ${nodeOfPaste(file) ?? ''}.${command}.`,
    },
  ]
}

/** The first words of chains that a service mesh writes into a Pod's namespace: Istio's and Linkerd's. */
const podChains = /^(?:ISTIO_|PROXY_INIT_)/

/** A Pod's own rules are no node's: where they stand without kube-proxy's, the dump was taken inside a Pod. */
function ofPod(file: string, { tables }: Ruleset): readonly Diagnostic[] {
  const names = tables.flatMap(({ chains }) => chains.map(({ name }) => name))
  const chain = names.find((name) => podChains.test(name))
  if (chain === undefined || names.some((name) => name.startsWith('KUBE-'))) return []
  return [
    {
      severity: 'error',
      code: 'paste-of-pod',
      values: { chain },
      message: `These are the rules of a Pod's own network namespace (${chain}), which are not modelled.`,
      file,
      hint: 'Run iptables-save on the node itself, not inside a Pod.',
    },
  ]
}

/** The command whose output a dump is: its head says so, else an address in a rule; undefined where neither does. */
export function savedBy(text: string): 'iptables-save' | 'ip6tables-save' | undefined {
  const [, head] = /^# Generated by (ip6?tables)(?:-nft|-legacy)?-save /m.exec(text) ?? []
  if (head !== undefined) return head === 'iptables' ? 'iptables-save' : 'ip6tables-save'
  const [, address] = /^-A .*?-[sd] (\S+)/m.exec(text) ?? []
  if (address === undefined) return undefined
  return address.includes(':') ? 'ip6tables-save' : 'iptables-save'
}

function unreadable(file: string, text: string, { line, text: said, detail }: SaveProblem): Diagnostic {
  return {
    severity: 'error',
    code: 'paste-unreadable',
    values: { line, detail, text: said },
    message: `iptables-restore would not take this line: ${detail}.`,
    file,
    range: rangeOfLine(text, line),
    hint: 'Paste the whole output of iptables-save, unchanged.',
  }
}

function empty(file: string): Diagnostic {
  return {
    severity: 'error',
    code: 'paste-empty',
    values: {},
    message: 'There is no table in this text.',
    file,
    hint: 'Paste what iptables-save or "nft list table ip kube-proxy" prints on the node, as root.',
  }
}

function rangeOfLine(text: string, line: number): TextRange {
  const lines = text.split('\n')
  const from = lines.slice(0, line - 1).reduce((sum, each) => sum + each.length + 1, 0)
  const to = from + (lines[line - 1]?.length ?? 0)
  return { from, to, line, column: 1, endLine: line }
}
