import { describe, expect, test } from 'vitest'
import { makeQuery, makeReply, type RecordType } from '../../sim/dns/message.ts'
import { ip } from '../../sim/network/address.ts'
import { differenceOf } from './compare-run.ts'
import type { Heard } from './name-server.ts'
import type { SentQuery } from './simulated-program.ts'

const [first, second, closed] = [ip('10.96.1.10'), ip('10.96.1.11'), ip('10.96.1.99')]

function sent(type: RecordType, server = first, name = 'web.'): SentQuery {
  return { server, transport: 'UDP', query: makeQuery({ name, type }, 1) }
}

function heard(...queries: readonly SentQuery[]): readonly Heard[] {
  return queries.map((each) => ({
    ...each,
    reply: { kind: 'reply', message: makeReply(each.query, { rcode: 'NXDOMAIN' }), afterMs: 0 },
  }))
}

const silent = { stdout: '', stderr: '', exitCode: 1 }

function compare(
  real: { readonly heard: readonly Heard[]; readonly printed?: typeof silent; readonly tookMs?: number },
  batches: readonly (readonly SentQuery[])[],
) {
  return differenceOf(
    { printed: silent, tookMs: 0, ...real },
    { batches, printed: silent, tookMs: 0 },
    closed,
  )
}

describe('a real run beside the simulated one', () => {
  const pair = [sent('A'), sent('AAAA')]

  test('agrees where it sent and printed the same', () => {
    expect(compare({ heard: heard(...pair) }, [pair])).toBeUndefined()
  })

  test('may send in another order what waits for nothing, and nothing else', () => {
    const swapped = heard(sent('AAAA'), sent('A'))
    expect(compare({ heard: swapped }, [pair])).toBeUndefined()
    expect(compare({ heard: swapped }, [[sent('A')], [sent('AAAA')]])).toMatch(/^sent/)
  })

  test('need not be heard where nothing listens', () => {
    expect(compare({ heard: heard(sent('A')) }, [[sent('A', closed)], [sent('A')]])).toBeUndefined()
  })

  test('has an order at each of two servers that are asked at once', () => {
    const both = [sent('A'), sent('A', second)]
    expect(compare({ heard: heard(sent('A', second), sent('A')) }, [both])).toBeUndefined()
    expect(compare({ heard: heard(sent('A')) }, [both])).toMatch(/^sent/)
  })

  test.each([
    { what: 'a question too few', real: { heard: heard(sent('A')) }, says: /^sent, from line 2/ },
    { what: 'a question too many', real: { heard: heard(...pair, sent('A')) }, says: /^sent, from line 3/ },
    {
      what: 'another text',
      real: { heard: heard(...pair), printed: { ...silent, stdout: 'web' } },
      says: /^standard output/,
    },
    {
      what: 'another exit status',
      real: { heard: heard(...pair), printed: { ...silent, exitCode: 0 } },
      says: /^exit/,
    },
    { what: 'a wait', real: { heard: heard(...pair), tookMs: 5000 }, says: /^seconds/ },
  ])('differs by $what', ({ real, says }) => {
    expect(compare(real, [pair])).toMatch(says)
  })
})
