/** The rewrite plugin's name rules (CoreDNS 1.14.7 plugin/rewrite/name.go, reverter.go). */
import { sameName } from './domain-name.ts'
import type { DnsMessage, ResourceRecord } from './message.ts'
import type { RewriteConfig } from './plugin-config.ts'

/** The name after the rule, or undefined where the rule does not fit. Compared is the lower-case name with its final dot. */
export function rewriteName(rule: RewriteConfig, name: string): string | undefined {
  const low = name.toLowerCase()
  const { from, to } = rule
  switch (rule.match) {
    case 'exact':
      return low === from ? to : undefined
    case 'prefix':
      return low.startsWith(from) ? `${to}${low.slice(from.length)}` : undefined
    case 'suffix':
      return low.endsWith(from) ? `${low.slice(0, -from.length)}${to}` : undefined
    case 'substring':
      return low.includes(from) ? low.replaceAll(from, to) : undefined
    case 'regex': {
      const groups = new RegExp(from).exec(low)
      if (groups === null) return undefined
      const name = fillGroups(to, groups)
      return name.endsWith('.') ? name : `${name}.`
    }
  }
}

/**
 * The reply as the client gets it: its question is put back always, owner names in the answer by exact rules themselves and by others
 * only where an answer rule says so.
 */
export function revertReply(
  rule: RewriteConfig,
  asked: string,
  rewritten: string,
  reply: DnsMessage,
): DnsMessage {
  return {
    ...reply,
    question: { ...reply.question, name: asked },
    answer: reply.answer.map((record) => revertRecord(rule, asked, rewritten, record)),
  }
}

function revertRecord(
  rule: RewriteConfig,
  asked: string,
  rewritten: string,
  record: ResourceRecord,
): ResourceRecord {
  if (rule.match === 'exact' && sameName(record.name, rewritten)) return { ...record, name: asked }
  return rule.answers.reduce((each, answer): ResourceRecord => {
    switch (answer.kind) {
      case 'auto':
        return sameName(each.name, rewritten) ? { ...each, name: asked } : each
      case 'name':
        return { ...each, name: replaceAll(answer.from, answer.to, each.name) }
      case 'value':
        return { ...each, data: replaceAll(answer.from, answer.to, each.data) }
    }
  }, record)
}

function replaceAll(from: string, to: string, text: string): string {
  const groups = new RegExp(from).exec(text)
  return groups === null ? text : fillGroups(to, groups)
}

/** `{1}` is the first group. */
function fillGroups(template: string, groups: RegExpExecArray): string {
  return template.replace(/\{(\d+)\}/g, (_, index: string) => groups[Number(index)] ?? '')
}
