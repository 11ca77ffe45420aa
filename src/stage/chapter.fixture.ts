/**
 * The chapter's cluster and two traces on it, as the lab gives them, for tests and for looking at the page without the simulator.
 * Texts are literal: a phrase whose id no catalogue has is shown as its id.
 */
import { ip } from '../sim/network/address.ts'
import type { Packet, TcpFlag } from '../sim/network/packet.ts'
import type { PhraseId } from '../sim/phrase-ids.ts'
import type { Phrase } from '../sim/phrase.ts'
import type { ObjectRef } from '../sim/cluster/object-ref.ts'
import type { ChainRowView, PodView, ServicePortView, ServiceView, Snapshot } from '../sim/snapshot.ts'
import type { TraceRequest } from '../sim/trace/request.ts'
import type {
  Because,
  Candidate,
  Evidence,
  Exchange,
  Hop,
  Place,
  Subject,
  Trace,
} from '../sim/trace/trace.ts'

// The simulator's own ids stand in for these texts once it says them.
const said = (text: string): Phrase => ({ id: text as PhraseId, values: {} })
const pod = (name: string, namespace = 'default'): ObjectRef => ({ kind: 'Pod', namespace, name })
const service = (name: string, namespace = 'default'): ObjectRef => ({ kind: 'Service', namespace, name })

const nginxPods = ['zwx27', '78bwx', 'wh479', '2wqc7', 'dtx7s'].map((end) => `nginx-7c5ddbdf54-${end}`)
const coreDnsPods = ['coredns-6f6b679f8f-q7x2k', 'coredns-6f6b679f8f-m5w8p'] as const
const addressOf: Readonly<Record<string, string>> = {
  ...Object.fromEntries(nginxPods.slice(0, 4).map((name, i) => [name, `172.31.239.${228 + i}`])),
  [nginxPods[4] ?? '']: '172.31.89.240',
  [coreDnsPods[0]]: '172.31.239.193',
  [coreDnsPods[1]]: '172.31.25.194',
}
const because: Because = {
  object: service('nginx'),
  file: 'nginx-service.yaml',
  range: { line: 10, endLine: 11, from: 106, to: 133 },
}

/** The cluster of the chapter with five nginx Pods behind a Service. */
export const chapterSnapshot: Snapshot = {
  revision: 1,
  scenario: 'chapter-9',
  nodes: ['host01', 'host02', 'host03'].map((name, i) => ({
    name,
    address: `192.168.61.${11 + i}`,
    ready: true,
  })),
  pods: [
    podView(pod('pod'), 'host01', '172.31.239.199', { image: 'alpine' }),
    ...nginxPods.map((name, i) =>
      podView(pod(name), i < 4 ? 'host01' : 'host02', addressOf[name] ?? '', {
        listens: 80,
        of: service('nginx'),
      }),
    ),
    ...coreDnsPods.map((name, i) =>
      podView(pod(name, 'kube-system'), i === 0 ? 'host01' : 'host03', addressOf[name] ?? '', {
        role: 'dns',
        listens: 53,
        of: service('kube-dns', 'kube-system'),
      }),
    ),
    podView(pod('metrics-server-587b667b55-x4k9z', 'kube-system'), 'host03', '172.31.25.195', {
      role: 'system',
      listens: 4443,
      of: service('metrics-server', 'kube-system'),
    }),
    podView(pod('ingress-nginx-controller-5d9f8c7b6-w2p4q', 'ingress-nginx'), 'host02', '172.31.89.241', {
      role: 'ingress',
      listens: 80,
      of: service('ingress-nginx-controller', 'ingress-nginx'),
    }),
  ],
  services: [
    serviceView(service('kubernetes'), '10.96.0.1', 'system', [port('https', 443, '6443', [])]),
    serviceView(service('nginx'), '10.100.221.220', 'app', [
      port('', 80, '80', rowsTo('default/nginx', nginxPods, 'default', 80)),
    ]),
    serviceView(service('kube-dns', 'kube-system'), '10.96.0.10', 'dns', [
      port('dns', 53, '53', rowsTo('kube-system/kube-dns', coreDnsPods, 'kube-system', 53), 'UDP'),
      port('dns-tcp', 53, '53', rowsTo('kube-system/kube-dns', coreDnsPods, 'kube-system', 53)),
    ]),
    serviceView(service('metrics-server', 'kube-system'), '10.105.140.176', 'system', [
      port('https', 443, 'https', rowsTo('m', ['metrics-server-587b667b55-x4k9z'], 'kube-system', 4443)),
    ]),
    serviceView(service('ingress-nginx-controller', 'ingress-nginx'), '10.98.41.7', 'ingress', [
      {
        ...port(
          'http',
          80,
          'http',
          rowsTo('i', ['ingress-nginx-controller-5d9f8c7b6-w2p4q'], 'ingress-nginx', 80),
        ),
        nodePort: 80,
      },
    ]),
  ],
  ingresses: [],
  vips: [{ address: '192.168.61.10', node: 'host01' }],
  outsideNames: [],
  vantages: [
    {
      id: 'pod/default/pod',
      kind: 'pod',
      name: 'pod',
      address: '172.31.239.199',
      namespace: 'default',
      node: 'host01',
    },
    { id: 'host01', kind: 'node', name: 'host01', address: '192.168.61.11', node: 'host01' },
    { id: 'laptop', kind: 'outside', name: 'laptop', address: '192.168.61.100' },
  ],
  files: [
    {
      name: 'nginx-service.yaml',
      text: 'apiVersion: v1\nkind: Service\nmetadata:\n  name: nginx\nspec:\n  selector:\n    app: nginx\n  ports:\n    - protocol: TCP\n      port: 80\n      targetPort: 80\n',
      applied: true,
      system: false,
    },
  ],
  diagnostics: [],
}

/** The same cluster after the Service's selector was spelt wrong. */
export const mismatchSnapshot: Snapshot = {
  ...chapterSnapshot,
  revision: 2,
  services: chapterSnapshot.services.map((view) =>
    view.ref.name === 'nginx' ? { ...view, ports: [port('', 80, '80', [])] } : view,
  ),
  pods: chapterSnapshot.pods.map((view) => ({
    ...view,
    services: view.services.filter((ref) => ref.name !== 'nginx'),
  })),
}

const request: TraceRequest = {
  from: 'pod/default/pod',
  url: 'http://nginx/',
  method: 'GET',
  headers: [],
  seed: 7,
}
const client: Subject = { kind: 'client', vantage: 'pod/default/pod' }
const host = (node: string, hook?: string): Place => ({
  host: node,
  hostKind: 'node',
  node,
  ...(hook === undefined ? {} : { hook }),
})
const inPod = (name: string, node: string, hook: string): Place => ({
  host: name,
  hostKind: 'pod',
  node,
  hook,
})
const fromPod = inPod('default/pod', 'host01', 'socket')

type Draft = Pick<Hop, 'kind' | 'phase' | 'packetId' | 'place' | 'subject' | 'before'> & {
  readonly lane: number
  /** Label, title, caption. */
  readonly says: readonly [string, string, string]
  readonly after?: Packet
  readonly back?: true
} & Partial<Pick<Hop, 'evidence' | 'because' | 'conntrack' | 'rulesTried' | 'message' | 'basis'>>

const query = udp('172.31.239.199', 47310, '10.96.0.10', 53, 'A, AAAA? nginx.default.svc.cluster.local.')
const queryIn = { ...query, dst: ip('172.31.239.193') }
const nameReply = udp('172.31.239.193', 53, '172.31.239.199', 47310, 'NOERROR 10.100.221.220')
const kubeDns: Subject = { kind: 'service', ref: service('kube-dns', 'kube-system') }
const coreDns: Subject = { kind: 'pod', ref: pod(coreDnsPods[0], 'kube-system') }

const lookup: readonly Draft[] = [
  {
    ...at('read-resolver', 'dns', 0, 1, inPod('default/pod', 'host01', 'resolver'), client, query),
    says: [
      'search list',
      'nginx: the search list comes first',
      'The name has no dot, fewer than five: the search list is tried first.',
    ],
    evidence: [searchList()],
    basis: 'assumed',
  },
  {
    ...at('send', 'dns', 0, 1, fromPod, client, query),
    says: [
      'A, AAAA? nginx…',
      'A, AAAA? nginx.default.svc.cluster.local',
      'The Pod asks the name server of its resolv.conf, a Service.',
    ],
  },
  {
    ...at('choose', 'dns', 0, 1, host('host01', 'nat PREROUTING'), kubeDns, query),
    says: ['draw', 'KUBE-SVC: 1 draw', 'The first of two CoreDNS Pods wins the draw.'],
    evidence: [
      chain('KUBE-SVC-TCOU7JCQXEZGVUNU', [
        drawn('kube-system/kube-dns/1', 0.27, 0.5, 'won'),
        always('kube-system/kube-dns/2', 'not-tried'),
      ]),
    ],
    rulesTried: 9,
  },
  {
    ...at('rewrite', 'dns', 0, 1, host('host01', 'nat PREROUTING'), kubeDns, query),
    says: ['DNAT', 'DNAT → 172.31.239.193:53', 'The name server’s Service address becomes a CoreDNS Pod’s.'],
    after: queryIn,
    conntrack: {
      node: 'host01',
      line: 'udp 17 30 src=172.31.239.199 dst=10.96.0.10 sport=47310 dport=53 [UNREPLIED] src=172.31.239.193 dst=172.31.239.199 sport=53 dport=47310 mark=0 use=1',
    },
  },
  {
    ...at(
      'answer',
      'dns',
      0,
      2,
      inPod(`kube-system/${coreDnsPods[0]}`, 'host01', 'socket'),
      coreDns,
      nameReply,
    ),
    says: [
      'NOERROR',
      'NOERROR 10.100.221.220',
      'CoreDNS knows the Service nginx in namespace default and answers with its ClusterIP.',
    ],
    back: true,
  },
  {
    ...at('repeat', 'dns', 0, 2, host('host01', 'nat PREROUTING'), kubeDns, nameReply),
    says: ['reply', 'reply: source is 10.96.0.10 again', 'Conntrack puts the Service’s address back.'],
    after: { ...nameReply, src: ip('10.96.0.10') },
    back: true,
  },
  {
    ...at('receive', 'dns', 0, 2, fromPod, client, { ...nameReply, src: ip('10.96.0.10') }),
    says: ['answer', 'nginx is 10.100.221.220', 'The Pod has the address: the ClusterIP of Service nginx.'],
    back: true,
  },
]

const clusterIp = '10.100.221.220'
const chosen = '172.31.89.240'
const syn = tcp('172.31.239.199', 41822, clusterIp, 80, ['SYN'])
const synIn = { ...syn, dst: ip(chosen) }
const synAck = tcp(chosen, 80, '172.31.239.199', 41822, ['SYN', 'ACK'])
const get = tcp('172.31.239.199', 41822, clusterIp, 80, ['PSH', 'ACK'])
const ok = tcp(chosen, 80, '172.31.239.199', 41822, ['PSH', 'ACK'])
const nginx: Subject = { kind: 'service', ref: service('nginx') }
const winner: Subject = { kind: 'pod', ref: pod(nginxPods[4] ?? '') }
const inWinner = inPod(`default/${nginxPods[4]}`, 'host02', 'socket')

const found: readonly Draft[] = [
  {
    ...at('send', 'nat', 1, 3, fromPod, client, syn),
    says: ['SYN', 'SYN → 10.100.221.220:80', 'The Pod opens a connection to the ClusterIP.'],
  },
  {
    ...at('dispatch', 'nat', 1, 3, host('host01', 'nat PREROUTING'), nginx, syn),
    says: [
      'KUBE-SERVICES',
      'KUBE-SERVICES: rule 2 matches',
      'The rule for the ClusterIP sends the packet to the Service’s chain.',
    ],
    because: [because],
    rulesTried: 4,
  },
  {
    ...at('choose', 'nat', 1, 3, host('host01', 'nat PREROUTING'), nginx, syn),
    says: [
      'draw',
      'KUBE-SVC: 4 draws, then always',
      'Four rules lose their draw, the fifth takes what is left.',
    ],
    evidence: [
      chain('KUBE-SVC-2CMXP7HKUVJN7L6M', [
        drawn('default/nginx/1', 0.63, 0.2, 'lost'),
        drawn('default/nginx/2', 0.41, 0.25, 'lost'),
        drawn('default/nginx/3', 0.88, 0.3333333335, 'lost'),
        drawn('default/nginx/4', 0.57, 0.5, 'lost'),
        always('default/nginx/5', 'won'),
      ]),
    ],
    because: [because],
    rulesTried: 11,
  },
  {
    ...at('rewrite', 'nat', 1, 3, host('host01', 'nat PREROUTING'), nginx, syn),
    says: [
      'DNAT',
      'DNAT → 172.31.89.240:80',
      'Four rules passed on the draw, the fifth takes what is left: the destination becomes a Pod’s address. Source, ports and payload stay.',
    ],
    after: synIn,
    because: [because],
    conntrack: {
      node: 'host01',
      line: 'tcp 6 119 SYN_SENT src=172.31.239.199 dst=10.100.221.220 sport=41822 dport=80 [UNREPLIED] src=172.31.89.240 dst=172.31.239.199 sport=80 dport=41822 mark=0 use=1',
    },
  },
  {
    ...at('route', 'nat', 1, 3, host('host01', 'routing'), { kind: 'node', node: 'host01' }, synIn),
    says: [
      'route',
      'route: via 192.168.61.12, eth0',
      'The Pod’s block lives on host02: next hop 192.168.61.12.',
    ],
  },
  {
    ...at('cross', 'nat', 1, 3, host('host02'), { kind: 'node', node: 'host02' }, synIn),
    says: ['host02', 'over the LAN to host02', 'Same subnet: no tunnel, the packet crosses as it is.'],
  },
  {
    ...at('answer', 'pod', 1, 4, inWinner, winner, synAck),
    says: [
      'SYN-ACK',
      'nginx-…-dtx7s answers SYN-ACK',
      'nginx listens on port 80: the kernel answers for it.',
    ],
    back: true,
    basis: 'assumed',
  },
  {
    ...at('repeat', 'nat', 1, 4, host('host01', 'nat PREROUTING'), nginx, synAck),
    says: [
      'reply',
      'reply: source is the ClusterIP again',
      'Conntrack puts the ClusterIP back, so the Pod sees the address that it asked.',
    ],
    after: { ...synAck, src: ip(clusterIp) },
    back: true,
  },
  {
    ...at('receive', 'pod', 1, 4, fromPod, client, { ...synAck, src: ip(clusterIp) }),
    says: ['connected', 'connected', 'The connection stands.'],
    back: true,
  },
  {
    ...at('send', 'edge', 2, 5, fromPod, client, get),
    says: ['GET /', 'GET /', 'The request itself follows.'],
  },
  {
    ...at('repeat', 'nat', 2, 5, host('host01', 'nat PREROUTING'), nginx, get),
    says: ['same Pod', 'conntrack repeats the DNAT', 'No rule is asked again: the connection keeps its Pod.'],
    after: { ...get, dst: ip(chosen) },
  },
  {
    ...at('answer', 'pod', 2, 6, inWinner, winner, ok),
    says: ['200 OK', '200 OK, 615 bytes', 'nginx answers with its welcome page.'],
    back: true,
    basis: 'assumed',
  },
  {
    ...at('receive', 'pod', 2, 6, fromPod, client, { ...ok, src: ip(clusterIp) }),
    says: ['200 OK', 'the Pod has the page', 'The page arrives, from the address that was asked.'],
    back: true,
  },
]

const unreachable: Packet = {
  protocol: 'icmp',
  src: ip('192.168.61.11'),
  dst: ip('172.31.239.199'),
  ttl: 64,
  mark: 0,
  type: 3,
  code: 3,
  id: 0,
  about: syn,
}
const refused: readonly Draft[] = [
  ...found.slice(0, 1),
  {
    ...at('no-match', 'nat', 1, 3, host('host01', 'nat PREROUTING'), nginx, syn),
    says: ['nat –', 'nat KUBE-SERVICES: no match', 'No rule of nat names the ClusterIP.'],
    rulesTried: 12,
  },
  {
    ...at('route', 'nat', 1, 3, host('host01', 'routing'), { kind: 'node', node: 'host01' }, syn),
    says: ['route', 'route: default, eth0', 'The address is unknown, so the default route would take it.'],
  },
  {
    ...at('refuse', 'drop', 1, 3, host('host01', 'filter FORWARD'), nginx, syn),
    says: [
      'REJECT',
      'filter FORWARD: REJECT',
      'The Service selects app=ngnix; no Pod carries that label, so kube-proxy wrote a REJECT rule in its place.',
    ],
    evidence: [
      {
        kind: 'rules',
        title: said('filter FORWARD'),
        candidates: [
          { id: 'f/1', name: 'KUBE-PROXY-FIREWALL', verdict: 'lost', reason: said('empty') },
          { id: 'f/2', name: 'KUBE-FORWARD', verdict: 'lost', reason: said('NEW, no mark') },
          { id: 'f/3', name: 'KUBE-SERVICES', verdict: 'won', reason: said('REJECT') },
          { id: 'f/4', name: 'KUBE-EXTERNAL-SERVICES', verdict: 'not-tried', reason: said('not reached') },
        ],
        texts: [
          {
            text: '-A KUBE-SERVICES -d 10.100.221.220/32 -p tcp -m comment --comment "default/nginx has no endpoints" -m tcp --dport 80 -j REJECT --reject-with icmp-port-unreachable',
            marks: ['default/nginx has no endpoints', '-j REJECT --reject-with icmp-port-unreachable'],
          },
        ],
      },
    ],
    because: [{ ...because, range: { line: 7, endLine: 7, from: 66, to: 80 } }],
    rulesTried: 3,
  },
  {
    ...at('receive', 'drop', 1, 4, fromPod, client, unreachable),
    says: [
      'refused',
      'connect: Connection refused',
      'The node’s ICMP error reaches the Pod: connection refused.',
    ],
    back: true,
  },
]

/** `http://nginx/` from the Pod, answered by the fifth endpoint. */
export const answeredTrace: Trace = traceOf(
  [...lookup, ...found],
  ['DNS', 'TCP connect', 'HTTP'],
  ['dns', 'connect', 'http'],
  { kind: 'answered', phrase: said('200 OK from nginx-…-dtx7s'), status: 200 },
)

/** The same request after the selector was spelt wrong: REJECT at the node. */
export const refusedTrace: Trace = traceOf(
  [...lookup, ...refused],
  ['DNS', 'TCP connect'],
  ['dns', 'connect'],
  { kind: 'refused', phrase: said('Refused by host01') },
)

function at(
  kind: Hop['kind'],
  phase: Hop['phase'],
  lane: number,
  packetId: number,
  place: Place,
  subject: Subject,
  before: Packet,
): Omit<Draft, 'says'> {
  return { kind, phase, lane, packetId, place, subject, before }
}

function traceOf(
  drafts: readonly Draft[],
  lanes: readonly string[],
  kinds: readonly Exchange['kind'][],
  verdict: Trace['verdict'],
): Trace {
  return {
    request,
    exchanges: lanes.map((title, id) => ({
      id,
      kind: kinds[id] ?? 'http',
      leg: 'client',
      title: said(title),
    })),
    hops: drafts.map(hopOf),
    verdict,
    startedAtMs: 0,
    endedAtMs: drafts.length,
    result: { kind: 'connected', address: ip(clusterIp), port: 80 },
  }
}

function hopOf(draft: Draft, index: number): Hop {
  const { lane, says, back, after, ...rest } = draft
  const [label, title, caption] = says
  return {
    ...rest,
    index,
    exchange: lane,
    direction: back === true ? 'reply' : 'request',
    atMs: index,
    title: said(title),
    caption: said(caption),
    label: said(label),
    after: after ?? draft.before,
    basis: draft.basis ?? 'computed',
    evidence: draft.evidence ?? [],
    because: draft.because ?? [],
    differences: [],
  }
}

function chain(name: string, candidates: readonly Candidate[]): Evidence {
  return { kind: 'rules', title: said(name), candidates, texts: [{ text: `-A ${name} …`, marks: [] }] }
}

function drawn(id: string, draw: number, probability: number, verdict: 'lost' | 'won'): Candidate {
  const reason = `${draw.toFixed(2)} ${verdict === 'won' ? '<' : '≥'} ${probability.toFixed(2)}`
  return {
    id,
    name: `p ${probability.toFixed(2)}`,
    verdict,
    reason: said(reason),
    draw: { drawn: draw, probability },
  }
}

function always(id: string, verdict: 'won' | 'not-tried'): Candidate {
  return { id, name: 'always', verdict, reason: said(verdict === 'won' ? 'takes the rest' : 'not tried') }
}

function searchList(): Evidence {
  const rung = (name: string, verdict: Candidate['verdict'], reason: string): Candidate => ({
    id: name,
    name,
    verdict,
    reason: said(reason),
  })
  return {
    kind: 'search-list',
    title: said('Search list'),
    candidates: [
      rung('nginx.default.svc.cluster.local.', 'won', 'Service nginx in default exists'),
      rung('nginx.svc.cluster.local.', 'not-tried', 'the list ends at the first answer'),
      rung('nginx.cluster.local.', 'not-tried', 'the list ends at the first answer'),
      rung('nginx.', 'not-tried', 'as typed, last'),
    ],
    texts: [
      {
        text: 'search default.svc.cluster.local svc.cluster.local cluster.local\nnameserver 10.96.0.10\noptions ndots:5',
        marks: ['ndots:5'],
        basis: 'assumed',
      },
    ],
  }
}

function tcp(src: string, srcPort: number, dst: string, dstPort: number, flags: readonly TcpFlag[]): Packet {
  return { protocol: 'tcp', src: ip(src), dst: ip(dst), ttl: 64, mark: 0, srcPort, dstPort, flags }
}

function udp(src: string, srcPort: number, dst: string, dstPort: number, summary: string): Packet {
  return {
    protocol: 'udp',
    src: ip(src),
    dst: ip(dst),
    ttl: 64,
    mark: 0,
    srcPort,
    dstPort,
    payload: { protocol: 'DNS', summary, bytes: 62 },
  }
}

function podView(
  ref: ObjectRef,
  node: string,
  address: string,
  extra: { image?: string; role?: PodView['role']; listens?: number; of?: ObjectRef },
): PodView {
  return {
    ref,
    node,
    address,
    hostNetwork: false,
    ready: true,
    terminating: false,
    status: 'Running',
    role: extra.role ?? 'app',
    image: extra.image ?? 'nginx',
    labels: { app: extra.of?.name ?? ref.name },
    listens:
      extra.listens === undefined
        ? []
        : [{ container: 'main', protocol: 'TCP', port: extra.listens, loopbackOnly: false, told: 'image' }],
    services: extra.of === undefined ? [] : [extra.of],
  }
}

function serviceView(
  ref: ObjectRef,
  clusterIp: string,
  role: ServiceView['role'],
  ports: readonly ServicePortView[],
): ServiceView {
  return {
    ref,
    type: role === 'ingress' ? 'NodePort' : 'ClusterIP',
    headless: false,
    clusterIp,
    externalAddresses: [],
    selector: { app: ref.name },
    ports,
    role,
    because: [because],
  }
}

function port(
  name: string,
  number: number,
  targetPort: string,
  rows: readonly ChainRowView[],
  protocol: 'TCP' | 'UDP' = 'TCP',
): ServicePortView {
  return { name, protocol, port: number, nodePort: 0, targetPort, chain: 'KUBE-SVC-2CMXP7HKUVJN7L6M', rows }
}

function rowsTo(prefix: string, names: readonly string[], namespace: string, number: number): ChainRowView[] {
  return names.map((name, i) => ({
    ruleId: `${prefix}/${i + 1}`,
    probability: 1 / (names.length - i),
    always: i === names.length - 1,
    share: 1 / names.length,
    endpoint: `${addressOf[name] ?? '172.31.25.195'}:${number}`,
    pod: pod(name, namespace),
  }))
}
