import { describe, expect, test } from 'vitest'
import { applyChapterFile, chapterLab, hopOf, lines, request, verdicts } from './chapter-lab.fixture.ts'

const fromPod = (url: string) => request('pod/default/pod', url)
const webFromOutside = request('laptop', 'http://192.168.61.10/', { headers: [['Host', 'web01']] })

describe('http://nginx/ from a Pod', () => {
  const trace = chapterLab().send(fromPod('http://nginx/'))

  test('goes by name, ClusterIP, draw, DNAT, route and back', () => {
    expect(lines(trace)).toEqual([
      'read-resolver pod/default/pod · default/pod resolver',
      'send pod/default/pod · default/pod socket',
      'rewrite service kube-dns · node nat PREROUTING',
      'answer pod coredns · kube-system/coredns CoreDNS',
      'repeat service kube-dns · node conntrack',
      'receive pod/default/pod · default/pod resolver',
      'send pod/default/pod · default/pod socket',
      'enter node · node',
      'dispatch service nginx · node nat PREROUTING',
      'choose service nginx · node nat PREROUTING',
      'rewrite service nginx · node nat PREROUTING',
      'route node · node routing',
      'filter node · node filter FORWARD',
      'cross node · node',
      'answer pod nginx · default/nginx socket',
      'repeat service nginx · node conntrack',
      'receive pod/default/pod · default/pod socket',
      'send pod/default/pod · default/pod socket',
      'repeat service nginx · node conntrack',
      'answer pod nginx · default/nginx socket',
      'repeat service nginx · node conntrack',
      'receive pod/default/pod · default/pod socket',
      'close pod/default/pod · default/pod socket',
    ])
  })
  test('is answered with 200', () => {
    expect(trace.verdict).toMatchObject({ kind: 'answered', status: 200 })
    expect(trace.result).toMatchObject({ kind: 'http', response: { status: 200, reason: 'OK' } })
  })
  test('asks for the first name of the search list and stops there', () => {
    expect(verdicts(hopOf(trace, 'receive').evidence[0])).toEqual([
      'won nginx.default.svc.cluster.local.',
      'not-tried nginx.svc.cluster.local.',
      'not-tried nginx.cluster.local.',
      'not-tried nginx.',
    ])
  })
  test('shows each draw of the chain until one is below its probability', () => {
    const [evidence] = hopOf(trace, 'choose', 'nginx').evidence
    expect(verdicts(evidence)).toEqual([
      'lost KUBE-MARK-MASQ',
      'lost p 0.20',
      'lost p 0.25',
      'lost p 0.33',
      'lost p 0.50',
      expect.stringMatching(/^won KUBE-SEP-/),
    ])
    const drawn = (evidence?.candidates ?? []).filter((each) => each.draw !== undefined)
    const isBelow = drawn.map(({ draw }) => draw !== undefined && draw.drawn < draw.probability)
    expect(drawn.map(({ verdict }) => verdict === 'won')).toEqual(isBelow)
  })
  test('rewrites the destination alone, and conntrack puts it back in the reply', () => {
    const { before, after, conntrack } = hopOf(trace, 'rewrite', 'nginx')
    expect({ ...after, dst: before.dst, dstPort: 80 }).toEqual(before)
    expect(after.dst).toMatch(/^172\.31\./)
    expect(conntrack?.line).toContain(`dst=${before.dst} `)
    expect(conntrack?.line).toContain(`src=${after.dst} `)
    const restored = hopOf(trace, 'repeat', 'service nginx')
    expect([restored.before.src, restored.after.src]).toEqual([after.dst, before.dst])
  })
  test('names the Service’s ports and selector as the lines behind the choice', () => {
    const places = hopOf(trace, 'choose', 'nginx').because.map(
      ({ file, range }) => `${file}:${range?.line}–${range?.endLine}`,
    )
    expect(places).toEqual(['nginx-service.yaml:10–11', 'nginx-service.yaml:6–7'])
  })
  test('says that what nginx listens on and answers is assumed', () => {
    const answers = trace.hops.filter((hop) => hop.kind === 'answer').map((hop) => hop.basis)
    expect(answers).toEqual(['computed', 'assumed', 'assumed'])
  })
})

describe('the Service nginx', () => {
  test('has three rows of other probabilities after replicas 5 → 3', () => {
    const lab = chapterLab()
    const probabilities = () =>
      lab
        .snapshot()
        .services.find((each) => each.ref.name === 'nginx')
        ?.ports[0]?.rows.map((row) => row.probability.toFixed(2))
    expect(probabilities()).toEqual(['0.20', '0.25', '0.33', '0.50', '1.00'])
    applyChapterFile(lab, 'nginx-deploy.yaml', (text) => text.replace('replicas: 5', 'replicas: 3'))
    expect(probabilities()).toEqual(['0.33', '0.50', '1.00'])
  })
  test('gives each of its five Pods the same share over many seeds', () => {
    const counts = new Map<string, number>()
    for (let seed = 0; seed < 250; seed++) {
      const { after } = hopOf(chapterLab().send({ ...fromPod('http://nginx/'), seed }), 'rewrite', 'nginx')
      counts.set(after.dst, (counts.get(after.dst) ?? 0) + 1)
    }
    const chiSquare = [...counts.values()].reduce((sum, count) => sum + (count - 50) ** 2 / 50, 0)
    expect(counts.size).toBe(5)
    expect(chiSquare).toBeLessThan(18.5) // p = 0.001 at 4 degrees of freedom; the seeds are fixed
  })
})

describe('a wrong selector', () => {
  const lab = chapterLab()
  applyChapterFile(lab, 'nginx-service.yaml', (text) => text.replace('app: nginx', 'app: ngnix'))
  const trace = lab.send(fromPod('http://nginx/'))

  test('is refused by the node, not by a Pod', () => {
    expect(lines(trace).slice(6)).toEqual([
      'send pod/default/pod · default/pod socket',
      'enter node · node',
      'no-match service nginx · node nat PREROUTING',
      'route node · node routing',
      'refuse service nginx · node filter FORWARD',
      'receive pod/default/pod · default/pod socket',
    ])
    expect(trace.verdict.kind).toBe('refused')
    expect(trace.result).toMatchObject({ kind: 'connect-failed', error: 'refused' })
  })
  test('has the REJECT rule as evidence and the selector’s line as its cause', () => {
    const { evidence, because } = hopOf(trace, 'refuse')
    expect(verdicts(evidence[0])).toEqual([
      'lost KUBE-PROXY-FIREWALL',
      'lost KUBE-FORWARD',
      'won KUBE-SERVICES',
      'not-tried KUBE-EXTERNAL-SERVICES',
    ])
    expect(evidence[0]?.texts[0]?.text).toContain('default/nginx has no endpoints')
    expect(evidence[0]?.texts[0]?.text).toContain('-j REJECT --reject-with icmp-port-unreachable')
    expect(because.map(({ file, range }) => `${file}:${range?.line}–${range?.endLine}`)).toContain(
      'nginx-service.yaml:6–7',
    )
  })
  test('leaves no connection behind', () => {
    expect(lab.conntrack('host01')).not.toContain('tcp')
  })
})

describe('ping nginx', () => {
  const trace = chapterLab().send(fromPod('ping nginx'))

  test('finds the name, matches no rule and is lost at the router', () => {
    expect(lines(trace).slice(6)).toEqual([
      'send pod/default/pod · default/pod socket',
      'enter node · node',
      'no-match service nginx · node nat PREROUTING',
      'route node · node routing',
      'filter node · node filter FORWARD',
      'rewrite node · node nat POSTROUTING',
      'silence router 192.168.61.1 · 192.168.61.1 routing',
      'silence pod/default/pod · default/pod socket',
    ])
    expect(trace.verdict.kind).toBe('timed-out')
  })
  test('says of every rule which protocol it wanted', () => {
    const [evidence] = hopOf(trace, 'no-match').evidence
    const own = evidence?.candidates.find((each) => each.name === 'default/nginx cluster IP')
    expect(own).toMatchObject({
      verdict: 'lost',
      reason: { id: 'reason.protocol-differs', values: { actual: 'icmp', wanted: 'tcp' } },
    })
    expect(evidence?.candidates.every((each) => each.verdict === 'lost')).toBe(true)
  })
})

describe('a Pod that is deleted while its SYN is on the way', () => {
  const whole = chapterLab().send(fromPod('http://nginx/'))
  const answered = hopOf(whole, 'answer', 'pod nginx')
  const [namespace = '', name = ''] = answered.place.host.split('/')
  const dnat = hopOf(whole, 'rewrite', 'nginx').index
  const lab = chapterLab()
  const trace = lab.send({
    ...fromPod('http://nginx/'),
    interruptions: [{ beforeHop: dnat + 1, deletePod: { namespace, name } }],
  })

  test('leaves everything before it as it was', () => {
    expect(trace.hops.slice(0, dnat + 1)).toEqual(whole.hops.slice(0, dnat + 1))
  })
  test('is swallowed by the blackhole route, and conntrack holds the next SYN to the dead Pod', () => {
    expect(lines(trace).slice(dnat + 4)).toEqual([
      'drop node · node routing',
      'retransmit pod/default/pod · default/pod socket',
      'repeat service nginx · node conntrack',
      'drop node · node routing',
      'silence pod/default/pod · default/pod socket',
    ])
    expect(trace.result).toMatchObject({ kind: 'connect-failed', error: 'timed-out' })
  })
  test('is replaced, so that the next request is answered', () => {
    expect(lab.cluster.pods.some((pod) => pod.ref.name === name)).toBe(false)
    expect(lab.send(fromPod('http://nginx/')).verdict.kind).toBe('answered')
  })
})

describe('http://web01/ from the laptop', () => {
  const trace = chapterLab().send(request('laptop', 'http://web01/'))

  test('ends at the name, which no DNS knows', () => {
    expect(lines(trace)).toEqual(['send laptop · laptop resolver', 'answer name web01 · laptop resolver'])
    expect(trace.verdict).toMatchObject({ kind: 'name-not-found' })
  })
})

describe('http://192.168.61.10/ with Host: web01 from the laptop', () => {
  test('is the controller’s own 404 before the Ingress is applied', () => {
    const trace = chapterLab().send(webFromOutside)
    expect(trace.verdict).toMatchObject({ kind: 'answered', status: 404 })
    expect(verdicts(hopOf(trace, 'match').evidence[0])).toEqual(['won _'])
  })
  test('goes by VIP, node port, controller and the Pod’s own address after it', () => {
    const lab = chapterLab()
    applyChapterFile(lab, 'nginx-ingress.yaml')
    const trace = lab.send(webFromOutside)
    expect(lines(trace)).toEqual([
      'send laptop · laptop socket',
      'enter vip 192.168.61.10 · node',
      'dispatch node-port ingress-nginx-controller · node nat PREROUTING',
      'choose node-port ingress-nginx-controller · node nat PREROUTING',
      'rewrite node-port ingress-nginx-controller · node nat PREROUTING',
      'route node · node routing',
      'filter node · node filter FORWARD',
      'rewrite node · node nat POSTROUTING',
      'cross node · node',
      'answer ingress-controller ingress-nginx-controller · ingress-nginx/ingress-nginx-controller socket',
      'repeat node-port ingress-nginx-controller · node conntrack',
      'receive laptop · laptop socket',
      'send laptop · laptop socket',
      'repeat node-port ingress-nginx-controller · node conntrack',
      'match ingress-controller ingress-nginx-controller · ingress-nginx/ingress-nginx-controller socket',
      ...trace.hops.slice(15).map((hop) => lines({ ...trace, hops: [hop] })[0]),
    ])
    expect(trace.verdict).toMatchObject({ kind: 'answered', status: 200 })
    const match = hopOf(trace, 'match')
    expect(match.evidence.map((each) => each.kind)).toEqual(['servers', 'locations', 'upstream'])
    expect(verdicts(match.evidence[0])).toContain('won web01')
    const upstream = trace.hops.filter((hop) => trace.exchanges[hop.exchange]?.leg === 'upstream')
    expect(upstream[0]?.before.dst).toMatch(/^172\.31\./)
    expect(upstream.some((hop) => hop.subject.kind === 'service')).toBe(false)
  })
  test('arrives at the controller with the node’s address as its source', () => {
    const trace = chapterLab().send(webFromOutside)
    const snat = trace.hops.find((hop) => hop.place.hook === 'nat POSTROUTING')
    expect([snat?.before.src, snat?.after.src]).toEqual([
      '192.168.61.100',
      expect.stringMatching(/^192\.168\.61\.1[123]$/),
    ])
  })
  test('is the controller’s 503 where nobody is behind the Service', () => {
    const lab = chapterLab()
    applyChapterFile(lab, 'nginx-ingress.yaml')
    applyChapterFile(lab, 'nginx-service.yaml', (text) => text.replace('app: nginx', 'app: ngnix'))
    expect(lab.send(webFromOutside).verdict).toMatchObject({ kind: 'answered', status: 503 })
  })
})

describe('a node port on loopback', () => {
  test('is reached by the node’s own name, which /etc/hosts maps to 127.0.2.1', () => {
    const trace = chapterLab().send(request('host01', 'http://host01/'))
    expect(hopOf(trace, 'dispatch').before.dst).toBe('127.0.2.1')
    expect(trace.verdict).toMatchObject({ kind: 'answered', status: 404 })
  })
})

describe('an undeclared port of a ClusterIP', () => {
  test('is not refused but lost, and the client gives up after 127 seconds', () => {
    const trace = chapterLab().send(fromPod('http://nginx:81/'))
    expect(trace.result).toMatchObject({ kind: 'connect-failed', error: 'timed-out' })
    expect(Math.round((trace.endedAtMs - trace.startedAtMs) / 1000)).toBe(127)
  })
})
