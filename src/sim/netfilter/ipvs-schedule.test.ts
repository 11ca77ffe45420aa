import { describe, expect, test } from 'vitest'
import { ip } from '../network/address.ts'
import { schedule, type Load } from './ipvs-schedule.ts'
import { realKey, type VirtualServer } from './ipvs-server.ts'

const packet = { client: ip('172.31.1.2'), destination: ip('10.96.0.80') }

/** `weight active inactive` of each real server, 10.0.0.1:80 and on. */
function serverOf(scheduler: string, ...lines: readonly string[]) {
  const loads = lines.map((line, index): Load => {
    const [weight = 0, active = 0, inactive = 0] = line.split(' ').map(Number)
    return { server: { address: ip(`10.0.0.${index + 1}`), port: 80, weight }, active, inactive }
  })
  const virtual: VirtualServer = {
    address: ip('10.96.0.80'),
    port: 80,
    protocol: 'tcp',
    scheduler,
    realServers: loads.map(({ server }) => server),
  }
  return { virtual, loads }
}

/** The last octets of the real servers that so many new connections go to. */
function turns({ virtual, loads }: ReturnType<typeof serverOf>, times: number): string {
  let current = virtual
  const chosen = Array.from({ length: times }, () => {
    const choice = schedule(current, loads, packet)
    if (choice.kind !== 'chosen') return '-'
    current = choice.next
    return /\.(\d+):/.exec(realKey(choice.server))?.[1] ?? '?'
  })
  return chosen.join(' ')
}

describe('a scheduler', () => {
  test.each([
    { scheduler: 'rr', servers: ['1', '1', '1'], seen: '1 2 3 1 2' },
    { scheduler: 'rr', servers: ['1', '0', '1'], seen: '1 3 1 3 1' },
    { scheduler: 'rr', servers: ['0', '0'], seen: '- - - - -' },
    { scheduler: 'rr', servers: [], seen: '- - - - -' },
    { scheduler: 'wrr', servers: ['1', '1'], seen: '1 2 1 2 1' },
    { scheduler: 'wrr', servers: ['3', '1'], seen: '1 1 1 2 1' },
    { scheduler: 'wrr', servers: ['4', '2'], seen: '1 1 2 1 1' },
    { scheduler: 'lc', servers: ['1 1 0', '1 0 255', '1 2 0'], seen: '2 2 2 2 2' }, // an active one counts as 256
    { scheduler: 'lc', servers: ['1 0 0', '1 0 0'], seen: '1 1 1 1 1' }, // the first of equals
    { scheduler: 'lc', servers: ['0 0 0', '1 9 0'], seen: '2 2 2 2 2' },
    { scheduler: 'wlc', servers: ['1 2 0', '4 4 0'], seen: '2 2 2 2 2' },
    { scheduler: 'sed', servers: ['1 0 0', '3 1 0'], seen: '2 2 2 2 2' },
    { scheduler: 'nq', servers: ['3 1 0', '1 0 0'], seen: '2 2 2 2 2' }, // an idle one first, however light
    { scheduler: 'mh', servers: ['1', '1'], seen: '- - - - -' },
  ])('$scheduler over $servers chooses $seen', ({ scheduler, servers, seen }) => {
    expect(turns(serverOf(scheduler, ...servers), 5)).toBe(seen)
  })

  test.each([
    { scheduler: 'sh', bucket: Math.imul(0xac1f0102, 0x61c88647) >>> 24 },
    { scheduler: 'dh', bucket: Math.imul(0x0a600050, 0x61c88647) >>> 24 },
  ])('$scheduler finds the bucket by the kernel’s hash', ({ scheduler, bucket }) => {
    expect(turns(serverOf(scheduler, '1', '1', '1'), 1)).toBe(String((bucket % 3) + 1))
  })
  test('sh gives a server as many buckets as it weighs, and none that leads on to one of weight 0', () => {
    const clients = Array.from({ length: 256 }, (_, host) => ip(`172.31.7.${host}`))
    const chosen = clients.map((client) => {
      const { virtual, loads } = serverOf('sh', '3', '1', '0')
      const choice = schedule(virtual, loads, { ...packet, client })
      return choice.kind === 'chosen' ? realKey(choice.server) : '-'
    })
    expect(new Set(chosen)).toEqual(new Set(['10.0.0.1:80', '10.0.0.2:80', '-']))
  })
})
