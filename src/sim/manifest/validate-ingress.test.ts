import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import type { JsonObject } from './manifest.ts'
import { validateIngress, validateNewIngress } from './validate-ingress.ts'

/** The messages for a `spec` in one line of YAML, in the server's order. */
function says(spec: string): readonly string[] {
  return validateIngress({ spec: parse(spec) as JsonObject }).map(({ message }) => message)
}

const paths = (...items: readonly string[]) => `{ rules: [{ http: { paths: [${items.join(', ')}] } }] }`
const fine = 'backend: { service: { name: a, port: { number: 80 } } }'
const at = 'spec.rules[0].http.paths[0]'

describe('the API server refuses', () => {
  test.each([
    {
      spec: '{}',
      messages: [
        'spec: Invalid value: []networking.IngressRule(nil): either `defaultBackend` or `rules` must be specified',
      ],
    },
    { spec: '{ rules: [{ http: { paths: [] } }] }', messages: ['spec.rules[0].http.paths: Required value'] },
    {
      spec: paths(`{ path: a//b, pathType: Exact, ${fine} }`),
      messages: [
        `${at}.path: Invalid value: "a//b": must be an absolute path`,
        `${at}.path: Invalid value: "a//b": must not contain '//'`,
      ],
    },
    {
      spec: paths(`{ path: /a/.., pathType: Prefix, ${fine} }`),
      messages: [`${at}.path: Invalid value: "/a/..": cannot end with '/..'`],
    },
    // Nothing else of a path without a type is looked at.
    {
      spec: paths('{ path: a }'),
      messages: [`${at}.pathType: Required value: pathType must be specified`],
    },
    {
      spec: paths('{ path: /, pathType: Prefix, backend: { service: { name: a } } }'),
      messages: [`${at}.backend: Required value: port name or number is required`],
    },
    {
      spec: paths(
        '{ path: /, pathType: Prefix, backend: { service: { name: a, port: { name: b, number: 80 } } } }',
      ),
      messages: [`${at}.backend: Invalid value: "": cannot set both port name & port number`],
    },
    {
      spec: paths(
        '{ path: /, pathType: Prefix, backend: { service: { name: a, port: { number: 70000 } } } }',
      ),
      messages: [
        `${at}.backend.service.port.number: Invalid value: 70000: must be between 1 and 65535, inclusive`,
      ],
    },
    {
      spec: '{ defaultBackend: { resource: {} } }',
      messages: [
        'spec.defaultBackend.resource.kind: Required value: kind is required',
        'spec.defaultBackend.resource.name: Required value: name is required',
      ],
    },
  ])('$spec', ({ spec, messages }) => {
    expect(says(spec)).toEqual(messages)
  })
  test('an IPv4 address as host once, an IPv6 address twice', () => {
    expect(says('{ rules: [{ host: 10.0.0.1 }] }')).toEqual([
      'spec.rules[0].host: Invalid value: "10.0.0.1": must be a DNS name, not an IP address',
    ])
    expect(says('{ rules: [{ host: "fd00::1" }] }')).toHaveLength(2)
  })
  test('a class annotation that is not the field, when it is created', () => {
    const metadata = { annotations: { 'kubernetes.io/ingress.class': 'a' } }
    expect(validateNewIngress({ metadata, spec: { ingressClassName: 'b' } })).toMatchObject([
      {
        message:
          'annotations.kubernetes.io/ingress.class: Invalid value: "a": must match `ingressClassName` when both are specified',
        path: ['metadata', 'annotations', 'kubernetes.io/ingress.class'],
      },
    ])
    expect(validateNewIngress({ metadata, spec: { ingressClassName: 'a' } })).toEqual([])
  })
})
