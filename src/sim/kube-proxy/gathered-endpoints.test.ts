import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { EndpointSlice } from '../cluster/objects.ts'
import { allEndpoints } from './endpoint-lists.ts'
import { gatheredFrom } from './gathered-endpoints.ts'
import { testSlice } from './objects.fixture.ts'

const names = ['default/a', 'default/b', 'shop/a'] as const
const addresses = ['10.0.1.1@host01', '10.0.1.1', '10.0.1.2@host02', '10.0.1.10']
const slice = fc
  .record({
    name: fc.constantFrom(...names),
    endpoints: fc.array(fc.constantFrom(...addresses), { maxLength: 3 }),
    isIpv6: fc.boolean(),
    hasPort: fc.boolean(),
  })
  .map(({ name, endpoints, isIpv6, hasPort }): EndpointSlice => {
    const written = testSlice(name, isIpv6 ? ['fd00::1', 'fd00::2'] : endpoints)
    return hasPort ? written : { ...written, ports: [] }
  })

/** A slice put in the place of some others. */
const edit = fc.record({ at: fc.nat(8), removed: fc.nat(2), put: fc.array(slice, { maxLength: 2 }) })

const first = testSlice('default/first', ['10.0.0.1'])

test('after any edits of the list the endpoints are those of a list never seen, in the same order', () => {
  fc.assert(
    fc.property(fc.array(slice, { maxLength: 6 }), fc.array(edit, { maxLength: 8 }), (slices, edits) => {
      let list: readonly EndpointSlice[] = [first, ...slices]
      for (const { at, removed, put } of [{ at: 9, removed: 0, put: [] }, ...edits]) {
        // By the first one a list knows the last that was much the same.
        list = list.toSpliced(1 + at, removed, ...put)
        for (const version of [4, 6] as const) {
          const anew = gatheredFrom(structuredClone(list), version)
          const now = gatheredFrom(list, version)
          expect([...allEndpoints(now.endpoints)]).toEqual([...allEndpoints(anew.endpoints)])
          expect(now.endpoints.count).toBe(anew.endpoints.count)
          expect(now.withTwins).toEqual(anew.withTwins)
        }
      }
    }),
    { seed: 9 },
  )
})

test('a changed slice leaves the lists of other service ports the same objects', () => {
  const list = [first, testSlice('default/a', ['10.0.1.1']), testSlice('default/b', ['10.0.2.1'])]
  const before = allEndpoints(gatheredFrom(list, 4).endpoints)
  const after = allEndpoints(gatheredFrom(list.with(1, testSlice('default/a', ['10.0.1.2'])), 4).endpoints)
  expect([...after].map(([key, infos]) => [key, infos === before.get(key)])).toEqual([
    ['default/first:/tcp', true],
    ['default/a:/tcp', false],
    ['default/b:/tcp', true],
  ])
})

test('so many changes that no list is left are told like one', () => {
  const services = Array.from({ length: 130 }, (_, index) => `default/s${index}`)
  let list: readonly EndpointSlice[] = services.map((name) => testSlice(name, ['10.0.1.1', '10.0.1.2']))
  gatheredFrom(list, 4)
  for (const [index, name] of services.entries()) {
    if (index > 0) list = list.with(index, testSlice(name, ['10.0.1.3']))
    gatheredFrom(list, 4)
  }
  const [{ endpoints }, anew] = [gatheredFrom(list, 4), gatheredFrom(structuredClone(list), 4)]
  expect([...allEndpoints(endpoints)]).toEqual([...allEndpoints(anew.endpoints)])
  expect(endpoints.count).toBe(131)
})
