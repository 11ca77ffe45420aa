/** HTTPRoutes (gateway.networking.k8s.io/v1, v1.6). */
import type { Millis } from '../clock.ts'
import { listAt, numberAt, objectAt, textAt, textsAt, valueAt } from '../manifest/json-fields.ts'
import type { JsonValue } from '../manifest/manifest.ts'
import type {
  BackendRef,
  HeaderChange,
  HttpBackendRef,
  HttpRoute,
  HttpRouteFilter,
  HttpRouteMatch,
  HttpRouteRule,
  ParentRef,
  PathChange,
  ValueMatch,
} from './gateway-objects.ts'
import type { ApiObject } from './objects.ts'
import { parseDuration } from './parse-duration.ts'
import { readGeneration, readTarget } from './read-gateway.ts'
import { readMeta } from './read-meta.ts'
import { remembered } from './remembered.ts'

/** An HTTPRoute with its rules in their order. */
export const readHttpRoute: (object: ApiObject) => HttpRoute = remembered((object) => {
  const spec = objectAt(object.body, 'spec')
  const rules = valueAt(spec, 'rules')
  return {
    ...readMeta(object),
    generation: readGeneration(object),
    parentRefs: listAt(spec, 'parentRefs').map(readParent),
    hostnames: textsAt(spec, 'hostnames'),
    rules: rules === undefined ? [readRule({})] : listAt(rules).map(readRule),
  }
})

function readParent(item: JsonValue): ParentRef {
  const sectionName = textAt(item, 'sectionName')
  const port = numberAt(item, 'port')
  return {
    ...readTarget(item, { group: 'gateway.networking.k8s.io', kind: 'Gateway' }),
    ...(sectionName === undefined ? {} : { sectionName }),
    ...(port === undefined ? {} : { port }),
  }
}

function readRule(item: JsonValue): HttpRouteRule {
  const name = textAt(item, 'name')
  const matches = listAt(item, 'matches')
  const requestTimeoutMs = readMillis(item, 'request')
  const backendTimeoutMs = readMillis(item, 'backendRequest')
  return {
    ...(name === undefined ? {} : { name }),
    matches: (matches.length === 0 ? [{}] : matches).map(readMatch),
    filters: listAt(item, 'filters').map(readFilter),
    backendRefs: listAt(item, 'backendRefs').map(readHttpBackend),
    ...(requestTimeoutMs === undefined ? {} : { requestTimeoutMs }),
    ...(backendTimeoutMs === undefined ? {} : { backendTimeoutMs }),
  }
}

function readMillis(item: JsonValue, field: 'request' | 'backendRequest'): Millis | undefined {
  const seconds = parseDuration(textAt(item, 'timeouts', field) ?? '')
  return seconds === undefined ? undefined : seconds * 1000
}

function readMatch(item: JsonValue): HttpRouteMatch {
  const type = textAt(item, 'path', 'type')
  const method = textAt(item, 'method')
  return {
    path: {
      type: type === 'Exact' || type === 'RegularExpression' ? type : 'PathPrefix',
      value: textAt(item, 'path', 'value') ?? '/',
    },
    ...(method === undefined ? {} : { method }),
    headers: listAt(item, 'headers').map(readValueMatch),
    queryParams: listAt(item, 'queryParams').map(readValueMatch),
  }
}

function readValueMatch(item: JsonValue): ValueMatch {
  return {
    type: textAt(item, 'type') === 'RegularExpression' ? 'RegularExpression' : 'Exact',
    name: textAt(item, 'name') ?? '',
    value: textAt(item, 'value') ?? '',
  }
}

function readBackend(item: JsonValue | undefined): BackendRef {
  const port = numberAt(item, 'port')
  return {
    ...readTarget(item, { group: '', kind: 'Service' }),
    ...(port === undefined ? {} : { port }),
  }
}

function readHttpBackend(item: JsonValue): HttpBackendRef {
  return {
    ...readBackend(item),
    weight: numberAt(item, 'weight') ?? 1,
    filters: listAt(item, 'filters').map(readFilter),
  }
}

function readFilter(item: JsonValue): HttpRouteFilter {
  const type = textAt(item, 'type') ?? ''
  switch (type) {
    case 'RequestHeaderModifier':
      return { kind: type, change: readChange(valueAt(item, 'requestHeaderModifier')) }
    case 'ResponseHeaderModifier':
      return { kind: type, change: readChange(valueAt(item, 'responseHeaderModifier')) }
    case 'RequestRedirect':
      return readRedirect(valueAt(item, 'requestRedirect'))
    case 'URLRewrite':
      return { kind: type, ...readHostAndPath(valueAt(item, 'urlRewrite')) }
    case 'RequestMirror': {
      const mirror = valueAt(item, 'requestMirror')
      return { kind: type, backendRef: readBackend(valueAt(mirror, 'backendRef')), share: readShare(mirror) }
    }
  }
  return { kind: 'unsupported', type }
}

function readRedirect(value: JsonValue | undefined): HttpRouteFilter {
  const scheme = textAt(value, 'scheme')
  const port = numberAt(value, 'port')
  return {
    kind: 'RequestRedirect',
    ...(scheme === undefined ? {} : { scheme }),
    ...readHostAndPath(value),
    ...(port === undefined ? {} : { port }),
    statusCode: numberAt(value, 'statusCode') ?? 302,
  }
}

function readHostAndPath(value: JsonValue | undefined): {
  readonly hostname?: string
  readonly path?: PathChange
} {
  const hostname = textAt(value, 'hostname')
  const type = textAt(value, 'path', 'type')
  const path: PathChange | undefined =
    type === 'ReplaceFullPath'
      ? { kind: type, to: textAt(value, 'path', 'replaceFullPath') ?? '' }
      : type === 'ReplacePrefixMatch'
        ? { kind: type, to: textAt(value, 'path', 'replacePrefixMatch') ?? '' }
        : undefined
  return { ...(hostname === undefined ? {} : { hostname }), ...(path === undefined ? {} : { path }) }
}

function readChange(value: JsonValue | undefined): HeaderChange {
  const fields = (key: string) =>
    listAt(value, key).map((item) => ({
      name: textAt(item, 'name') ?? '',
      value: textAt(item, 'value') ?? '',
    }))
  return { set: fields('set'), add: fields('add'), remove: textsAt(value, 'remove') }
}

/** `percent`, or `fraction` of `numerator` and `denominator` (100 by default); all requests where neither is given. */
function readShare(mirror: JsonValue | undefined): number {
  const percent = numberAt(mirror, 'percent')
  const numerator = numberAt(mirror, 'fraction', 'numerator')
  if (percent !== undefined) return percent / 100
  return numerator === undefined ? 1 : numerator / (numberAt(mirror, 'fraction', 'denominator') ?? 100)
}
