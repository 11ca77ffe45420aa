/**
 * A Pod's /etc/resolv.conf: what kubelet puts into it (kubernetes pkg/kubelet/network/dns/dns.go), how the container runtime writes it
 * (containerd, CRI-O), and how each resolver reads it, for they differ.
 */
import type { Origin } from '../cluster/object-ref.ts'
import type { Pod } from '../cluster/objects.ts'
import { ip, parseIp } from '../network/address.ts'
import type { IpAddress } from '../network/address.ts'
import type { ResolverFlavour } from './flavour.ts'
import { limitNameservers, limitSearches } from './kubelet-limits.ts'

/** The file as a resolver understood it. `options` are the words of the options line as written; the three numbers are read from them. */
export interface ResolvConf {
  readonly nameservers: readonly IpAddress[]
  /** As written, without final dots but for the root, `.`; to BusyBox nslookup with them. */
  readonly searches: readonly string[]
  readonly ndots: number
  readonly timeoutSeconds: number
  readonly attempts: number
  readonly options: readonly string[]
}

/** A Pod's resolv.conf, the fields of the Pod that made it so, and kubelet's Warning events about it. */
export interface PodResolvConf extends ResolvConf {
  readonly because: readonly Origin[]
  readonly events: readonly {
    readonly reason: 'DNSConfigForming' | 'MissingClusterDNS'
    readonly message: string
  }[]
}

/** On what kubelet builds: the cluster's DNS, the node's own file, or nothing. `ClusterFirst` on the host's network means the node's. */
export function dnsBaseOf(pod: Pick<Pod, 'dnsPolicy' | 'hostNetwork'>): 'cluster' | 'node' | 'empty' {
  switch (pod.dnsPolicy) {
    case 'ClusterFirst':
      return pod.hostNetwork ? 'node' : 'cluster'
    case 'ClusterFirstWithHostNet':
      return 'cluster'
    case 'Default':
      return 'node'
    case 'None':
      return 'empty'
  }
}

/**
 * The resolv.conf that kubelet gives the Pod: dnsPolicy, then dnsConfig appended, then the limits. Merged options keep the order of
 * their first mention (upstream their order is that of a Go map: random).
 * @param input.clusterDns kubelet's clusterDNS; empty: ClusterFirst falls back to the node's file
 * @param input.nodeResolvConf the file that kubelet's `resolvConf` names; left out: that setting is `""`
 */
export function podResolvConf(
  pod: Pod,
  input: {
    readonly clusterDns: readonly IpAddress[]
    readonly dnsDomain: string
    readonly nodeResolvConf?: ResolvConf
  },
): PodResolvConf {
  const wanted = dnsBaseOf(pod)
  const fallsBack = wanted === 'cluster' && input.clusterDns.length === 0
  const base = baseLists(fallsBack ? 'node' : wanted, pod, input)
  const own = pod.dnsConfig ?? { nameservers: [], searches: [], options: [] }
  const ownServers = own.nameservers.flatMap((text) => parseIp(text) ?? [])
  const nameservers = limitNameservers([...new Set([...base.nameservers, ...ownServers])])
  const searches = limitSearches([...new Set([...base.searches, ...own.searches])])
  const options = mergeOptions(base.options, own.options)
  const forming = [searches.event, nameservers.event].flatMap((message) => message ?? [])
  const missing =
    'kubelet does not have ClusterDNS IP configured and cannot create Pod using "ClusterFirst" policy. Falling back to "Default" policy.'
  return {
    ...withNumbers({ nameservers: nameservers.applied, searches: searches.applied, options }, 'glibc'),
    because: [{ object: pod.ref, paths: decidingFields(pod) }],
    events: [
      ...(fallsBack ? [{ reason: 'MissingClusterDNS' as const, message: missing }] : []),
      ...forming.map((message) => ({ reason: 'DNSConfigForming' as const, message })),
    ],
  }
}

/** The file as the container runtime writes it: `search`, `nameserver`, `options`, each only where there is something to say. */
export function printResolvConf(conf: ResolvConf): string {
  const lines = [
    ...(conf.searches.length > 0 ? [`search ${conf.searches.join(' ')}`] : []),
    ...conf.nameservers.map((address) => `nameserver ${address}`),
    ...(conf.options.length > 0 ? [`options ${conf.options.join(' ')}`] : []),
  ]
  return lines.map((line) => `${line}\n`).join('')
}

/** Who reads the file: a resolver, or kubelet the node's file. */
export type ResolvConfReader = ResolverFlavour | 'kubelet'

/**
 * Reads the file as the program does. Cannot fail: what a program does not understand it leaves out. musl ignores lines of 255
 * characters and more whole; BusyBox nslookup reads no options; kubelet knows neither `domain` nor `;`. A file without nameserver
 * means 127.0.0.1 to every resolver, not to kubelet.
 */
export function parseResolvConf(text: string, flavour: ResolvConfReader): ResolvConf {
  const lines = readableLines(text, flavour)
  const nameservers = lines
    .filter(([key]) => key === 'nameserver')
    .flatMap(([, address]) => parseIp(address ?? '') ?? [])
  const isSearch = ([key]: readonly string[]) =>
    key === 'search' || (key === 'domain' && flavour !== 'kubelet')
  const searches = lines.findLast(isSearch)?.slice(1) ?? []
  const options = lines.filter(([key]) => key === 'options').map((words) => words.slice(1))
  const fallback = flavour === 'kubelet' ? [] : [ip('127.0.0.1')]
  return withNumbers(
    {
      nameservers:
        nameservers.length === 0 ? fallback : flavour === 'kubelet' ? nameservers : nameservers.slice(0, 3),
      searches: searches
        .slice(0, isBind(flavour) ? mostBindSearches : searches.length)
        .map((domain) => (keepsFinalDot(domain, flavour) ? domain : domain.replace(/\.$/, ''))),
      options: flavour === 'kubelet' ? (options.at(-1) ?? []) : options.flat(),
    },
    flavour,
  )
}

/** Whether kubelet refuses the node's file, and so starts no Pod that needs it: a `nameserver` without an address. */
export function kubeletRefuses(text: string): boolean {
  return readableLines(text, 'kubelet').some(
    ([key, address]) => key === 'nameserver' && address === undefined,
  )
}

function baseLists(
  base: 'cluster' | 'node' | 'empty',
  pod: Pod,
  input: Parameters<typeof podResolvConf>[1],
): Pick<ResolvConf, 'nameservers' | 'searches' | 'options'> {
  const node = input.nodeResolvConf
  switch (base) {
    case 'cluster': {
      const domain = input.dnsDomain
      const searches = [
        `${pod.ref.namespace}.svc.${domain}`,
        `svc.${domain}`,
        domain,
        ...(node?.searches ?? []),
      ]
      return { nameservers: input.clusterDns, searches, options: ['ndots:5'] }
    }
    case 'node':
      // With `resolvConf: ""` kubelet writes the loopback address and the root, so that nothing leaks from the node.
      return node ?? { nameservers: [ip('127.0.0.1')], searches: ['.'], options: [] }
    case 'empty':
      return { nameservers: [], searches: [], options: [] }
  }
}

function mergeOptions(
  base: readonly string[],
  own: readonly { readonly name: string; readonly value?: string }[],
): readonly string[] {
  const byName = new Map(base.map((word) => [word.split(':')[0], word]))
  for (const { name, value } of own)
    byName.set(name, value === undefined || value === '' ? name : `${name}:${value}`)
  return [...byName.values()]
}

function decidingFields(pod: Pod): Origin['paths'] {
  return [
    ['spec', 'dnsPolicy'],
    ...(pod.hostNetwork ? [['spec', 'hostNetwork']] : []),
    ...(pod.dnsConfig === undefined ? [] : [['spec', 'dnsConfig']]),
  ]
}

function readableLines(text: string, reader: ResolvConfReader): readonly (readonly string[])[] {
  return text
    .split('\n')
    .filter((line) => reader !== 'musl' || line.length < 255)
    .map((line) => line.replace(reader === 'kubelet' ? /#.*/ : /[#;].*/, '').trim())
    .filter((line) => line !== '')
    .map((line) => line.split(/\s+/))
}

/** Highest values that each reader accepts, what it has without an option, and how often it asks at least (glibc resolv/resolv.h; musl src/network/resolvconf.c; BIND lib/isc). */
const numberRules = {
  glibc: { ndots: 15, timeout: 30, attempts: 5, defaultAttempts: 2, leastAttempts: 1 },
  musl: { ndots: 15, timeout: 60, attempts: 10, defaultAttempts: 2, leastAttempts: 1 },
  bind: { ndots: 15, timeout: 30, attempts: 5, defaultAttempts: 3, leastAttempts: 1 },
  host: { ndots: 15, timeout: 30, attempts: 5, defaultAttempts: 2, leastAttempts: 2 },
} as const

/** BusyBox nslookup takes search domains as they are written, and prints them so. */
function keepsFinalDot(domain: string, reader: ResolvConfReader): boolean {
  return domain === '.' || reader === 'busybox-nslookup'
}

/** lib/irs/resconf.c, RESCONFMAXSEARCH: what stands behind is left out. */
const mostBindSearches = 8

function isBind(reader: ResolvConfReader): boolean {
  return ['dig', 'dig-search', 'host', 'nslookup'].includes(reader)
}

function rulesOf(reader: ResolvConfReader) {
  if (reader === 'musl' || reader === 'host') return numberRules[reader]
  return reader === 'glibc' || reader === 'kubelet' ? numberRules.glibc : numberRules.bind
}

function withNumbers(
  lists: Pick<ResolvConf, 'nameservers' | 'searches' | 'options'>,
  reader: ResolvConfReader,
): ResolvConf {
  const rules = rulesOf(reader)
  const options = reader === 'busybox-nslookup' ? [] : lists.options
  const read = (name: string, fallback: number, highest: number) => {
    const word = options.findLast((option) => option.startsWith(`${name}:`))
    const value = Number.parseInt(word?.slice(name.length + 1) ?? '', 10)
    return Number.isNaN(value) || value < 0 ? fallback : Math.min(value, highest)
  }
  return {
    ...lists,
    ndots: read('ndots', 1, rules.ndots),
    timeoutSeconds: read('timeout', 5, rules.timeout) || 1,
    attempts: Math.max(rules.leastAttempts, read('attempts', rules.defaultAttempts, rules.attempts)),
  }
}
