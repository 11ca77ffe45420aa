/** A Pod deleted at any moment of a journey: nothing throws, what came before stays, and the story is a cluster's. */
import { describe, expect, test } from 'vitest'
import type { Lab } from '../lab.ts'
import { applyChapterFile, chapterLab, hopOf, lines, request } from './chapter-lab.fixture.ts'
import type { TraceRequest } from './request.ts'
import type { Trace } from './trace.ts'

interface Journey {
  readonly asked: TraceRequest
  readonly lab: () => Lab
}

const toService: Journey = { asked: request('pod/default/pod', 'http://nginx/'), lab: chapterLab }
const byIngress: Journey = {
  asked: request('laptop', 'http://192.168.61.10/', { headers: [['Host', 'web01']] }),
  lab: () => {
    const lab = chapterLab()
    applyChapterFile(lab, 'nginx-ingress.yaml')
    return lab
  },
}
const ping: Journey = { asked: request('pod/default/pod', 'ping nginx'), lab: chapterLab }

/** The trace with the Pod deleted just before the hop with this index. */
function interrupted({ asked, lab }: Journey, pod: string, beforeHop: number): Trace {
  const [namespace = '', name = ''] = pod.split('/')
  return lab().send({ ...asked, interruptions: [{ beforeHop, deletePod: { namespace, name } }] })
}

/** The Pod that a journey meets under this name. */
function podIn(trace: Trace, part: string): string {
  const hop = trace.hops.find((each) => each.place.hostKind === 'pod' && each.place.host.includes(part))
  if (hop === undefined) throw new Error(`no ${part}`)
  return hop.place.host
}

/** `5 × timed-out after 127 s, 2 × answered 200 after 0 s`: the ends for each moment in turn, equal neighbours counted. */
function endsText(traces: readonly Trace[]): string {
  const runs: { text: string; count: number }[] = []
  for (const { verdict, startedAtMs, endedAtMs } of traces) {
    const status = verdict.status === undefined ? '' : ` ${verdict.status}`
    const text = `${verdict.kind}${status} after ${Math.round((endedAtMs - startedAtMs) / 1000)} s`
    const last = runs.at(-1)
    if (last?.text === text) last.count++
    else runs.push({ text, count: 1 })
  }
  return runs.map(({ text, count }) => `${count} × ${text}`).join(', ')
}

describe.each([
  {
    what: 'the asking Pod',
    journey: toService,
    part: 'default/pod',
    ends: '1 × bad-request after 0 s, 21 × dropped after 0 s, 2 × answered 200 after 0 s',
  },
  {
    what: 'the CoreDNS Pod that is asked',
    journey: toService,
    part: 'coredns',
    // musl asks again after 2.5 s from the same port; kube-proxy has taken the entry out of conntrack by then.
    ends: '6 × answered 200 after 3 s, 18 × answered 200 after 0 s',
  },
  {
    what: 'the Pod that is drawn',
    journey: toService,
    part: 'nginx-',
    // SYN, then data are sent again into the blackhole; an answer that does not come is not asked for again.
    ends: '16 × timed-out after 127 s, 4 × timed-out after 925 s, 1 × timed-out after 600 s, 3 × answered 200 after 0 s',
  },
  {
    what: 'the ingress controller',
    journey: byIngress,
    part: 'ingress-nginx-controller',
    ends: '11 × timed-out after 127 s, 4 × timed-out after 925 s, 11 × timed-out after 600 s, 3 × answered 200 after 0 s',
  },
  {
    what: 'the Pod behind the Ingress',
    journey: byIngress,
    part: 'default/nginx-',
    // nginx waits 5 s for a connection and 60 s for an answer, then asks the next.
    ends: '22 × answered 200 after 5 s, 3 × answered 200 after 60 s, 4 × answered 200 after 0 s',
  },
  {
    what: 'the asking Pod of a ping',
    journey: ping,
    part: 'default/pod',
    ends: '1 × bad-request after 0 s, 13 × dropped after 0 s, 1 × dropped after 10 s',
  },
])('$what, deleted before each hop in turn', ({ journey, part, ends }) => {
  const whole = journey.lab().send(journey.asked)
  const traces = Array.from({ length: whole.hops.length + 1 }, (_, beforeHop) =>
    interrupted(journey, podIn(whole, part), beforeHop),
  )

  test('ends as a cluster would', () => {
    expect(endsText(traces)).toBe(ends)
  })
  test('leaves every hop before it as it was', () => {
    for (const [beforeHop, trace] of traces.entries())
      expect(trace.hops.slice(0, beforeHop)).toEqual(whole.hops.slice(0, beforeHop))
  })
  test('ends with a hop at the client', () => {
    const last = traces.filter((trace) => trace.hops.length > 0).map((trace) => trace.hops.at(-1)?.subject)
    expect(last.every((subject) => subject?.kind === 'client')).toBe(true)
  })
})

describe('nginx whose Pod was deleted', () => {
  const whole = byIngress.lab().send(byIngress.asked)
  const trace = interrupted(byIngress, podIn(whole, 'default/nginx-'), hopOf(whole, 'match').index + 1)
  const [first, second] = trace.hops.filter((hop) => hop.kind === 'match')

  test('asks its balancer again and opens a connection to another Pod', () => {
    expect(second?.title.id).toBe('hop.ingress-next.title')
    expect(second?.title.values['endpoint']).not.toBe(first?.title.values['endpoint'])
    expect(trace.exchanges.filter((each) => each.leg === 'upstream').map((each) => each.kind)).toEqual([
      'connect',
      'connect',
      'http',
    ])
  })
  test('says that it waited five seconds, and no more', () => {
    const silence = trace.hops.find((hop) => hop.kind === 'silence')
    expect(silence?.caption).toEqual({ id: 'hop.gave-up-early.caption', values: { says: 'SYN', seconds: 5 } })
  })
  test('does not send a POST twice', () => {
    const posted = { ...byIngress, asked: { ...byIngress.asked, method: 'POST' } }
    const pod = podIn(posted.lab().send(posted.asked), 'default/nginx-')
    const sent =
      posted
        .lab()
        .send(posted.asked)
        .hops.findLast((hop) => hop.kind === 'send')?.index ?? 0
    expect(interrupted(posted, pod, sent + 1).verdict).toMatchObject({ kind: 'answered', status: 504 })
  })
})

describe('a CoreDNS Pod deleted under the question', () => {
  test('is told with where the second question went', () => {
    const whole = toService.lab().send(toService.asked)
    const trace = interrupted(toService, podIn(whole, 'coredns'), 2)
    expect(lines(trace).slice(1, 8)).toEqual([
      'send pod/default/pod · default/pod socket',
      'rewrite service kube-dns · node nat PREROUTING',
      'drop node · node routing',
      'send pod/default/pod · default/pod socket',
      'rewrite service kube-dns · node nat PREROUTING',
      'answer pod coredns · kube-system/coredns CoreDNS',
      'repeat service kube-dns · node conntrack',
    ])
  })
})
