/**
 * A simulated {@link Network} as network namespaces of the real kernel: a namespace a host, a bridge a LAN, a veth pair a link, the
 * very addresses and routes. Nothing is described twice: what is simulated is what is built. All names begin with `podpath-`.
 */
import { ipVersion } from '../../sim/network/address.ts'
import type { Host, Link, Network, Route } from '../../sim/network/network.ts'
import { run } from './commands.ts'
import { tellPeers, tunnelLines } from './tunnels.ts'

/** The namespace of a host. */
export function namespaceOf(host: string): string {
  return `podpath-${host.replaceAll('/', '.')}`
}

/** Builds all of it. */
export async function buildMachines(network: Network): Promise<void> {
  const lans = Object.entries(network.links).filter(([, link]) => link.kind === 'lan')
  const hosts = Object.values(network.hosts)
  await ipBatch(
    [...hosts.map(({ name }) => namespaceOf(name)), ...lans.map((_, index) => lanNamespace(index))].map(
      (name) => `netns add ${name}`,
    ),
  )
  // Interfaces take over the settings that stand when they are made.
  await Promise.all(hosts.map(setKernel))
  await ipBatch(lans.map((_, index) => `-n ${lanNamespace(index)} link add br0 type bridge`))
  await ipBatch([
    ...lans.flatMap(([, link], index) =>
      link.ends.flatMap((end, port) => [
        `link add ${end.interfaceName} netns ${namespaceOf(end.host)} type veth peer name port${port} netns ${lanNamespace(index)}`,
        `-n ${lanNamespace(index)} link set port${port} master br0 up`,
      ]),
    ),
    ...lans.map((_, index) => `-n ${lanNamespace(index)} link set br0 up`),
    ...pairs(network),
  ])
  await Promise.all(hosts.map(setUp))
  await ipBatch(gatewayNeighbours(network, await macs(network)))
}

/**
 * Says on every LAN who answers for an address that no interface has: a load balancer's, which a node announces.
 * @param before what an earlier call gave: these are unsaid first
 * @returns the addresses said now
 */
export async function announce(network: Network, before: readonly string[]): Promise<readonly string[]> {
  const ends = Object.values(network.hosts).flatMap((host) =>
    host.interfaces.map(({ name, link, announces = [] }) => ({ host: host.name, name, link, announces })),
  )
  const mac = await macs(network)
  const announced = ends.filter(({ announces }) => announces.length > 0)
  const lans = ends.filter(({ link }) => network.links[link]?.kind === 'lan')
  const said = announced.flatMap((owner) =>
    owner.announces.flatMap((address) =>
      lans
        .filter((each) => each.link === owner.link && each.host !== owner.host)
        .map((each) => ({ ...each, address, mac: mac.get(`${owner.host} ${owner.name}`) ?? '' })),
    ),
  )
  await ipBatch([
    ...lans.flatMap(({ host, name }) =>
      before.map((address) => `-n ${namespaceOf(host)} neigh flush to ${address} dev ${name} nud permanent`),
    ),
    ...said.map(
      (each) =>
        `-n ${namespaceOf(each.host)} neigh replace ${each.address} lladdr ${each.mac} dev ${each.name} nud permanent`,
    ),
  ])
  return announced.flatMap(({ announces }) => announces)
}

/** Takes a Pod's veth pair away; its routes go with it. */
export async function unplug(network: Network, pod: string): Promise<void> {
  const [, { host, interfaceName }] = vethOf(network, pod)
  await ipBatch([`-n ${namespaceOf(host)} link del ${interfaceName}`])
}

/** Puts it back as {@link buildMachines} has built it. */
export async function plugIn(network: Network, pod: string): Promise<void> {
  const [own, other] = vethOf(network, pod)
  const [host, node] = [network.hosts[own.host], network.hosts[other.host]]
  if (host === undefined || node === undefined) throw new Error(`no machine ${pod}`)
  await ipBatch([pairLine(own, other)])
  await setUp(host)
  const routes = node.routes.filter(
    (route) => route.kind === 'unicast' && route.interfaceName === other.interfaceName,
  )
  await ipBatch(
    [`link set ${other.interfaceName} up`, ...routes.map((route) => `route replace ${routeText(route)}`)].map(
      (line) => `-n ${namespaceOf(node.name)} ${line}`,
    ),
  )
  const alone = {
    ...network,
    links: { veth: { kind: 'point-to-point', latencyMs: 0, ends: [own, other] } },
  } as const
  await ipBatch(gatewayNeighbours(alone, await macs(network)))
}

type End = Link['ends'][number]

/** The Pod's end and its node's. */
function vethOf(network: Network, pod: string): readonly [End, End] {
  for (const { kind, ends } of Object.values(network.links)) {
    const own = ends.find(({ host }) => host === pod)
    const other = ends.find(({ host }) => host !== pod)
    if (kind === 'point-to-point' && own !== undefined && other !== undefined) return [own, other]
  }
  throw new Error(`no veth of ${pod}`)
}

function lanNamespace(index: number): string {
  return `podpath-lan${index}`
}

function pairs(network: Network): readonly string[] {
  return Object.values(network.links).flatMap(({ kind, ends: [one, other] }) =>
    kind === 'lan' || one === undefined || other === undefined ? [] : [pairLine(one, other)],
  )
}

function pairLine(one: End, other: End): string {
  return `link add ${one.interfaceName} netns ${namespaceOf(one.host)} type veth peer name ${other.interfaceName} netns ${namespaceOf(other.host)}`
}

async function setKernel(host: Host): Promise<void> {
  await run('ip', ['netns', 'exec', namespaceOf(host.name), 'sysctl', '-q', '-w', ...sysctls(host)])
}

async function setUp(host: Host): Promise<void> {
  const namespace = namespaceOf(host.name)
  const own = host.interfaces.filter(({ name }) => name !== 'lo')
  await ipBatch(
    [
      'link set lo up',
      ...tunnelLines(host),
      // Bare addresses: the LAN's route stands among the routes.
      ...own.flatMap(({ name, addresses }) =>
        addresses.map((address) =>
          ipVersion(address) === 4
            ? `addr add ${address}/32 dev ${name}`
            : `addr add ${address}/128 dev ${name} nodad noprefixroute`,
        ),
      ),
      ...own.map(({ name }) => `link set ${name} up`),
      ...host.routes.toSorted(linkFirst).map((route) => `route replace ${routeText(route)}`),
      // A router that knows its LANs alone and says nothing of the rest.
      ...(host.noRoute === 'silent'
        ? ['route replace blackhole 0.0.0.0/0', 'route replace blackhole ::/0']
        : []),
    ].map((line) => `-n ${namespace} ${line}`),
  )
  await tellPeers(host, namespace)
}

/** Takes all of it down again; what ran in it must have ended. */
export async function removeMachines(network: Network): Promise<void> {
  const lans = Object.values(network.links).filter(({ kind }) => kind === 'lan')
  const namespaces = [
    ...Object.keys(network.hosts).map(namespaceOf),
    ...lans.map((_, index) => lanNamespace(index)),
  ]
  await ipBatch(namespaces.map((name) => `netns del ${name}`))
}

/** As a node of a cluster is set (kubeadm, kube-proxy, Calico). No detection of duplicate IPv6 addresses, which would take a second. */
function sysctls({ forwards, hasNetfilter }: Host): readonly string[] {
  return [
    'net.ipv6.conf.default.accept_dad=0',
    'net.ipv6.conf.default.accept_ra=0',
    'net.ipv6.conf.default.accept_redirects=0',
    'net.ipv4.conf.all.rp_filter=0',
    'net.ipv4.conf.default.rp_filter=0',
    'net.ipv4.conf.all.send_redirects=0',
    'net.ipv4.conf.default.send_redirects=0',
    'net.ipv4.conf.all.accept_redirects=0',
    // Many flows at once would meet the ration of ICMP errors; ration-cases.ts proves it by itself.
    'net.ipv4.icmp_ratelimit=0',
    'net.ipv6.icmp.ratelimit=0',
    `net.ipv4.ip_forward=${forwards ? 1 : 0}`,
    `net.ipv6.conf.all.forwarding=${forwards ? 1 : 0}`,
    ...(hasNetfilter ? ['net.ipv4.conf.all.route_localnet=1'] : []),
  ]
}

function routeText(route: Route): string {
  const { destination, protocol } = route
  if (route.kind === 'blackhole') return `blackhole ${destination} proto ${protocol}`
  const { interfaceName, via, source, onlink } = route
  const isIpv6 = ipVersion(destination) === 6
  return [
    destination,
    ...(via === undefined ? [] : [`via ${via}`]),
    `dev ${interfaceName}`,
    // What ip gives by itself; written out, iproute2 6.1 takes it for the number of a line before (lib/rt_names.c, rtnl_rtprot_a2n).
    ...(protocol === 'boot' ? [] : [`proto ${protocol}`]),
    ...(isIpv6 || via !== undefined ? [] : ['scope link']),
    ...(onlink === undefined ? [] : ['onlink']),
    // IPv6 chooses among the interface's addresses by itself.
    ...(isIpv6 || source === undefined ? [] : [`src ${source}`]),
    ...(isIpv6 && protocol === 'kernel' ? ['metric 256'] : []),
  ].join(' ')
}

/** A gateway must be reachable before a route goes over it. */
function linkFirst(a: Route, b: Route): number {
  const rank = (route: Route) => (route.kind === 'unicast' && route.via !== undefined ? 1 : 0)
  return rank(a) - rank(b)
}

/** Calico's gateway 169.254.1.1 is on no interface: the node answers for it by proxy ARP, which stands here as a neighbour. */
function gatewayNeighbours(network: Network, mac: ReadonlyMap<string, string>): readonly string[] {
  return Object.values(network.links).flatMap(({ kind, ends }) => {
    if (kind === 'lan') return []
    return ends.flatMap((end) => {
      const host = network.hosts[end.host]
      const other = ends.find((each) => each !== end)
      if (host === undefined || other === undefined || host.forwards) return []
      const lladdr = mac.get(`${other.host} ${other.interfaceName}`) ?? ''
      return host.routes.flatMap((route) =>
        route.kind === 'unicast' && route.via !== undefined
          ? [
              `-n ${namespaceOf(host.name)} neigh replace ${route.via} lladdr ${lladdr} dev ${end.interfaceName} nud permanent`,
            ]
          : [],
      )
    })
  })
}

/** The link-layer address of every interface, by `HOST INTERFACE`. */
async function macs(network: Network): Promise<ReadonlyMap<string, string>> {
  const found = await Promise.all(
    Object.keys(network.hosts).map(async (host) => {
      const text = await run('ip', ['-n', namespaceOf(host), '-j', 'link'])
      const links = JSON.parse(text) as readonly { readonly ifname: string; readonly address: string }[]
      return links.map(({ ifname, address }) => [`${host} ${ifname}`, address] as const)
    }),
  )
  return new Map(found.flat())
}

/** Many commands of `ip` in one process. Namespaces are named in the lines themselves, so each goes by its own `-n`. */
async function ipBatch(lines: readonly string[]): Promise<void> {
  const byNamespace = new Map<string, string[]>()
  for (const line of lines) {
    const [, namespace = '', rest = line] = /^-n (\S+) (.*)$/.exec(line) ?? []
    byNamespace.set(namespace, [...(byNamespace.get(namespace) ?? []), rest])
  }
  for (const [namespace, commands] of byNamespace)
    await run(
      'ip',
      [...(namespace === '' ? [] : ['-n', namespace]), '-batch', '-'],
      `${commands.join('\n')}\n`,
    )
}
