/** `forward FROM TO… { … }` of a Corefile (CoreDNS plugin/forward/setup.go). */
import { parseIp } from '../network/address.ts'
import type { IpAddress } from '../network/address.ts'
import type { Directive } from './corefile-blocks.ts'
import type { ForwardConfig } from './plugin-config.ts'
import { placeOf, unknownProperty, wrongArguments } from './plugin-setup.ts'
import type { Setup } from './plugin-setup.ts'
import { parseZones } from './zone-key.ts'

/** Reads the stanza; the first fault ends it. Encrypted upstreams and those given as host names are not modelled. */
export function setupForward(directive: Directive): Setup {
  const [fromText, ...toTexts] = directive.args
  const from = fromText === undefined ? undefined : parseZones(fromText)[0]
  if (from === undefined || toTexts.length === 0)
    return wrongArguments(directive.args.at(-1) ?? 'forward', directive.line)
  const targets = toTexts.map(readTarget)
  const bad = toTexts.find((_, at) => targets[at] === undefined)
  if (bad !== undefined) return { error: `not an IP address or file: "${bad}"`, line: directive.line }
  if (targets.length > 15)
    return { error: `more than 15 TOs configured: ${targets.length}`, line: directive.line }
  let config: ForwardConfig = {
    kind: 'forward',
    ...placeOf(directive),
    from,
    to: targets.flatMap((target) => target?.to ?? []),
    except: [],
    policy: 'random',
    notModelled: targets.some((target) => target?.to === undefined) ? ['upstream'] : [],
  }
  for (const { line, words } of directive.body) {
    const [property = '', ...args] = words
    if (property === 'policy') {
      const policy = (['random', 'round_robin', 'sequential'] as const).find((each) => each === args[0])
      if (policy === undefined) return { error: `unknown policy '${args[0] ?? ''}'`, line }
      config = { ...config, policy }
    } else if (property === 'except') {
      if (args.length === 0) return wrongArguments(property, line)
      config = { ...config, except: [...config.except, ...args.flatMap(parseZones)] }
    } else if (changesAnswers.has(property))
      config = { ...config, notModelled: [...config.notModelled, property] }
    else if (!tuning.has(property)) return unknownProperty(property, line)
  }
  return { config }
}

/** Properties that can change what a client gets. */
const changesAnswers = new Set(['force_tcp', 'failover', 'next', 'next_on_nodata', 'resolver'])

/** Properties that change how CoreDNS speaks to its upstreams, not what it answers, as long as they answer. */
const tuning = new Set(
  [
    'prefer_udp expire max_idle_conns max_fails max_connect_attempts tls tls_servername health_check max_concurrent max_age',
    'failfast_all_unhealthy_upstreams read_timeout source_address',
  ].flatMap((names) => names.split(' ')),
)

/** `[dns://]IP[:PORT]` or a file like resolv.conf; undefined: neither. `to` is missing where the target is not modelled. */
function readTarget(text: string): { readonly to?: IpAddress | 'resolv-conf' } | undefined {
  if (text === '/etc/resolv.conf') return { to: 'resolv-conf' }
  if (text.startsWith('/')) return {}
  const [, scheme = 'dns', rest = ''] = /^(?:(\w+):\/\/)?(.*)$/.exec(text) ?? []
  const address = parseIp(rest.replace(/^\[(.*)\](:\d+)?$/, '$1')) ?? parseIp(rest.replace(/:\d+$/, ''))
  if (address === undefined) return undefined
  return scheme === 'dns' ? { to: address } : {}
}
