/** Paths as the Ingress API specifies them (networking/v1 PathType). What ingress-nginx makes of them: `tell-locations.ts`. */

/** Exact: equal. Prefix: by whole path elements, a trailing `/` of the rule ignored. Case matters in both. */
export function pathMatches(
  rule: { readonly path: string; readonly pathType: 'Exact' | 'Prefix' },
  path: string,
): boolean {
  if (rule.pathType === 'Exact') return rule.path === path
  const prefix = rule.path.endsWith('/') ? rule.path.slice(0, -1) : rule.path
  return path === prefix || path.startsWith(`${prefix}/`)
}
