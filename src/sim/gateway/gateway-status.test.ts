import { describe, expect, test } from 'vitest'
import { becauseOf } from '../cluster/origin.ts'
import { deleteObject } from '../cluster/delete-object.ts'
import { listAt, textAt } from '../manifest/json-fields.ts'
import {
  aBackend,
  aGateway,
  aRoute,
  conditionsOf,
  gatewayCluster,
  overCluster,
  refusals,
} from './gateway-lab.fixture.ts'

const web = '[{ backendRefs: [{ name: web, port: 80 }] }]'

describe('a Gateway of our class', () => {
  const cluster = gatewayCluster(aBackend('web'), aGateway(), aRoute('web', web))
  test('gets a Deployment and a Service named after it and its class', () => {
    expect(cluster.deployments.map(({ ref }) => ref.name)).toEqual(['gw-podpath', 'web'])
    const service = cluster.services.find(({ ref }) => ref.name === 'gw-podpath')
    expect(service).toMatchObject({
      type: 'LoadBalancer',
      labels: { 'gateway.networking.k8s.io/gateway-name': 'gw' },
      loadBalancerIngress: [{ ip: '192.168.61.200' }],
    })
  })
  test('is programmed with the address of its Service', () => {
    const { body } = cluster.objects['Gateway/default/gw'] ?? { body: {} }
    expect(listAt(body, 'status', 'addresses')).toEqual([{ type: 'IPAddress', value: '192.168.61.200' }])
    expect(conditionsOf(cluster, 'Gateway/default/gw')).toEqual([
      'Accepted=True Accepted',
      'Programmed=True Programmed',
    ])
    expect(conditionsOf(cluster, 'GatewayClass//podpath')).toEqual(['Accepted=True Accepted'])
  })
  test('tells its Route, with the generation that it saw', () => {
    expect(conditionsOf(cluster, 'HTTPRoute/default/web', 'parents', 0)).toEqual([
      'Accepted=True Accepted',
      'ResolvedRefs=True ResolvedRefs',
    ])
  })
  test('is behind what was made for it', () => {
    const object = { kind: 'Service', namespace: 'default', name: 'gw-podpath' }
    expect(becauseOf(cluster, { object, paths: [['spec', 'ports', 0]] })[0]).toMatchObject({
      object: { kind: 'Gateway', name: 'gw' },
      file: 'test.yaml',
    })
  })
  test('keeps node ports and times when nothing but a listener is added', () => {
    const more = overCluster(
      cluster,
      aGateway('[{ name: http, port: 80, protocol: HTTP }, { name: more, port: 8080, protocol: HTTP }]'),
    )
    const portOf = (of: typeof cluster) => of.services.find(({ ref }) => ref.name === 'gw-podpath')?.ports
    expect(portOf(more)?.map(({ port }) => port)).toEqual([80, 8080])
    expect(portOf(more)?.[0]).toEqual(portOf(cluster)?.[0])
    const pods = more.pods.filter(({ labels }) => labels['gateway.networking.k8s.io/gateway-name'] === 'gw')
    expect(pods.map(({ listens }) => listens.map(({ port }) => port))).toEqual([[80, 8080]])
  })
  test('leaves nothing behind when it goes', () => {
    const gone = deleteObject(
      cluster,
      { kind: 'Gateway', namespace: 'default', name: 'gw' },
      cluster.nowMs,
    ).cluster
    expect(gone.services.map(({ ref }) => ref.name)).toEqual(['web'])
    expect(gone.pods.every(({ ref }) => ref.name.startsWith('web-'))).toBe(true)
    expect(listAt(gone.objects['HTTPRoute/default/web']?.body, 'status', 'parents')).toEqual([])
  })
  test('stays the same object when nothing changes', () => {
    const again = overCluster(cluster, aGateway())
    expect(again.objects['Gateway/default/gw']?.body).toBe(cluster.objects['Gateway/default/gw']?.body)
  })
})

describe('a Gateway of another controller', () => {
  const cluster = gatewayCluster(
    'apiVersion: gateway.networking.k8s.io/v1\nkind: GatewayClass\nmetadata: { name: istio }\nspec: { controllerName: istio.io/gateway-controller }\n---',
    aGateway().replace('podpath', 'istio'),
    aRoute('web', web),
  )
  test('waits for its controller, and has no proxy', () => {
    expect(conditionsOf(cluster, 'Gateway/default/gw')).toEqual([
      'Accepted=Unknown Pending',
      'Programmed=Unknown Pending',
    ])
    expect(conditionsOf(cluster, 'GatewayClass//istio')).toEqual(['Accepted=Unknown Pending'])
    expect(cluster.services).toEqual([])
    expect(cluster.objects['HTTPRoute/default/web']?.body['status']).toBeUndefined()
  })
  test('gets its proxy when it takes our class, and loses it again', () => {
    const ours = overCluster(cluster, aGateway())
    expect(ours.services.map(({ ref }) => ref.name)).toEqual(['gw-podpath'])
    const back = overCluster(ours, aGateway().replace('podpath', 'istio'))
    expect(back.services).toEqual([])
    expect(conditionsOf(back, 'Gateway/default/gw')).toEqual([
      'Accepted=Unknown Pending',
      'Programmed=Unknown Pending',
    ])
  })
})

test.each([
  {
    of: 'HTTP and HTTPS on one port',
    listeners:
      '[{ name: a, port: 80, protocol: HTTP }, { name: b, port: 80, protocol: HTTPS, tls: { certificateRefs: [{ name: x }] } }]',
    conflict: 'Conflicted=True ProtocolConflict',
  },
  {
    of: 'two hosts on one port',
    listeners:
      '[{ name: a, port: 80, protocol: HTTP, hostname: a.org }, { name: b, port: 80, protocol: HTTP, hostname: b.org }]',
    conflict: 'Conflicted=False NoConflicts',
  },
])('listeners of $of: $conflict', ({ listeners, conflict }) => {
  const cluster = gatewayCluster(aGateway(listeners))
  for (const index of [0, 1])
    expect(conditionsOf(cluster, 'Gateway/default/gw', 'listeners', index)).toContain(conflict)
})

test('a rule with a filter that is not carried out is dropped, and the Route says so', () => {
  const cors =
    '{ matches: [{ path: { value: /cors } }], filters: [{ type: CORS, cors: {} }], backendRefs: [{ name: web, port: 80 }] }'
  const cluster = gatewayCluster(
    aBackend('web'),
    aGateway(),
    aRoute('web', `[${cors}, { backendRefs: [{ name: web, port: 80 }] }]`),
    aRoute('all', `[${cors}]`),
  )
  expect(conditionsOf(cluster, 'HTTPRoute/default/web', 'parents', 0)).toContain(
    'PartiallyInvalid=True UnsupportedValue',
  )
  expect(conditionsOf(cluster, 'HTTPRoute/default/all', 'parents', 0)[0]).toBe(
    'Accepted=False UnsupportedValue',
  )
})

test('a class with parameters is not accepted, and its Gateways wait', () => {
  const cluster = gatewayCluster(
    'apiVersion: gateway.networking.k8s.io/v1\nkind: GatewayClass\nmetadata: { name: podpath }\nspec: { controllerName: podpath.dev/gateway, parametersRef: { group: x, kind: Y, name: z } }\n---',
    aGateway(),
  )
  expect(conditionsOf(cluster, 'GatewayClass//podpath')).toEqual(['Accepted=False InvalidParameters'])
  expect(conditionsOf(cluster, 'Gateway/default/gw')).toEqual([
    'Accepted=Unknown Pending',
    'Programmed=Unknown Pending',
  ])
})

test('without a pool of addresses the Gateway is accepted and not programmed', () => {
  const bare = deleteObject(
    gatewayCluster(),
    { kind: 'IPAddressPool', namespace: 'default', name: 'pool' },
    0,
  ).cluster
  const cluster = overCluster(bare, aGateway())
  expect(conditionsOf(cluster, 'Gateway/default/gw')).toEqual([
    'Accepted=True Accepted',
    'Programmed=False AddressNotAssigned',
  ])
  expect(textAt(cluster.objects['Gateway/default/gw']?.body, 'status', 'addresses')).toBeUndefined()
})

const redirect = '{ type: RequestRedirect, requestRedirect: { scheme: https } }'
test.each([
  {
    field: 'a redirect beside backendRefs',
    text: aRoute('r', `[{ filters: [${redirect}], backendRefs: [{ name: web, port: 80 }] }]`),
    says: 'spec.rules[0]: Invalid value: "object": RequestRedirect filter must not be used together with backendRefs',
  },
  {
    field: 'a Service without port',
    text: aRoute('r', '[{ backendRefs: [{ name: web }] }]'),
    says: 'spec.rules[0].backendRefs[0]: Invalid value: "object": Must have port for Service reference',
  },
  {
    field: 'a relative path',
    text: aRoute('r', '[{ matches: [{ path: { value: foo } }] }]'),
    says: `spec.rules[0].matches[0].path: Invalid value: "object": value must be an absolute path and start with '/' when type one of ['Exact', 'PathPrefix']`,
  },
  {
    field: 'a double slash',
    text: aRoute('r', '[{ matches: [{ path: { value: //a } }] }]'),
    says: `spec.rules[0].matches[0].path: Invalid value: "object": must not contain '//' when type one of ['Exact', 'PathPrefix']`,
  },
  {
    field: 'a prefix replaced under two matches',
    text: aRoute(
      'r',
      '[{ matches: [{}, { path: { value: /b } }], backendRefs: [{ name: w, port: 80 }], filters: [{ type: URLRewrite, urlRewrite: { path: { type: ReplacePrefixMatch, replacePrefixMatch: / } } }] }]',
    ),
    says: 'spec.rules[0]: Invalid value: "object": When using URLRewrite filter with path.replacePrefixMatch, exactly one PathPrefix match must be specified',
  },
  {
    field: 'tls of an HTTP listener',
    text: aGateway('[{ name: a, port: 80, protocol: HTTP, tls: { certificateRefs: [{ name: x }] } }]'),
    says: `spec.listeners: Invalid value: "array": tls must not be specified for protocols ['HTTP', 'TCP', 'UDP']`,
  },
  {
    field: 'twin listeners',
    text: aGateway('[{ name: a, port: 80, protocol: HTTP }, { name: b, port: 80, protocol: HTTP }]'),
    says: 'spec.listeners: Invalid value: "array": Combination of port, protocol and hostname must be unique for each listener',
  },
  {
    field: 'a misspelt field',
    text: aRoute('r', '[{ backendRef: [] }]'),
    says: 'strict decoding error: unknown field "spec.rules[0].backendRef"',
  },
])('the server refuses $field', ({ text, says }) => {
  expect(refusals(text)).toContain(says)
})
