import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { findLocation } from './find-location.ts'
import { findServer } from './find-server.ts'
import { matchPattern } from './match-pattern.ts'
import { aConfig, anIngress } from './objects.fixture.ts'
import { parsePattern } from './parse-pattern.ts'
import type { Location, VirtualServer } from './virtual-server.ts'

/** As nginx's documentation has it, one after the other. */
function plainServer(servers: readonly VirtualServer[], host: string): VirtualServer | undefined {
  const isWild = ({ hostname }: VirtualServer) => hostname.startsWith('*.')
  const fits = ({ hostname }: VirtualServer) =>
    host.endsWith(hostname.slice(1)) && /^[\w-]+$/.test(host.slice(0, -hostname.slice(1).length))
  return (
    servers.find((server) => !isWild(server) && server.hostname !== '_' && server.hostname === host) ??
    servers.find((server) => server.aliases.includes(host)) ??
    servers.find((server) => isWild(server) && fits(server)) ??
    servers.find(({ hostname }) => hostname === '_')
  )
}

function plainLocation(locations: readonly Location[], path: string): string {
  const name = ({ match, path: own }: Location) => `${match} ${own}`
  const equal = locations.find((each) => each.match === 'exact' && each.path === path)
  if (equal) return name(equal)
  const prefixes = locations.filter((each) => each.match === 'prefix' && path.startsWith(each.path))
  const [longest] = prefixes.toSorted((a, b) => b.path.length - a.path.length)
  const slash = locations.filter(
    (each) => each.match !== 'regex' && each.path === `${path}/` && each.handler.kind === 'proxy',
  )
  if (longest?.path !== path && slash[0])
    return `301 ${name(slash.find(({ match }) => match === 'exact') ?? slash[0])}`
  const regex = locations.find((each) => {
    const parsed = parsePattern(`^${each.path}`, { ignoreCase: true })
    return each.match === 'regex' && parsed.ok && matchPattern(parsed.pattern, path).kind === 'matched'
  })
  return regex ? name(regex) : longest ? name(longest) : 'none'
}

const path = fc
  .array(fc.constantFrom('/a', '/ab', '/b', '/', '/A', '.', '/abc'), { maxLength: 4 })
  .map((parts) => `/${parts.join('')}`.replaceAll('//', '/'))
const host = fc.constantFrom('x', 'a.x', '*.x', '*.a.x', 'b.x', 'b.a.x', 'c.b.a.x', 'X', '', '.x', '*.y')
const rule = fc.record({ host, path, exact: fc.boolean() })

describe('the tables', () => {
  test('find what trying each finds, over random Ingresses', () => {
    fc.assert(
      fc.property(
        fc.array(rule, { minLength: 1, maxLength: 12 }),
        fc.boolean(),
        fc.array(fc.tuple(host, path), { minLength: 10, maxLength: 10 }),
        (rules, useRegex, asked) => {
          const { servers } = aConfig({
            ingresses: rules.map((each, index) =>
              anIngress(`i${index}`, [`${each.host || '*'} ${each.exact ? '=' : ''}${each.path} s:80`], {
                annotations: {
                  ...(useRegex && index === 0 && { 'use-regex': 'true' }),
                  ...(index === 1 && { 'server-alias': 'alias,b.x' }),
                },
              }),
            ),
          })
          for (const [name, wanted] of [...asked, ['alias', '/'] as const]) {
            const server = findServer(servers, name)
            expect(server).toBe(plainServer(servers, name))
            const found = findLocation(server.locations, wanted)
            const told =
              found.kind === 'none'
                ? 'none'
                : `${found.kind === 'slash-missing' ? '301 ' : ''}${found.location.match} ${found.location.path}`
            expect(told).toBe(plainLocation(server.locations, wanted))
          }
        },
      ),
      { seed: 5, numRuns: 300 },
    )
  })
})
