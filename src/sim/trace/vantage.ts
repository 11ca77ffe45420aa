/** Where a request can start, and what the programs there have: resolver, hosts file, C library. */
import type { Cluster } from '../cluster/cluster.ts'
import type { Pod } from '../cluster/objects.ts'
import type { ResolverFlavour } from '../dns/flavour.ts'
import { hostsOfPod, type HostsFile } from '../dns/hosts-file.ts'
import { podResolvConf, type PodResolvConf, type ResolvConf } from '../dns/resolv-conf.ts'
import { ip } from '../network/address.ts'
import { LAPTOP } from './outside-hosts.ts'
import { podHost } from './pod-host.ts'
import type { Party } from './run.ts'
import type { LookupTarget } from './parse-lookup.ts'
import type { Program, TraceRequest, Vantage } from './request.ts'
import { isCoreDns } from './subjects.ts'
import { surroundingsOf } from './surroundings.ts'

/** A vantage that exists. A laptop has no resolv.conf of ours: it knows the names of DNSEndpoints. */
export type Place =
  | { readonly kind: 'pod'; readonly party: Party; readonly pod: Pod }
  | { readonly kind: 'node'; readonly party: Party; readonly node: string }
  | { readonly kind: 'laptop'; readonly party: Party }

/** Finds a vantage: `pod/NAMESPACE/NAME` that runs, a node's name, or `laptop`. */
export function findVantage(cluster: Cluster, vantage: Vantage): Place | undefined {
  const subject = { kind: 'client', vantage } as const
  if (vantage === LAPTOP) return { kind: 'laptop', party: { host: LAPTOP, subject } }
  const [kind, namespace, name] = vantage.split('/')
  if (kind === 'pod') {
    const pod = cluster.pods.find((each) => each.ref.namespace === namespace && each.ref.name === name)
    if (pod?.ip === undefined || pod.nodeName === undefined) return undefined
    return { kind: 'pod', party: { host: podHost(pod), subject }, pod }
  }
  const node = cluster.nodes.find((each) => each.ref.name === vantage)
  return node === undefined
    ? undefined
    : { kind: 'node', party: { host: node.ref.name, subject }, node: node.ref.name }
}

/** The Pod's /etc/resolv.conf as kubelet wrote it. clusterDNS is the address of the Service kube-dns in kube-system, as kubeadm sets it. */
export function resolvConfOfPod(cluster: Cluster, pod: Pod): PodResolvConf {
  const kubeDns = cluster.services.find(
    (service) => service.ref.namespace === 'kube-system' && service.ref.name === 'kube-dns',
  )
  return podResolvConf(pod, {
    clusterDns: kubeDns?.clusterIps ?? [],
    dnsDomain: cluster.config.dnsDomain,
    nodeResolvConf: nodeResolvConf(cluster),
  })
}

/** A node's own resolv.conf: the LAN's router, which in the closed classroom answers no question (port unreachable). Assumed. */
export function nodeResolvConf(cluster: Cluster): ResolvConf {
  const router = surroundingsOf(cluster).lans[0]?.router ?? ip('192.168.61.1')
  return { nameservers: [router], searches: [], ndots: 1, timeoutSeconds: 5, attempts: 2, options: [] }
}

/** /etc/hosts of the vantage. A node maps its own name to 127.0.2.1 and the others' to their addresses. */
export function hostsOf(cluster: Cluster, place: Place): HostsFile {
  switch (place.kind) {
    case 'pod':
      return place.pod.hostNetwork
        ? nodeHosts(cluster, place.pod.nodeName ?? '')
        : hostsOfPod(place.pod, cluster.config.dnsDomain)
    case 'node':
      return nodeHosts(cluster, place.node)
    case 'laptop':
      return { lines: [{ kind: 'entry', address: '127.0.0.1', names: ['localhost'] }] }
  }
}

function nodeHosts(cluster: Cluster, own: string): HostsFile {
  return {
    lines: [
      { kind: 'entry', address: '127.0.0.1', names: ['localhost'] },
      ...cluster.nodes.map((node) => ({
        kind: 'entry' as const,
        address: node.ref.name === own ? '127.0.2.1' : (node.addresses[0] ?? ''),
        names: [node.ref.name],
      })),
    ],
  }
}

/** Whose rules getaddrinfo follows at the vantage: those of the image's C library. */
export function libraryOf(place: Place): 'glibc' | 'musl' {
  return place.kind === 'pod' && hasMusl(place.pod) ? 'musl' : 'glibc'
}

/** Whose rules a lookup follows: told by the program where it has a resolver of its own, else by the C library of the image. */
export function flavourOf(place: Place, { program = 'curl', search }: TraceRequest): ResolverFlavour {
  switch (program) {
    case 'dig':
      return search === true ? 'dig-search' : 'dig'
    case 'busybox-nslookup':
    case 'nslookup':
    case 'host':
      return program
    case 'curl':
    case 'wget':
    case 'busybox-wget':
    case 'ping':
    case 'getent':
      return libraryOf(place)
  }
}

/** The program that a lookup's line names: an image with BusyBox has its nslookup. */
export function lookupProgram(
  place: Place,
  named: LookupTarget['program'],
  { program }: TraceRequest,
): Program {
  if (program !== undefined) return program
  return named === 'nslookup' && libraryOf(place) === 'musl' ? 'busybox-nslookup' : named
}

/** The program that asks for a page where none is named: what the image has of the kind. BusyBox brings wget, the others have curl. */
export function httpProgram(place: Place, { program }: TraceRequest): 'curl' | 'wget' | 'busybox-wget' {
  if (program === 'wget' || program === 'busybox-wget' || program === 'curl') return program
  return place.kind === 'pod' && hasMusl(place.pod) ? 'busybox-wget' : 'curl'
}

/** Alpine's C library is musl; so are busybox's usual tags taken to be. Assumed from the image's name. */
function hasMusl(pod: Pod): boolean {
  return (
    pod.containers.some((container) => /alpine|busybox|curlimages|netshoot/.test(container.image)) ||
    isCoreDns(pod)
  )
}
