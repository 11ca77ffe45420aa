import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { HttpRouteMatch } from '../cluster/gateway-objects.ts'
import { chooseRule } from './choose-rule.ts'
import type { RouteEntry } from './data-plane.ts'
import { byPrecedence } from './precedence.ts'

const hosts = ['', '*.example.com', '*.a.example.com', 'a.example.com', 'b.a.example.com', 'example.com']
const paths = ['/', '/a', '/a/', '/a/b', '/ab', '/b', '.*']

const match: fc.Arbitrary<HttpRouteMatch> = fc.record(
  {
    path: fc.record({
      type: fc.constantFrom('Exact', 'PathPrefix', 'RegularExpression'),
      value: fc.constantFrom(...paths),
    }),
    headers: fc.array(
      fc.record({
        type: fc.constant<'Exact'>('Exact'),
        name: fc.constantFrom('x-env', 'X-Env', 'x-two'),
        value: fc.constantFrom('1', '2'),
      }),
      { maxLength: 3 },
    ),
    queryParams: fc.array(
      fc.record({
        type: fc.constant<'Exact'>('Exact'),
        name: fc.constantFrom('q', 'r'),
        value: fc.constantFrom('1', '2'),
      }),
      { maxLength: 2 },
    ),
    method: fc.constantFrom('GET', 'POST'),
  },
  { requiredKeys: ['path', 'headers', 'queryParams'] },
)

/** What the API lets be there at once: an entry is one route, host, rule and match. */
const entries: fc.Arbitrary<readonly RouteEntry[]> = fc.uniqueArray(
  fc.record({
    route: fc.record({
      kind: fc.constant('HTTPRoute'),
      namespace: fc.constantFrom('default', 'other'),
      name: fc.constantFrom('a', 'b', 'c'),
    }),
    createdAtMs: fc.constantFrom(0, 1000),
    host: fc.constantFrom(...hosts),
    ruleIndex: fc.nat(2),
    matchIndex: fc.nat(2),
    match,
    rule: fc.constant({ filters: [], backends: [], mirrors: [] }),
  }),
  {
    selector: ({ route, host, ruleIndex, matchIndex }) =>
      `${route.namespace}/${route.name}/${host}/${ruleIndex}/${matchIndex}`,
    maxLength: 12,
  },
)

const request = fc.record({
  host: fc.constantFrom('example.com', 'a.example.com', 'b.a.example.com', 'other.org'),
  path: fc.constantFrom('/', '/a', '/a/b', '/a/b/c', '/ab', '/c'),
  method: fc.constantFrom('GET', 'POST'),
  headers: fc.array(fc.tuple(fc.constantFrom('X-Env', 'x-two'), fc.constantFrom('1', '2')), { maxLength: 2 }),
  query: fc.array(fc.tuple(fc.constantFrom('q', 'r'), fc.constantFrom('1', '2')), { maxLength: 2 }),
})

describe('precedence', () => {
  test('is a total order: antisymmetric, transitive, and 0 for an entry and itself alone', () => {
    fc.assert(
      fc.property(entries, (list) => {
        for (const a of list)
          for (const b of list) {
            expect(Math.sign(byPrecedence(a, b)) + Math.sign(byPrecedence(b, a))).toBe(0)
            expect(byPrecedence(a, b) === 0).toBe(a === b)
            const between = list.filter((c) => byPrecedence(a, b) < 0 && byPrecedence(b, c) < 0)
            expect(between.every((c) => byPrecedence(a, c) < 0)).toBe(true)
          }
      }),
    )
  })

  test('chooses the same whatever the order in which Routes are listed', () => {
    fc.assert(
      fc.property(
        entries.chain((list) =>
          fc.tuple(
            fc.constant(list),
            fc.shuffledSubarray([...list], { minLength: list.length, maxLength: list.length }),
          ),
        ),
        request,
        ([list, shuffled], asked) => {
          const one = chooseRule(list.toSorted(byPrecedence), asked)
          const other = chooseRule(shuffled.toSorted(byPrecedence), asked)
          expect(other).toEqual(one)
          const winners = one.choice.candidates.filter(({ verdict }) => verdict === 'won')
          expect(winners.length).toBe(one.chosen === undefined ? 0 : 1)
        },
      ),
    )
  })
})
