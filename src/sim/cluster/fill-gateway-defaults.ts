/** Defaults of the Gateway API's CRDs (config/crd/standard, v1.6), as the API server writes them into what it stores. */
import { fill, listAt, objectAt, textAt, valueAt } from '../manifest/json-fields.ts'
import type { JsonObject, JsonValue } from '../manifest/manifest.ts'

/** What every GatewayClass, Gateway and listener says before a controller has looked at it. */
const WAITING = { status: 'Unknown', reason: 'Pending', message: 'Waiting for controller' } as const

/** The object with its defaults; kinds that have none are left alone. */
export function withGatewayDefaults(kind: string, body: JsonObject): JsonObject {
  const spec = objectAt(body, 'spec')
  switch (kind) {
    case 'GatewayClass':
      return { ...body, status: fill(objectAt(body, 'status'), { conditions: [waiting('Accepted')] }) }
    case 'Gateway':
      return {
        ...body,
        spec: { ...spec, ...mapped(spec, 'listeners', listener) },
        status: fill(objectAt(body, 'status'), {
          conditions: [waiting('Accepted'), waiting('Programmed')],
        }),
      }
    case 'HTTPRoute':
      return {
        ...body,
        spec: {
          ...fill(spec, { rules: [{}] }),
          ...mapped(spec, 'parentRefs', (ref) => fill(ref, { group: GROUP, kind: 'Gateway' })),
          rules: (valueAt(spec, 'rules') === undefined ? [{}] : listAt(spec, 'rules')).map((item) =>
            rule(objectAt(item)),
          ),
        },
      }
  }
  return body
}

const GROUP = 'gateway.networking.k8s.io'

/** The CRD's default carries the epoch as its time. */
function waiting(type: string): JsonObject {
  return { type, ...WAITING, lastTransitionTime: '1970-01-01T00:00:00Z' }
}

function mapped(object: JsonObject, key: string, change: (item: JsonObject) => JsonValue): JsonObject {
  return valueAt(object, key) === undefined
    ? {}
    : { [key]: listAt(object, key).map((item) => change(objectAt(item))) }
}

function listener(item: JsonObject): JsonValue {
  const allowed = objectAt(item, 'allowedRoutes')
  const tls = objectAt(item, 'tls')
  return {
    ...item,
    ...(valueAt(item, 'tls') === undefined
      ? {}
      : {
          tls: {
            ...fill(tls, { mode: 'Terminate' }),
            ...mapped(tls, 'certificateRefs', (ref) => fill(ref, { group: '', kind: 'Secret' })),
          },
        }),
    allowedRoutes: {
      ...allowed,
      namespaces: fill(objectAt(allowed, 'namespaces'), { from: 'Same' }),
      ...mapped(allowed, 'kinds', (kind) => fill(kind, { group: GROUP })),
    },
  }
}

function rule(item: JsonObject): JsonValue {
  const matches = valueAt(item, 'matches') === undefined ? [{}] : listAt(item, 'matches')
  return {
    ...item,
    matches: matches.map((each) => match(objectAt(each))),
    ...mapped(item, 'filters', filter),
    ...mapped(item, 'backendRefs', (ref) => ({
      ...fill(ref, { group: '', kind: 'Service', weight: 1 }),
      ...mapped(ref, 'filters', filter),
    })),
  }
}

function match(item: JsonObject): JsonValue {
  const withType = (each: JsonObject) => fill(each, { type: 'Exact' })
  return {
    ...item,
    path: fill(objectAt(item, 'path'), { type: 'PathPrefix', value: '/' }),
    ...mapped(item, 'headers', withType),
    ...mapped(item, 'queryParams', withType),
  }
}

function filter(item: JsonObject): JsonValue {
  const type = textAt(item, 'type')
  if (type === 'RequestRedirect')
    return { ...item, requestRedirect: fill(objectAt(item, 'requestRedirect'), { statusCode: 302 }) }
  if (type !== 'RequestMirror') return item
  const mirror = objectAt(item, 'requestMirror')
  const backendRef = fill(objectAt(mirror, 'backendRef'), { group: '', kind: 'Service' })
  return { ...item, requestMirror: { ...mirror, backendRef } }
}
