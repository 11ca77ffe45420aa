import { describe, expect, test } from 'vitest'
import { openTerminal } from '../terminal.fixture.ts'

const srv = '_dns._udp.kube-dns.kube-system.svc.cluster.local'

describe('in an Alpine Pod', () => {
  test.each([
    {
      line: 'nslookup nginx',
      says: "Name:\tnginx.default.svc.cluster.local\nAddress: 10.100.221.220\n\n** server can't find nginx.svc",
      exitCode: 1,
    },
    {
      line: 'nslookup nginx.default.svc.cluster.local',
      says: 'Address:\t10.96.0.10:53\n\nName:',
      exitCode: 0,
    },
    { line: 'nslookup nginx 10.96.0.10', says: "** server can't find nginx: SERVFAIL\n", exitCode: 1 },
    { line: `nslookup -type=srv ${srv}`, says: `${srv}\tservice = 0 100 53 kube-dns.`, exitCode: 0 },
    {
      line: 'nslookup nope.svc.cluster.local.',
      says: "** server can't find nope.svc.cluster.local.: NXDOMAIN\n",
      exitCode: 1,
    },
    { line: 'nslookup 10.100.221.220', says: '\tname = nginx.default.svc.cluster.local\n', exitCode: 0 },
    {
      line: 'getent hosts nginx',
      says: '10.100.221.220    nginx.default.svc.cluster.local  nginx.default.svc.cluster.local nginx\n',
      exitCode: 0,
    },
    { line: 'getent ahosts nginx', says: '10.100.221.220  DGRAM  nginx.default.svc', exitCode: 0 },
    { line: 'getent hosts localhost', says: '::1               localhost  localhost\n', exitCode: 0 },
    { line: 'getent hosts nope', says: '', exitCode: 2 },
  ])('$line ends with $exitCode', ({ line, says, exitCode }) => {
    const result = openTerminal('pod/default/pod')(line)
    expect(result.stdout).toContain(says)
    expect(result.exitCode).toBe(exitCode)
  })

  test('a short name that wget finds is complained of by nslookup', () => {
    const type = openTerminal('pod/default/pod')
    expect(type('wget -q -O /dev/null http://nginx/').exitCode).toBe(0)
    expect(type('nslookup nginx').exitCode).toBe(1)
  })

  test('nslookup is BIND’s once bind-tools is there', () => {
    const type = openTerminal('pod/default/pod')
    type('apk add bind-tools')
    expect(type('nslookup nginx').stdout).toMatch(
      /^;; Got recursion not available from 10\.96\.0\.10\nServer:/,
    )
  })
})

describe('with bind-tools', () => {
  test.each([
    { line: 'host nginx', says: 'nginx.default.svc.cluster.local has address 10.100.221.220\n', exitCode: 0 },
    { line: 'host nope', says: 'Host nope not found: 2(SERVFAIL)\n', exitCode: 1 },
    { line: 'host nginx kube-dns.kube-system', says: 'Address: 10.96.0.10#53\nAliases: \n', exitCode: 0 },
    { line: 'host a..b', says: '', exitCode: 1 },
    { line: 'host 10.96.7.7', says: 'Host 7.7.96.10.in-addr.arpa. not found: 3(NXDOMAIN)\n', exitCode: 1 },
    {
      line: 'nslookup default.svc.cluster.local.',
      says: "*** Can't find default.svc.cluster.local: No answer\n",
      exitCode: 0,
    },
    {
      line: 'dig +search +noall +stats nope.default.svc.cluster.local.',
      says: ';; MSG SIZE  rcvd: 164\n\n;; Query time:',
      exitCode: 0,
    },
    { line: `host -t SRV ${srv}`, says: 'has SRV record 0 100 53 kube-dns', exitCode: 0 },
    { line: 'nslookup -type=XX nginx', says: 'unknown query type: XX\n', exitCode: 0 },
    { line: 'nslookup nginx nope', says: '', exitCode: 1 },
    { line: 'dig -x 10.96.0.10 +short', says: 'kube-dns.kube-system.svc.cluster.local.\n', exitCode: 0 },
    { line: 'dig +search +showsearch +noall +question nope', says: ';nope.svc.cluster.local.', exitCode: 0 },
    {
      line: 'dig @1.2.3.4 +tries=1 x',
      says: ';; communications error to 1.2.3.4#53: timed out\n',
      exitCode: 9,
    },
    { line: 'dig +norecurse nginx.default.svc.cluster.local', says: 'flags: qr aa;', exitCode: 0 },
    { line: 'dig +noedns nope', says: 'ADDITIONAL: 0\n', exitCode: 0 },
  ])('$line ends with $exitCode', ({ line, says, exitCode }) => {
    const type = openTerminal('pod/default/pod')
    type('apk add bind-tools')
    const result = type(line)
    expect(result.stdout).toContain(says)
    expect(result.exitCode).toBe(exitCode)
  })

  test('dig +tcp opens a connection to the name server and asks there', () => {
    const type = openTerminal('pod/default/pod')
    type('apk add bind-tools')
    const { stdout, traces } = type('dig +tcp nginx.default.svc.cluster.local')
    expect(stdout).toContain('(10.96.0.10) (TCP)\n')
    const flags = traces[0]?.hops.flatMap(({ before }) =>
      before.protocol === 'tcp' ? [before.flags.join()] : [],
    )
    expect(flags).toEqual(expect.arrayContaining(['SYN', 'PSH,ACK', 'FIN,ACK']))
    expect(traces[0]?.packets.length).toBeGreaterThan(5)
  })
})

test('on a node a name of its /etc/hosts is found by getent and not by host', () => {
  const type = openTerminal('host01')
  expect(type('getent hosts host01')).toMatchObject({ stdout: '127.0.2.1       host01\n', exitCode: 0 })
  expect(type('host host01')).toMatchObject({
    stdout: expect.stringMatching(/connection refused\n;; no servers could be reached\n$/),
    exitCode: 1,
  })
})

test.each([
  { line: 'dig a..b', says: "dig: 'a..b' is not a legal name (empty label)\n", exitCode: 10 },
  { line: 'dig +search a..b', says: "dig: 'a..b' is not in legal name syntax (empty label)\n", exitCode: 1 },
  {
    line: 'nslookup a..b',
    says: "nslookup: 'a..b' is not in legal name syntax (empty label)\n",
    exitCode: 1,
  },
])('$line complains by whether it would search', ({ line, says, exitCode }) => {
  const type = openTerminal('pod/default/pod')
  type('apk add bind-tools')
  expect(type(line)).toMatchObject({ stderr: says, exitCode })
})
