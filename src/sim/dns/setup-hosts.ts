/** `hosts [FILE [ZONES…]] { … }` of a Corefile (CoreDNS plugin/hosts/setup.go). */
import { parseIp } from '../network/address.ts'
import type { Directive } from './corefile-blocks.ts'
import type { HostsLine } from './hosts-file.ts'
import type { HostsConfig } from './plugin-config.ts'
import { fallthroughZones, placeOf, wrongArguments, zonesOr } from './plugin-setup.ts'
import type { Setup } from './plugin-setup.ts'

/** Reads the stanza. Only the lines in the Corefile count: a FILE is not modelled, and the container's own /etc/hosts counts as empty. */
export function setupHosts(directive: Directive, blockZones: readonly string[]): Setup {
  const [file, ...zoneTexts] = directive.args
  const entries: HostsLine[] = []
  let config: HostsConfig = {
    kind: 'hosts',
    ...placeOf(directive),
    zones: zonesOr(zoneTexts, blockZones),
    entries: { lines: entries },
    ttlSeconds: 3600,
    reverse: true,
    fallthrough: [],
    notModelled: file === undefined ? [] : [file],
  }
  for (const { line, words } of directive.body) {
    const [first = '', ...rest] = words
    if (first === 'fallthrough') config = { ...config, fallthrough: fallthroughZones(rest) }
    else if (first === 'no_reverse') config = { ...config, reverse: false }
    else if (first === 'ttl') {
      const ttlSeconds = Number(rest[0])
      if (rest.length !== 1) return wrongArguments(words.at(-1) ?? 'ttl', line)
      if (!Number.isInteger(ttlSeconds) || ttlSeconds <= 0 || ttlSeconds > 65535)
        return { error: `ttl provided is invalid`, line }
      config = { ...config, ttlSeconds }
    } else if (first === 'reload') {
      if (rest.length !== 1) return wrongArguments(words.at(-1) ?? 'reload', line)
    } else if (parseIp(first) === undefined && rest.length === 0)
      return { error: `unknown property '${first}'`, line }
    else entries.push({ kind: 'entry', address: first, names: rest })
  }
  return { config }
}
