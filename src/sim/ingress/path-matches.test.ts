import { expect, test } from 'vitest'
import { pathMatches } from './path-matches.ts'

// https://kubernetes.io/docs/concepts/services-networking/ingress/#examples
test.each([
  { pathType: 'Prefix', path: '/', request: '/anything/at/all', matches: true },
  { pathType: 'Exact', path: '/foo', request: '/foo', matches: true },
  { pathType: 'Exact', path: '/foo', request: '/bar', matches: false },
  { pathType: 'Exact', path: '/foo', request: '/foo/', matches: false },
  { pathType: 'Exact', path: '/foo/', request: '/foo', matches: false },
  { pathType: 'Prefix', path: '/foo', request: '/foo/', matches: true },
  { pathType: 'Prefix', path: '/foo/', request: '/foo', matches: true },
  { pathType: 'Prefix', path: '/aaa/bb', request: '/aaa/bbb', matches: false },
  { pathType: 'Prefix', path: '/aaa/bbb', request: '/aaa/bbb/ccc', matches: true },
  { pathType: 'Prefix', path: '/aaa/bbb', request: '/aaa/bbbxyz', matches: false },
  { pathType: 'Prefix', path: '/foo', request: '/FOO', matches: false },
] as const)('$pathType $path matches $request: $matches', ({ pathType, path, request, matches }) => {
  expect(pathMatches({ path, pathType }, request)).toBe(matches)
})
