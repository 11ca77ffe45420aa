import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { openStream } from '../draw.ts'
import { makeReply, type DnsMessage } from './message.ts'
import { parseResolvConf } from './resolv-conf.ts'
import {
  expectedOf,
  type Behaviour,
  type Expected,
  type RuledFlavour,
  type Situation,
} from './resolver-rules.fixture.ts'
import { resolve } from './resolver.ts'
import type { Outcome, ServerReply } from './resolver-step.ts'

const flavours = ['glibc', 'musl', 'busybox-nslookup', 'dig', 'dig-search', 'host', 'nslookup'] as const

const label = fc.oneof(
  {
    weight: 20,
    arbitrary: fc.constantFrom('nginx', 'kube-system', 'svc', 'cluster', 'local', 'A', '_http', '10'),
  },
  { weight: 5, arbitrary: fc.stringMatching(/^[a-z0-9-]{1,9}$/) },
  { weight: 1, arbitrary: fc.constantFrom('', 'x'.repeat(63), 'x'.repeat(64), 'bücher', '数据包') },
)
const name = fc
  .tuple(fc.array(label, { minLength: 1, maxLength: 7 }), fc.constantFrom('', '', '', '.'))
  .map(([labels, end]) => labels.join('.') + end)
  // An address in digits is no name, and nothing at all is no argument.
  .filter((each) => each !== '' && each !== '.' && !/^\d+(\.\d+)*$/.test(each))
const domain = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.constantFrom(
      'default.svc.cluster.local',
      'svc.cluster.local',
      'cluster.local',
      'corp.example',
    ),
  },
  { weight: 1, arbitrary: fc.constantFrom('.', `${'long-domain.'.repeat(20)}example`) },
)
const behaviour = fc.constantFrom<Behaviour>(
  ...(['NXDOMAIN', 'NXDOMAIN', 'NXDOMAIN', 'address', 'NODATA', 'SERVFAIL', 'REFUSED', 'silence'] as const),
  ...(['address, aaaa: NXDOMAIN', 'address, aaaa: SERVFAIL'] as const),
)
const situation: fc.Arbitrary<Situation> = fc.record({
  name,
  searches: fc.uniqueArray(domain, { maxLength: 5 }),
  ndots: fc.nat(6),
  says: fc.func(behaviour),
})

describe('for any name, resolv.conf and name server', () => {
  test.each(flavours)('%s asks and gets what its rules say', (flavour) => {
    fc.assert(
      fc.property(situation, (each) => {
        expect(asLines(flavour, each)).toEqual(expectedOf(flavour, each))
      }),
      { numRuns: 1000 },
    )
  })
})

/** What the simulated resolver does in the situation, in the words of the rules. */
function asLines(flavour: RuledFlavour, { name, searches, ndots, says }: Situation): Expected {
  const search = searches.length === 0 ? '' : `search ${searches.join(' ')}\n`
  const conf = parseResolvConf(`${search}nameserver 10.96.0.10\noptions ndots:${ndots}\n`, 'kubelet')
  const resolving = resolve({ name, conf, flavour, draw: openStream(1, 'test') })
  const asked = new Set<string>()
  let next = resolving.next([])
  while (next.done !== true) {
    for (const { question } of next.value.queries) asked.add(`${question.name} ${question.type}`)
    next = resolving.next(next.value.queries.map((query) => replyTo(query, says(query.question.name))))
  }
  return { asked: [...asked], got: endOf(next.value.outcome, flavour) }
}

function endOf(outcome: Outcome, flavour: RuledFlavour): string {
  if (outcome.kind === 'found') return 'found'
  if (outcome.kind === 'reply') return 'printed'
  if (outcome.error === 'illegal') return 'illegal'
  return ['dig', 'dig-search', 'host', 'nslookup'].includes(flavour)
    ? outcome.error
    : `${outcome.error} ${outcome.code}`
}

function replyTo(query: DnsMessage, behaviour: Behaviour): ServerReply {
  const { name, type } = query.question
  const reply = (content: Parameters<typeof makeReply>[1]): ServerReply => ({
    kind: 'reply',
    message: makeReply(query, { aa: true, ...content }),
    afterMs: 1,
  })
  switch (behaviour) {
    case 'silence':
      return { kind: 'silence' }
    case 'NODATA':
      return reply({ rcode: 'NOERROR' })
    case 'NXDOMAIN':
    case 'SERVFAIL':
    case 'REFUSED':
      return reply({ rcode: behaviour })
    case 'address':
    case 'address, aaaa: NXDOMAIN':
    case 'address, aaaa: SERVFAIL': {
      if (type === 'A')
        return reply({ rcode: 'NOERROR', answer: [{ name, type, ttlSeconds: 30, data: '10.96.0.1' }] })
      if (type !== 'AAAA' || behaviour === 'address') return reply({ rcode: 'NOERROR' })
      return reply({ rcode: behaviour === 'address, aaaa: NXDOMAIN' ? 'NXDOMAIN' : 'SERVFAIL' })
    }
  }
}
