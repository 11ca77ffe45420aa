import { describe, expect, test } from 'vitest'
import fc from 'fast-check'
import {
  addEntry,
  emptyConntrack,
  expire,
  findEntry,
  printConntrackEntry,
  removeEntries,
  replaceEntry,
  type ConntrackEntry,
} from './conntrack.ts'
import { packetOf } from './packet-notation.ts'
import { invertTuple, tupleOf } from './tuple.ts'

describe('an entry', () => {
  test('of a rewritten TCP connection prints as conntrack -L prints it', () => {
    const entry: ConntrackEntry = {
      ...entryOf('tcp 172.31.239.200:40000 > 10.96.0.10:80'),
      reply: tupleOf(packetOf('tcp 172.31.89.201:8080 > 172.31.239.200:40000')),
      state: 'TIME_WAIT',
      seenReply: true,
      assured: true,
      expiresAtMs: 86_900,
    }
    expect(printConntrackEntry(entry, 500)).toBe(
      'tcp      6 86 TIME_WAIT src=172.31.239.200 dst=10.96.0.10 sport=40000 dport=80 ' +
        'src=172.31.89.201 dst=172.31.239.200 sport=8080 dport=40000 [ASSURED] mark=0 use=1',
    )
  })

  test('of UDP without an answer says so before its reply', () => {
    expect(printConntrackEntry(entryOf('udp 10.0.0.1:5353 > 10.96.0.10:53'), 0)).toBe(
      'udp      17 30 src=10.0.0.1 dst=10.96.0.10 sport=5353 dport=53 [UNREPLIED] ' +
        'src=10.96.0.10 dst=10.0.0.1 sport=53 dport=5353 mark=0 use=1',
    )
  })

  test('of a ping shows type, code and id in both directions', () => {
    expect(printConntrackEntry(entryOf('icmp 10.0.0.1 > 10.0.0.2 8/0 id 7'), 0)).toBe(
      'icmp     1 30 src=10.0.0.1 dst=10.0.0.2 type=8 code=0 id=7 [UNREPLIED] ' +
        'src=10.0.0.2 dst=10.0.0.1 type=0 code=0 id=7 mark=0 use=1',
    )
  })
})

describe('a table', () => {
  test('finds an entry by either of its tuples, in the right direction', () => {
    const table = addEntry(emptyConntrack, entryOf('tcp 10.0.0.1:1000 > 10.0.0.2:80'))
    const at = (line: string) => findEntry(table, tupleOf(packetOf(line)))?.direction
    expect(at('tcp 10.0.0.1:1000 > 10.0.0.2:80')).toBe('original')
    expect(at('tcp 10.0.0.2:80 > 10.0.0.1:1000')).toBe('reply')
    expect(at('udp 10.0.0.2:80 > 10.0.0.1:1000')).toBeUndefined()
  })

  test('that was changed leaves the one before as it was', () => {
    const one = addEntry(emptyConntrack, entryOf('tcp 10.0.0.1:1000 > 10.0.0.2:80'))
    const none = expire(one, 30_000)
    expect(findEntry(none, tupleOf(packetOf('tcp 10.0.0.1:1000 > 10.0.0.2:80')))).toBeUndefined()
    expect(findEntry(one, tupleOf(packetOf('tcp 10.0.0.1:1000 > 10.0.0.2:80')))).toBeDefined()
    expect(emptyConntrack.entries).toHaveLength(0)
  })

  test('in which nothing is over stays the same value', () => {
    const table = addEntry(emptyConntrack, entryOf('tcp 10.0.0.1:1000 > 10.0.0.2:80'))
    expect(expire(table, 29_999)).toBe(table)
  })

  test('finds after any additions, removals and replacements what a search through all entries finds', () => {
    const steps = fc.array(
      fc.record({ port: fc.integer({ min: 1, max: 12 }), what: fc.constantFrom('add', 'remove', 'replace') }),
    )
    fc.assert(
      fc.property(steps, (all) => {
        let table = emptyConntrack
        for (const { port, what } of all) {
          const entry = entryOf(`udp 10.0.0.1:${port} > 10.0.0.2:53`)
          const found = findEntry(table, entry.original)?.entry
          if (what === 'add' && !found) table = addEntry(table, entry)
          if (what === 'remove') table = removeEntries(table, ({ id }) => id === found?.id)
          if (what === 'replace' && found) table = replaceEntry(table, { ...found, seenReply: true })
        }
        for (let port = 1; port <= 12; port++) {
          const { original } = entryOf(`udp 10.0.0.1:${port} > 10.0.0.2:53`)
          const expected = table.entries.find((each) => each.original.srcPort === port)
          expect(findEntry(table, original)?.entry).toBe(expected)
        }
      }),
      { seed: 7 },
    )
  })
})

function entryOf(line: string): ConntrackEntry {
  const original = tupleOf(packetOf(line))
  return {
    id: 0,
    original,
    reply: invertTuple(original),
    seenReply: false,
    assured: false,
    createdAtMs: 0,
    expiresAtMs: 30_000,
  }
}
