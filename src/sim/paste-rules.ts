/** Takes the output of `iptables-save` for a node's rules: all of it, or nothing and the lines that cannot be read. */
import type { Cluster } from './cluster/cluster.ts'
import type { ClusterChange } from './cluster/cluster-change.ts'
import { nodeOfPaste } from './cluster/paste-name.ts'
import { withPastedRules } from './cluster/pasted-rules.ts'
import type { Diagnostic, TextRange } from './manifest/diagnostic.ts'
import { parseIptablesSave, type SaveProblem } from './netfilter/parse-iptables-save.ts'

/** More unreadable lines than this are counted: a text that is no dump at all would give one a line. */
const MOST_PROBLEMS = 20

/** Reads the text and puts its rules in place of the node's. A rule that is read but not modelled is no error here: a packet that meets it is told. */
export function pasteRules(cluster: Cluster, file: string, text: string): ClusterChange {
  const node = nodeOfPaste(file) ?? ''
  const { ruleset, problems } = parseIptablesSave(text)
  const diagnostics = [
    ...unknownNode(cluster, file, node),
    ...problems.slice(0, MOST_PROBLEMS).map((problem) => unreadable(file, text, problem)),
    ...(ruleset.tables.length === 0 && problems.length === 0 ? [empty(file)] : []),
  ]
  if (diagnostics.length > 0) return { cluster, changed: [], diagnostics }
  return { cluster: withPastedRules(cluster, { node, file, ruleset }), changed: [], diagnostics }
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
      hint: `Name the file after the node: NODE.iptables-save. The nodes are ${nodes}.`,
    },
  ]
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
    hint: 'Paste what iptables-save prints on the node, as root; it begins with "*".',
  }
}

function rangeOfLine(text: string, line: number): TextRange {
  const lines = text.split('\n')
  const from = lines.slice(0, line - 1).reduce((sum, each) => sum + each.length + 1, 0)
  const to = from + (lines[line - 1]?.length ?? 0)
  return { from, to, line, column: 1, endLine: line }
}
