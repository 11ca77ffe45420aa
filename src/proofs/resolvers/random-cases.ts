/** Names, resolv.conf and servers at random, from a seed: what each search domain gets differs from name to name and from type to type. */
import { drawBelow, openStream, type Draw } from '../../sim/draw.ts'
import { makeReply, type DnsMessage, type RecordType, type ResourceRecord } from '../../sim/dns/message.ts'
import { everyone, type ResolverCase } from './fixed-cases.ts'
import type { ServerPlace } from './lane.ts'
import type { Answering } from './name-server.ts'
import type { Served } from './served-names.ts'

/** The case of a seed; the same seed gives the same, on every machine. */
export function randomCase(seed: number): ResolverCase {
  const draw = openStream(seed, 'resolvers/case')
  const resolvConf = drawResolvConf(draw)
  // Which of two servers musl hears first is chance.
  const isParallel = resolvConf.includes('{second}')
  const commands = everyone(drawName(draw)).filter((line) => !(isParallel && line.startsWith('ask-musl')))
  return { title: `seed ${seed}`, served: moodyNames(seed), resolvConf, commands }
}

const domains = ['one.test', 'two.test', 'default.svc.cluster.local', 'svc.cluster.local', 'cluster.local']
const labels = ['web', 'api', 'Db', '_http', '_tcp', 'default', 'svc', 'test', 'x-1', 'a'.repeat(63)]
const glibcOptions = ['edns0', 'trust-ad', 'single-request', 'single-request-reopen']

function oneOf<T>(draw: Draw, items: readonly T[]): T {
  const item = items[drawBelow(draw, items.length)]
  if (item === undefined) throw new Error('nothing to choose from')
  return item
}

function happens(draw: Draw, probability: number): boolean {
  return drawBelow(draw, 1000) < probability * 1000
}

function drawName(draw: Draw): string {
  const count = oneOf(draw, [1, 1, 1, 2, 2, 3, 4, 5, 6, 7])
  const name = Array.from({ length: count }, () => oneOf(draw, labels)).join('.')
  return happens(draw, 0.15) ? `${name}.` : name
}

function drawResolvConf(draw: Draw): string {
  const searches = domains.filter(() => happens(draw, 0.5))
  const servers = oneOf<readonly ServerPlace[]>(draw, [
    ['first'],
    ['first'],
    ['first'],
    ['first', 'second'],
    ['closed', 'first'],
    ['silent', 'first'],
  ])
  const options = [
    ...(happens(draw, 0.85) ? [`ndots:${oneOf(draw, [0, 1, 2, 3, 5, 5, 5, 15])}`] : []),
    'timeout:1',
    `attempts:${oneOf(draw, [1, 2])}`,
    ...(happens(draw, 0.2) ? [oneOf(draw, glibcOptions)] : []),
  ]
  return [
    ...(searches.length > 0 ? [`search ${searches.join(' ')}`] : []),
    ...servers.map((place) => `nameserver {${place}}`),
    `options ${options.join(' ')}`,
    '',
  ].join('\n')
}

type Mood = 'nxdomain' | 'address' | 'alias' | 'no-data' | 'servfail' | 'refused' | 'many' | 'silence'

const moods: readonly Mood[] = [
  ...Array<Mood>(18).fill('nxdomain'),
  ...Array<Mood>(8).fill('address'),
  ...Array<Mood>(3).fill('alias'),
  ...Array<Mood>(5).fill('no-data'),
  ...Array<Mood>(3).fill('servfail'),
  'refused',
  'many',
]

/** Servers whose answer to a name hangs on the name alone, mostly for all types alike. */
function moodyNames(seed: number): Served {
  return ({ addresses }) =>
    (server, query) => {
      const { name, type } = query.question
      if (name === 'target.test.') return replyIn('address', query, { aa: true, ra: true })
      const own = openStream(seed, `${server === addresses.first ? 'first' : 'second'}/${name.toLowerCase()}`)
      const shared = oneOf(own, moods)
      const ofType = openStream(seed, `${name.toLowerCase()}/${type}`)
      const mood = happens(ofType, 0.2) ? oneOf(ofType, [...moods, 'silence' as const]) : shared
      return replyIn(mood, query, { aa: happens(own, 0.7), ra: happens(own, 0.5) })
    }
}

function replyIn(
  mood: Mood,
  query: DnsMessage,
  flags: { readonly aa: boolean; readonly ra: boolean },
): ReturnType<Answering> {
  const { name, type } = query.question
  const reply = (content: Omit<Parameters<typeof makeReply>[1], 'aa' | 'ra'>) =>
    ({ kind: 'reply', message: makeReply(query, { ...flags, ...content }), afterMs: 0 }) as const
  switch (mood) {
    case 'silence':
      return { kind: 'silence' }
    case 'nxdomain':
      return reply({ rcode: 'NXDOMAIN', authority: [soa] })
    case 'servfail':
      return reply({ rcode: 'SERVFAIL' })
    case 'refused':
      return reply({ rcode: 'REFUSED' })
    case 'no-data':
      return reply({ rcode: 'NOERROR', authority: [soa] })
    case 'address':
      return reply({ rcode: 'NOERROR', answer: recordsOf(name, type, 2) })
    case 'many':
      return reply({ rcode: 'NOERROR', answer: recordsOf(name, type, 9) })
    case 'alias': {
      const alias = { name, ttlSeconds: 30, type: 'CNAME', data: 'target.test.' } as const
      return reply({ rcode: 'NOERROR', answer: [alias, ...recordsOf('target.test.', type, 1)] })
    }
  }
}

const soa: ResourceRecord = {
  name: 'test.',
  ttlSeconds: 30,
  type: 'SOA',
  data: 'ns.test. admin.test. 1 7200 1800 86400 30',
}

/** Addresses; of another type there are none. */
function recordsOf(name: string, type: RecordType, count: number): readonly ResourceRecord[] {
  if (type !== 'A' && type !== 'AAAA') return []
  const prefix = type === 'A' ? '10.9.0.' : 'fd00::'
  return Array.from({ length: count }, (_, index) => ({
    name,
    ttlSeconds: 30,
    type,
    data: `${prefix}${index + 1}`,
  }))
}
