/** `rewrite [continue|stop] name …` of a Corefile (CoreDNS plugin/rewrite/setup.go, name.go). */
import type { Directive } from './corefile-blocks.ts'
import type { RewriteConfig } from './plugin-config.ts'
import { placeOf, wrongArguments } from './plugin-setup.ts'
import type { Setup } from './plugin-setup.ts'

/** Reads one rule, on one line or with its answer rules in braces. Fields other than `name` are not modelled. */
export function setupRewrite(directive: Directive): Setup {
  const bodies = directive.body.map((line) => line.words)
  const words = [...directive.args, ...(bodies[0] ?? [])]
  const mode = words[0] === 'continue' ? 'continue' : 'stop'
  const rule = words[0] === 'continue' || words[0] === 'stop' ? words.slice(1) : words
  const [field, ...args] = rule
  if (field === undefined) return wrongArguments('rewrite', directive.line)
  if (field !== 'name') {
    if (!otherFields.has(field)) return { error: `invalid rule type "${field}"`, line: directive.line }
    return { config: { kind: 'not-modelled', name: `rewrite ${field}`, ...placeOf(directive) } }
  }
  const match = matches.find((each) => each === args[0])
  const [from, to, ...extra] = match === undefined ? args : args.slice(1)
  if (from === undefined || to === undefined) return wrongArguments(args.at(-1) ?? 'name', directive.line)
  const answers = [extra, ...bodies.slice(1)].filter((line) => line.length > 0).map(readAnswerRule)
  const bad = answers.find((answer) => typeof answer === 'string')
  if (bad !== undefined) return { error: String(bad), line: directive.line }
  const kind = match ?? 'exact'
  if (kind === 'regex' && !isRegex(from))
    return { error: `invalid regex pattern in a name rule: ${from}`, line: directive.line }
  return {
    config: {
      kind: 'rewrite',
      ...placeOf(directive),
      mode,
      match: kind,
      // Exact and suffix compare with the final dot, so they get one.
      from: kind === 'exact' || kind === 'suffix' ? dotted(from) : from,
      to: kind === 'exact' || kind === 'suffix' ? dotted(to) : to,
      answers: answers.filter((answer) => typeof answer !== 'string'),
      notModelled: [],
    },
  }
}

const matches = ['exact', 'prefix', 'suffix', 'substring', 'regex'] as const
const otherFields = new Set(['ttl', 'type', 'class', 'rcode', 'cname', 'edns0'])

function readAnswerRule(words: readonly string[]): RewriteConfig['answers'][number] | string {
  const [keyword, kind, from, to] = words
  if (keyword !== 'answer') return `exceeded the number of arguments for a regex name rule`
  if (kind === 'auto' && from === undefined) return { kind: 'auto' }
  if (kind !== 'name' && kind !== 'value') return `invalid answer rule: ${words.join(' ')}`
  if (from === undefined || to === undefined || !isRegex(from))
    return `invalid answer rule: ${words.join(' ')}`
  return { kind, from, to }
}

function isRegex(text: string): boolean {
  try {
    return new RegExp(text) instanceof RegExp
  } catch {
    return false
  }
}

function dotted(name: string): string {
  return name.endsWith('.') ? name : `${name}.`
}
