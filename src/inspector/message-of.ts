import type { Hop, Message, Trace } from '../sim/trace/trace.ts'

/** The reply that dig prints, one object a reply: a selector must give the same reference twice. */
const printed = new WeakMap<object, Message>()

/** What the step's packet carries; at the end of a dig, the reply that it prints. Undefined where there is neither. */
export function messageOf(hop: Hop, trace: Trace | undefined): Message | undefined {
  const isLast = trace?.hops.at(-1) === hop
  if (hop.message !== undefined || !isLast || trace?.result.kind !== 'dns') return hop.message
  const { reply } = trace.result
  if (reply === undefined) return undefined
  const known = printed.get(reply)
  if (known !== undefined) return known
  const message: Message = { kind: 'dns', message: reply }
  printed.set(reply, message)
  return message
}
