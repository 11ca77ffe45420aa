/**
 * /etc/hosts of a Pod, as kubelet writes it (kubernetes pkg/kubelet/kubelet_pods.go), and how getaddrinfo reads it: before DNS.
 * dig, host and both nslookups never look into it.
 */
import type { Origin } from '../cluster/object-ref.ts'
import type { Pod } from '../cluster/objects.ts'
import { parseIp } from '../network/address.ts'
import type { IpAddress } from '../network/address.ts'

/** The file, line by line. An entry's `address` is its text; one that is no address is printed and never found. */
export interface HostsFile {
  readonly lines: readonly HostsLine[]
}

export type HostsLine =
  | { readonly kind: 'text'; readonly text: string }
  | {
      readonly kind: 'entry'
      readonly address: string
      readonly names: readonly string[]
      /** The field of the Pod that put it there; absent for what every file has. */
      readonly because?: Origin
    }

/** The Pod's /etc/hosts. A Pod finds its own name here, never through DNS. Without addresses yet only the loopback lines stand. */
export function hostsOfPod(pod: Pod, dnsDomain: string): HostsFile {
  const hostname = pod.hostname ?? pod.ref.name
  const names =
    pod.subdomain === undefined || pod.subdomain === ''
      ? [hostname]
      : [`${hostname}.${pod.subdomain}.${pod.ref.namespace}.svc.${dnsDomain}`, hostname]
  const aliases = pod.hostAliases.map((alias, index): HostsLine => ({
    kind: 'entry',
    address: alias.ip,
    names: alias.hostnames,
    because: { object: pod.ref, paths: [['spec', 'hostAliases', index]] },
  }))
  return {
    lines: [
      // On the host's network kubelet starts from the node's own file; what stands in that file is not modelled, the loopback lines are.
      text(`# Kubernetes-managed hosts file${pod.hostNetwork ? ' (host network)' : ''}.`),
      ...loopback,
      ...(pod.hostNetwork ? [] : pod.ips.map((address): HostsLine => ({ kind: 'entry', address, names }))),
      ...(aliases.length > 0 ? [text(''), text('# Entries added by HostAliases.'), ...aliases] : []),
    ],
  }
}

/** Reads a hosts file (hosts(5)). Cannot fail: lines that are no entry are kept as text. */
export function parseHosts(content: string): HostsFile {
  const lines = content.replace(/\n$/, '').split('\n')
  return {
    lines: lines.map((line) => {
      const [address, ...names] = line.replace(/#.*/, '').trim().split(/\s+/)
      return address === undefined || names.length === 0 ? text(line) : { kind: 'entry', address, names }
    }),
  }
}

/** The addresses of a name, in the order of the file; none: ask DNS. Case is ignored; a final dot as typed never matches. */
export function lookupHosts(hosts: HostsFile, name: string): readonly IpAddress[] {
  const low = name.toLowerCase()
  return hosts.lines.flatMap((line) => {
    if (line.kind === 'text' || !line.names.some((each) => each.toLowerCase() === low)) return []
    return parseIp(line.address) ?? []
  })
}

/** The names of an address, canonical one first, of the first line that has it; undefined: ask DNS. */
export function lookupHostsAddress(hosts: HostsFile, address: IpAddress): readonly string[] | undefined {
  const line = hosts.lines.find((each) => each.kind === 'entry' && parseIp(each.address) === address)
  return line?.kind === 'entry' ? line.names : undefined
}

/** The file's text, fields parted by tabs. */
export function printHosts(hosts: HostsFile): string {
  return hosts.lines
    .map((line) => (line.kind === 'text' ? line.text : [line.address, ...line.names].join('\t')))
    .map((line) => `${line}\n`)
    .join('')
}

function text(line: string): HostsLine {
  return { kind: 'text', text: line }
}

const loopback: readonly HostsLine[] = [
  { kind: 'entry', address: '127.0.0.1', names: ['localhost'] },
  { kind: 'entry', address: '::1', names: ['localhost', 'ip6-localhost', 'ip6-loopback'] },
  { kind: 'entry', address: 'fe00::0', names: ['ip6-localnet'] },
  { kind: 'entry', address: 'fe00::0', names: ['ip6-mcastprefix'] },
  { kind: 'entry', address: 'fe00::1', names: ['ip6-allnodes'] },
  { kind: 'entry', address: 'fe00::2', names: ['ip6-allrouters'] },
]
