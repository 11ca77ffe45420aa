/** `cache [TTL] [ZONES…] { … }` of a Corefile (CoreDNS plugin/cache/setup.go). */
import type { Directive } from './corefile-blocks.ts'
import type { CacheConfig } from './plugin-config.ts'
import { placeOf, unknownProperty, wrongArguments, zonesOr } from './plugin-setup.ts'
import type { Setup } from './plugin-setup.ts'

/** Reads the stanza. The capacities of `success` and `denial` are read and have no effect here: nothing is ever evicted. */
export function setupCache(directive: Directive, blockZones: readonly string[]): Setup {
  const [first = ''] = directive.args
  const hasTtl = /^\d+$/.test(first)
  if (hasTtl && Number(first) === 0)
    return { error: 'cache TTL can not be zero or negative: 0', line: directive.line }
  let config: CacheConfig = {
    kind: 'cache',
    ...placeOf(directive),
    zones: zonesOr(hasTtl ? directive.args.slice(1) : directive.args, blockZones),
    successSeconds: hasTtl ? Number(first) : 3600,
    denialSeconds: hasTtl ? Number(first) : 1800,
    disabledSuccess: [],
    disabledDenial: [],
  }
  for (const { line, words } of directive.body) {
    const [property = '', ...args] = words
    if (property === 'success' || property === 'denial') {
      if (args.length === 0) return wrongArguments(property, line)
      const seconds = args[1] === undefined ? undefined : Number(args[1])
      if (seconds === undefined) continue
      if (!(seconds > 0)) return { error: `cache TTL can not be zero or negative: ${args[1]}`, line }
      config =
        property === 'success'
          ? { ...config, successSeconds: seconds }
          : { ...config, denialSeconds: seconds }
    } else if (property === 'disable') {
      const zones = zonesOr(args.slice(1), config.zones)
      if (args[0] === 'success') config = { ...config, disabledSuccess: zones }
      else if (args[0] === 'denial') config = { ...config, disabledDenial: zones }
      else return { error: `cache type for disable must be success or denial`, line }
    } else if (!tuning.has(property)) return unknownProperty(property, line)
  }
  return { config }
}

/** Properties that matter for a server that runs on for long, under load or with failing upstreams. */
const tuning = new Set(['prefetch', 'serve_stale', 'servfail', 'keepttl', 'verify_stale'])
