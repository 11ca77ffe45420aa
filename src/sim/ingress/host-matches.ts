/** Hosts as the Ingress API specifies them (networking/v1 IngressRule.host). */

/** Whether a rule's host covers a request's: equal without regard to case, or `*.` for exactly one label; `''` covers every host. */
export function hostMatches(ruleHost: string, requestHost: string): boolean {
  const rule = ruleHost.toLowerCase()
  const host = requestHost.toLowerCase()
  if (rule === '' || rule === host) return true
  if (!rule.startsWith('*.')) return false
  const dot = host.indexOf('.')
  return dot > 0 && host.slice(dot) === rule.slice(1)
}
