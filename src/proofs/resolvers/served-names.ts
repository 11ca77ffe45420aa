/** The name servers of the cases: our CoreDNS over the chapter's cluster and over one made for this, and servers that follow rules. */
import { scenarioState } from '../../scenarios/scenario-state.ts'
import { scenarios } from '../../scenarios/scenarios.ts'
import { clusterFrom } from '../../sim/dns/cluster.fixture.ts'
import { answerQuery, openCoreDns } from '../../sim/dns/coredns.ts'
import { parseCorefile } from '../../sim/dns/corefile.ts'
import type { DnsCluster } from '../../sim/dns/kubernetes-index.ts'
import { parseResolvConf } from '../../sim/dns/resolv-conf.ts'
import type { ServerReply } from '../../sim/dns/resolver-step.ts'
import { openStream } from '../../sim/draw.ts'
import type { IpAddress } from '../../sim/network/address.ts'
import { createLab } from '../../sim/lab.ts'
import { serverReply, type GoldenRule } from '../conformance/dns-golden.ts'
import type { Lane, ServerPlace } from './lane.ts'
import type { Answering } from './name-server.ts'

/** A name server: what it answers, whichever of its addresses is asked. */
export type Served = (lane: Lane) => Answering

/** CoreDNS as the chapter's cluster has it, which reaches no upstream. */
export function chapterNames(): Served {
  const [scenario] = scenarios
  if (scenario === undefined) throw new Error('no scenario ships')
  const { cluster } = createLab(scenarioState(scenario))
  const corefile = cluster.configMaps.find(({ ref }) => ref.name === 'coredns')?.data['Corefile']
  return () => coreDns(cluster, corefile ?? '', [])
}

/** A cluster with a Service of each kind, whose CoreDNS forwards to a resolver that knows some names of the Internet. */
export function madeNames(): Served {
  const cluster = clusterFrom(objects)
  return () => coreDns(cluster, corefile, internet)
}

/** By address rules as the golden cases write them; an address that is not named is silent. */
export function ruledNames(rules: Partial<Record<ServerPlace, readonly GoldenRule[]>>): Served {
  return ({ addresses }) => {
    const servers = Object.fromEntries(
      Object.entries(rules).map(([place, list]) => [addressOf(addresses, place), list]),
    )
    return (server, query, transport) => heardReply(serverReply(servers, server, query, transport))
  }
}

function addressOf(addresses: Lane['addresses'], place: string): string {
  return Object.entries(addresses).find(([name]) => name === place)?.[1] ?? ''
}

/** What a socket that listens can give. */
function heardReply(reply: ServerReply): ReturnType<Answering> {
  if (reply.kind === 'port-unreachable') throw new Error('a port that nothing listens on answers nothing')
  return reply
}

const objects = `
  Namespace default
  Namespace kube-system
  Namespace web
  Service default/web 10.100.0.1 http:80/TCP
  Service web/api 10.100.0.2 https:443/TCP
  Service default/six fd00:10:96::6 http:80/TCP
  Service default/db None sql:3306/TCP
  Endpoints default/db 10.1.0.1=db-0 10.1.0.2=db-1 10.1.0.3=db-2 sql:3306/TCP
  Service default/dozen None http:80/TCP
  Endpoints default/dozen ${Array.from({ length: 24 }, (_, index) => `10.1.1.${index + 1}`).join(' ')} http:80/TCP
  Service default/crowd None http:80/TCP
  Endpoints default/crowd ${Array.from({ length: 60 }, (_, index) => `10.1.2.${index + 1}`).join(' ')} http:80/TCP
  Service default/empty None http:80/TCP
  Service default/inside ExternalName web.default.svc.cluster.local
  Service default/outside ExternalName www.example.com
  Service default/nowhere ExternalName nope.example.com
  Service kube-system/kube-dns 10.96.0.10 dns:53/UDP dns-tcp:53/TCP
`

const corefile = `.:53 {
    errors
    kubernetes cluster.local in-addr.arpa ip6.arpa {
       pods insecure
       fallthrough in-addr.arpa ip6.arpa
       ttl 30
    }
    forward . 192.0.2.53
    loadbalance
}
`

const soa = 'ns.example.com. admin.example.com. 2026112501 7200 3600 1209600 300'

const chain = ['@ 300 IN CNAME edge.example.com.', 'edge.example.com. 300 IN CNAME edge.cdn.example.net.']

/** `www` is a chain of two CNAMEs; `lame` gets SERVFAIL, `secret` REFUSED. */
const internet: readonly GoldenRule[] = [
  {
    name: 'www.example.com.',
    type: 'A',
    flags: ['ra'],
    answer: [...chain, 'edge.cdn.example.net. 60 IN A 198.51.100.7'],
  },
  { name: 'www.example.com.', type: 'AAAA', flags: ['ra'], answer: chain },
  { name: 'edge.cdn.example.net.', type: 'AAAA', flags: ['ra'] },
  { name: 'edge.cdn.example.net.', type: 'MX', flags: ['ra'] },
  { name: 'mail.example.com.', type: 'A', flags: ['ra'], answer: ['@ 300 IN A 198.51.100.25'] },
  { name: 'mail.example.com.', type: 'AAAA', flags: ['ra'], answer: ['@ 300 IN AAAA 2001:db8::25'] },
  { name: 'mail.example.com.', type: 'MX', flags: ['ra'], answer: ['@ 300 IN MX 10 mail.example.com.'] },
  {
    name: 'mail.example.com.',
    type: 'TXT',
    flags: ['ra'],
    answer: ['@ 300 IN TXT "v=spf1 mx -all"'],
  },
  { name: 'example.com.', type: 'SOA', flags: ['ra'], answer: [`@ 3600 IN SOA ${soa}`] },
  { name: 'example.com.', type: 'NS', flags: ['ra'], answer: ['@ 3600 IN NS ns.example.com.'] },
  { name: 'example.com.', flags: ['ra'], authority: [`example.com. 300 IN SOA ${soa}`] },
  { name: 'mail.example.com.', flags: ['ra'], authority: [`example.com. 300 IN SOA ${soa}`] },
  { name: 'lame.example.com.', rcode: 'SERVFAIL', flags: ['ra'] },
  { name: 'secret.example.com.', rcode: 'REFUSED' },
  { rcode: 'NXDOMAIN', flags: ['ra'], authority: [`example.com. 300 IN SOA ${soa}`] },
]

function coreDns(cluster: DnsCluster, text: string, upstream: readonly GoldenRule[]): Answering {
  const { config, problems } = parseCorefile(text)
  if (config === undefined) throw new Error(`the Corefile does not start: ${JSON.stringify(problems)}`)
  const server = openCoreDns({
    corefile: config,
    cluster,
    nodeResolvConf: parseResolvConf('nameserver 192.0.2.53\n', 'kubelet'),
    upstream: (address, query) => upstreamReply(address, query, upstream),
    draw: openStream(1, 'resolvers/coredns'),
  })
  return (_, query, transport) => {
    const { reply } = answerQuery(server, query, { now: 0, transport })
    return { kind: 'reply', message: reply, afterMs: 0 }
  }
}

function upstreamReply(
  address: IpAddress,
  query: Parameters<Answering>[1],
  rules: readonly GoldenRule[],
): ServerReply {
  if (rules.length === 0) return { kind: 'port-unreachable', afterMs: 0 }
  return serverReply({ [address]: rules }, address, query, 'UDP')
}
