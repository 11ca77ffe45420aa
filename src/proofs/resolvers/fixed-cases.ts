/** Lookups that people ask about. What must come of them is the simulator's to say and the real programs' to confirm. */
import { chapterNames, madeNames, ruledNames, type Served } from './served-names.ts'

/** Files, servers and command lines; `{first}` and so on in a text is an address of the lane (see `lane.ts`). */
export interface ResolverCase {
  readonly title: string
  readonly served: Served
  readonly resolvConf: string
  readonly hosts?: string
  /** A server is silent: it takes seconds. */
  readonly waits?: boolean
  /** Words parted by blanks. */
  readonly commands: readonly string[]
}

/** What kubelet gives a Pod of `default`. */
export const podConf = `search default.svc.cluster.local svc.cluster.local cluster.local
nameserver {first}
options ndots:5
`

/** A name asked by everyone. */
export function everyone(name: string): readonly string[] {
  return [
    `ask-glibc ${name}`,
    `ask-musl ${name}`,
    `getent hosts ${name}`,
    `getent ahosts ${name}`,
    `busybox nslookup ${name}`,
    `dig ${name}`,
    `dig +search ${name}`,
    `host ${name}`,
    `nslookup ${name}`,
  ]
}

/** Everyone who searches, of several names. */
const eachOf = (...names: readonly string[]) => names.flatMap(everyone)

const bothFetch = (name: string) => [`curl -sS http://${name}/`, `wget -O - http://${name}/`]

/** All of them. */
export function fixedCases(): readonly ResolverCase[] {
  const chapter = chapterNames()
  const made = madeNames()
  return [
    {
      title: 'the chapter’s three lookups',
      served: chapter,
      resolvConf: podConf,
      commands: [
        ...eachOf('nginx', 'metrics-server', 'metrics-server.kube-system'),
        ...bothFetch('metrics-server'),
      ],
    },
    {
      title: 'whole names of the chapter’s cluster',
      served: chapter,
      resolvConf: podConf,
      commands: eachOf(
        'nginx.default.svc.cluster.local',
        'nginx.default.svc.cluster.local.',
        'kubernetes.default.svc',
        'nope.default.svc.cluster.local.',
        'default.svc.cluster.local.',
        'NGINX.Default',
      ),
    },
    {
      title: 'found by musl’s getaddrinfo, not by Alpine’s nslookup',
      served: chapter,
      resolvConf: podConf,
      commands: [
        'ask-musl metrics-server.kube-system',
        'busybox nslookup metrics-server.kube-system',
        'ask-musl nginx',
        'busybox nslookup nginx',
        'busybox nslookup nginx {first}',
      ],
    },
    {
      title: 'Services of every kind',
      served: made,
      resolvConf: podConf,
      commands: eachOf('web', 'six', 'db', 'empty', 'inside', 'outside', 'nowhere', 'api.web', 'dozen'),
    },
    {
      title: 'records of every type',
      served: made,
      resolvConf: podConf,
      commands: [
        'dig SRV _sql._tcp.db.default.svc.cluster.local',
        'dig +search SRV db',
        'host -t SRV _http._tcp.web',
        'nslookup -type=SRV _http._tcp.web',
        'busybox nslookup -type=SRV _http._tcp.web.default.svc.cluster.local',
        'dig -x 10.100.0.1',
        'host 10.100.0.1',
        'nslookup 10.100.0.1',
        'busybox nslookup 10.100.0.1',
        'getent hosts 10.100.0.1',
        'getent hosts 10.100.0.77',
        'host 10.100.0.77',
        'nslookup 10.100.0.77',
        'busybox nslookup 10.100.0.77',
        'dig -x 10.1.0.2 +short',
        'dig AAAA six.default.svc.cluster.local',
        'dig AAAA web.default.svc.cluster.local',
        'dig CNAME inside.default.svc.cluster.local +short',
        'dig TXT dns-version.cluster.local',
        'dig SOA cluster.local +noall +answer',
        'dig NS cluster.local',
        'host -t SOA cluster.local',
        'nslookup -type=SOA cluster.local',
        'nslookup -type=NS cluster.local',
        'busybox nslookup -type=SOA cluster.local',
        'host -t TXT dns-version.cluster.local',
        'nslookup -type=TXT dns-version.cluster.local',
        'busybox nslookup -type=TXT dns-version.cluster.local',
        'dig MX mail.example.com',
        'host mail.example.com',
        'nslookup mail.example.com',
        'nslookup -type=MX mail.example.com',
        'nslookup -type=TXT mail.example.com',
        'nslookup -type=MX web.default.svc.cluster.local',
        'busybox nslookup mail.example.com',
        'busybox nslookup -type=MX mail.example.com',
        'host -t MX web.default.svc.cluster.local',
        'host -t NS example.com',
        'nslookup -type=SOA example.com',
        'nslookup -type=AAAA mail.example.com',
        'getent ahosts mail.example.com',
        'getent ahostsv4 mail.example.com',
        'getent ahostsv6 mail.example.com',
        'dig 10-1-0-1.default.pod.cluster.local +short',
      ],
    },
    {
      title: 'names of the Internet',
      waits: true,
      served: made,
      resolvConf: podConf,
      commands: eachOf(
        'www.example.com',
        'www.example.com.',
        'mail.example.com.',
        'nope.example.com',
        'lame.example.com.',
        'secret.example.com.',
        'secret.example.com',
        'nope.',
        'nope.a.b.c.d.e.',
      ),
    },
    {
      title: 'ndots 1',
      waits: true,
      served: made,
      resolvConf: podConf.replace('ndots:5', 'ndots:1'),
      commands: eachOf('web', 'api.web', 'api.web.svc', 'www.example.com'),
    },
    {
      title: 'ndots 15',
      served: made,
      resolvConf: podConf.replace('ndots:5', 'ndots:15'),
      commands: eachOf('web.default.svc.cluster.local', 'a.b.c.d.e.f.g'),
    },
    {
      title: 'ndots 0 and none',
      served: made,
      resolvConf: podConf.replace('ndots:5', 'ndots:0'),
      commands: eachOf('web', 'api.web'),
    },
    {
      title: 'no search list',
      served: made,
      resolvConf: 'nameserver {first}\n',
      commands: eachOf('web', 'web.default.svc.cluster.local'),
    },
    {
      title: 'a search list of eight domains',
      served: made,
      resolvConf: podConf.replace(
        'cluster.local\n',
        'cluster.local a.example b.example c.example d.example e.example\n',
      ),
      commands: eachOf('web', 'nope', 'api.web'),
    },
    {
      title: 'a search line over 255 characters',
      served: made,
      resolvConf: podConf.replace(
        'cluster.local\n',
        `cluster.local ${Array.from({ length: 6 }, (_, index) => `${'long-'.repeat(7)}${index}.example.com`).join(' ')}\n`,
      ),
      commands: eachOf('web', 'nope'),
    },
    {
      title: 'comments, final dots, and words that nobody knows',
      served: made,
      resolvConf: `; a comment
# another
nameserver {first}
search default.svc.cluster.local. cluster.local
options ndots:5 colour:blue
sortlist 10.0.0.0
`,
      commands: eachOf('web', 'api.web.svc', 'nope'),
    },
    {
      title: 'a search domain that is the root',
      served: made,
      resolvConf: podConf.replace('svc.cluster.local cluster.local', '. cluster.local'),
      commands: eachOf('web', 'api.web.svc', 'nope'),
    },
    {
      title: 'names over the limits',
      served: made,
      resolvConf: podConf,
      commands: eachOf(
        `${'a'.repeat(63)}`,
        `${'a'.repeat(64)}`,
        `a..b`,
        `${'abcdefghi.'.repeat(25)}abc`,
        `${'abcdefghi.'.repeat(25)}abcd`,
        `${'abcdefghi.'.repeat(23)}abc`,
      ),
    },
    {
      title: 'a search domain with which a name is too long',
      served: made,
      resolvConf: podConf.replace(
        'svc.cluster.local cluster.local',
        `${'abcdefghi.'.repeat(19)}test cluster.local`,
      ),
      commands: eachOf('a'.repeat(60), `${'a'.repeat(60)}.b`),
    },
    {
      title: 'names of /etc/hosts and addresses in digits',
      served: made,
      resolvConf: podConf,
      hosts:
        '127.0.0.1 localhost\n::1 localhost ip6-localhost\n10.1.2.3 foo.remote foo\n10.1.2.4 foo.remote\n',
      commands: [
        ...eachOf('localhost', 'foo', 'foo.remote', 'bar'),
        'getent hosts 10.1.2.3',
        'getent ahosts 10.9.9.9',
        'ask-glibc 10.9.9.9',
        'ask-musl 10.9.9.9',
        'ask-glibc fd00::1',
        'ask-musl fd00::1',
      ],
    },
    {
      title: 'more addresses than fit into a datagram',
      served: made,
      resolvConf: podConf,
      commands: [
        ...eachOf('crowd.default.svc.cluster.local.'),
        'dig +noedns crowd.default.svc.cluster.local',
        'dig +tcp web.default.svc.cluster.local',
      ],
    },
    {
      title: 'the port refuses',
      served: made,
      resolvConf: podConf.replace('{first}', '{closed}'),
      commands: [...eachOf('web'), ...bothFetch('web')],
    },
    {
      title: 'the server is silent',
      waits: true,
      served: made,
      resolvConf: `search default.svc.cluster.local svc.cluster.local
nameserver {silent}
options ndots:5 timeout:1 attempts:1
`,
      commands: everyone('web'),
    },
    {
      title: 'the server is silent, two attempts',
      waits: true,
      served: made,
      resolvConf: `search default.svc.cluster.local
nameserver {silent}
options ndots:5 timeout:1 attempts:2
`,
      commands: [
        ...everyone('web'),
        'dig +time=1 +tries=2 web',
        'host -W 1 -R 0 web',
        'nslookup -timeout=1 -retry=1 web',
      ],
    },
    {
      title: 'the first of two servers is silent',
      waits: true,
      served: made,
      resolvConf: `search default.svc.cluster.local
nameserver {silent}
nameserver {first}
options ndots:5 timeout:1 attempts:1
`,
      commands: everyone('web'),
    },
    {
      title: 'the first of two servers is silent, two attempts',
      waits: true,
      served: made,
      resolvConf: `search default.svc.cluster.local
nameserver {silent}
nameserver {first}
options ndots:5 timeout:1 attempts:2
`,
      commands: everyone('web'),
    },
    {
      title: 'two servers that do not recurse',
      served: made,
      resolvConf: podConf.replace('nameserver {first}', 'nameserver {first}\nnameserver {second}'),
      commands: eachOf('web', 'api.web', 'nope', 'outside', 'default.svc.cluster.local', 'crowd'),
    },
    {
      title: 'two servers, of which the first fails',
      waits: true,
      served: ruledNames({
        first: [{ name: 'refused.one.test.', rcode: 'REFUSED' }, { rcode: 'SERVFAIL' }],
        second: [
          { name: 'nope.one.test.', rcode: 'NXDOMAIN', flags: ['aa', 'ra'] },
          { name: 'fails.one.test.', rcode: 'SERVFAIL', flags: ['ra'] },
          { type: 'A', flags: ['aa', 'ra'], answer: ['@ 30 IN A 10.9.0.1'] },
          { flags: ['aa', 'ra'] },
        ],
      }),
      resolvConf: `search one.test
nameserver {first}
nameserver {second}
options ndots:5 timeout:1 attempts:2
`,
      commands: eachOf('web', 'refused', 'nope', 'fails').filter((line) => !line.startsWith('ask-musl')),
    },
    {
      title: 'the first of two servers refuses the port',
      served: made,
      resolvConf: `search default.svc.cluster.local
nameserver {closed}
nameserver {first}
options ndots:5 timeout:1 attempts:2
`,
      commands: everyone('web'),
    },
    {
      title: 'another server than resolv.conf’s',
      served: made,
      resolvConf: podConf.replace('{first}', '{closed}'),
      commands: [
        'dig @{first} web.default.svc.cluster.local',
        'dig +search @{first} web',
        'dig @{closed} web',
        'host web {first}',
        'nslookup web {first}',
        'nslookup nope {first}',
        'busybox nslookup web {first}',
        'busybox nslookup web.default.svc.cluster.local {first}',
      ],
    },
    {
      title: 'NODATA, SERVFAIL and REFUSED in the search list',
      waits: true,
      served: ruledNames({
        first: [
          { name: 'nodata.one.test.', flags: ['aa'] },
          { name: 'servfail.one.test.', rcode: 'SERVFAIL' },
          { name: 'refused.one.test.', rcode: 'REFUSED' },
          { name: 'half.one.test.', type: 'A', flags: ['aa'], answer: ['@ 30 IN A 10.9.0.1'] },
          { name: 'half.one.test.', type: 'AAAA', rcode: 'NXDOMAIN', flags: ['aa'] },
          { name: 'limp.one.test.', type: 'A', flags: ['aa'], answer: ['@ 30 IN A 10.9.0.1'] },
          { name: 'limp.one.test.', type: 'AAAA', rcode: 'SERVFAIL' },
          { name: '*.one.test.', rcode: 'NXDOMAIN', flags: ['aa'] },
          { name: '*.two.test.', type: 'A', flags: ['aa'], answer: ['@ 30 IN A 10.9.0.2'] },
          { name: '*.two.test.', flags: ['aa'] },
          { rcode: 'SERVFAIL' },
        ],
      }),
      resolvConf: `search one.test two.test
nameserver {first}
options ndots:5 timeout:1 attempts:2
`,
      commands: eachOf('nodata', 'servfail', 'refused', 'half', 'limp', 'other', 'absolute.'),
    },
    {
      title: 'options that change how glibc asks',
      served: made,
      resolvConf: podConf.replace('ndots:5', 'ndots:2 edns0 trust-ad single-request use-vc'),
      commands: ['ask-glibc web', 'ask-glibc db', 'getent hosts web', 'ask-musl web', 'dig +search web'],
    },
    {
      title: 'one question at a time',
      served: made,
      resolvConf: podConf.replace('ndots:5', 'ndots:5 single-request-reopen no-aaaa'),
      commands: ['ask-glibc web', 'ask-glibc nope', 'ask-musl web', 'getent ahosts db'],
    },
    {
      title: 'options of dig, host and nslookup',
      served: made,
      resolvConf: podConf,
      commands: [
        'dig +short web.default.svc.cluster.local',
        'dig +short outside.default.svc.cluster.local',
        'dig +short nope.default.svc.cluster.local',
        'dig +noall +answer db.default.svc.cluster.local',
        'dig +nocmd +nostats web.default.svc.cluster.local',
        'dig +nocomments web.default.svc.cluster.local',
        'dig +noquestion +noauthority nope.default.svc.cluster.local',
        'dig +norecurse web.default.svc.cluster.local',
        'dig +noadflag +nocookie web.default.svc.cluster.local',
        'dig +noedns web.default.svc.cluster.local',
        'dig +bufsize=4096 web.default.svc.cluster.local',
        'dig +search +showsearch api.web',
        'dig +showsearch nope',
        'dig',
        'dig a..b',
        'host -r web',
        'host -T web',
        'host -t A nope',
        'host -t AAAA web',
        'nslookup -type=A web',
        'nslookup -type=AAAA web',
        'nslookup -vc web',
      ],
    },
  ]
}
