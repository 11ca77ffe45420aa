/**
 * What the API server refuses in Gateway API objects: the schema and the CEL rules of the CRDs (config/crd/standard, v1.6, made from
 * the kubebuilder marks in apis/v1/*_types.go). Left out: rules of fields that this model does not read.
 */
import { invalid, printPath, required, unsupported } from './field-problem.ts'
import type { FieldProblem } from './field-problem.ts'
import { listAt, numberAt, textAt, valueAt } from './json-fields.ts'
import type { FieldPath, JsonObject, JsonValue } from './manifest.ts'

/** Problems of a GatewayClass, Gateway, HTTPRoute or ReferenceGrant. */
export function validateGatewayObject(kind: string, body: JsonObject): readonly FieldProblem[] {
  const spec = valueAt(body, 'spec')
  switch (kind) {
    case 'GatewayClass':
      return needed(spec, ['spec'], 'controllerName')
    case 'Gateway':
      return [...needed(spec, ['spec'], 'gatewayClassName'), ...listenersProblems(spec)]
    case 'HTTPRoute':
      return routeProblems(spec)
    case 'ReferenceGrant':
      return ['from', 'to'].flatMap((field) =>
        listAt(spec, field).length === 0 ? [required(['spec', field])] : [],
      )
  }
  return []
}

/** A CEL rule that does not hold. The server names the type of what it looked at, not the value. */
function cel(path: FieldPath, of: 'object' | 'array', holds: boolean, message: string): FieldProblem[] {
  return holds ? [] : [invalid(path, of, message)]
}

function needed(value: JsonValue | undefined, path: FieldPath, field: string): FieldProblem[] {
  return (textAt(value, field) ?? '') === '' ? [required([...path, field])] : []
}

function atMost(path: FieldPath, list: readonly JsonValue[], most: number): FieldProblem[] {
  return list.length <= most
    ? []
    : [invalid(path, list.length, `must have at most ${most} items`, `There are ${list.length}.`)]
}

const hostnamePattern = '^(\\*\\.)?[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$'

/** The pattern of a schema, in the words of the server's OpenAPI validation. */
function patternProblems(path: FieldPath, value: string | undefined, pattern: string): FieldProblem[] {
  if (value === undefined || new RegExp(pattern).test(value)) return []
  return [invalid(path, value, `${printPath(path)} in body should match '${pattern}'`)]
}

function listenersProblems(spec: JsonValue | undefined): FieldProblem[] {
  const path = ['spec', 'listeners']
  const listeners = listAt(spec, 'listeners')
  if (listeners.length === 0) return [required(path)]
  const protocolOf = (item: JsonValue) => textAt(item, 'protocol') ?? ''
  const keyOf = (item: JsonValue) =>
    `${numberAt(item, 'port')}/${protocolOf(item)}/${textAt(item, 'hostname') ?? ''}`
  const isUnique = (of: (item: JsonValue) => string | undefined) =>
    new Set(listeners.map(of)).size === listeners.length
  return [
    ...atMost(path, listeners, 64),
    ...listeners.flatMap((item, index) => listenerProblems(item, [...path, index])),
    ...cel(
      path,
      'array',
      listeners.every(
        (item) => !['HTTP', 'TCP', 'UDP'].includes(protocolOf(item)) || valueAt(item, 'tls') === undefined,
      ),
      "tls must not be specified for protocols ['HTTP', 'TCP', 'UDP']",
    ),
    ...cel(
      path,
      'array',
      listeners.every(
        (item) =>
          protocolOf(item) !== 'HTTPS' || (textAt(item, 'tls', 'mode') ?? 'Terminate') === 'Terminate',
      ),
      'tls mode must be Terminate for protocol HTTPS',
    ),
    ...cel(
      path,
      'array',
      listeners.every(
        (item) => !['TCP', 'UDP'].includes(protocolOf(item)) || (textAt(item, 'hostname') ?? '') === '',
      ),
      "hostname must not be specified for protocols ['TCP', 'UDP']",
    ),
    ...cel(
      path,
      'array',
      isUnique((item) => textAt(item, 'name')),
      'Listener name must be unique within the Gateway',
    ),
    ...cel(
      path,
      'array',
      isUnique(keyOf),
      'Combination of port, protocol and hostname must be unique for each listener',
    ),
  ]
}

function listenerProblems(item: JsonValue, path: FieldPath): FieldProblem[] {
  const tls = valueAt(item, 'tls')
  const isEmpty =
    listAt(tls, 'certificateRefs').length === 0 && Object.keys(valueAt(tls, 'options') ?? {}).length === 0
  return [
    ...needed(item, path, 'name'),
    ...needed(item, path, 'protocol'),
    ...portProblem(item, path, true),
    ...patternProblems([...path, 'hostname'], textAt(item, 'hostname'), hostnamePattern),
    ...(tls === undefined
      ? []
      : cel(
          [...path, 'tls'],
          'object',
          (textAt(tls, 'mode') ?? 'Terminate') !== 'Terminate' || !isEmpty,
          'certificateRefs or options must be specified when mode is Terminate',
        )),
    ...oneOf(
      textAt(item, 'allowedRoutes', 'namespaces', 'from'),
      [...path, 'allowedRoutes', 'namespaces', 'from'],
      ['All', 'None', 'Selector', 'Same'],
    ),
  ]
}

function portProblem(item: JsonValue | undefined, path: FieldPath, isNeeded: boolean): FieldProblem[] {
  const port = numberAt(item, 'port')
  if (port === undefined) return isNeeded ? [required([...path, 'port'])] : []
  if (port >= 1 && port <= 65535) return []
  const bound = port < 1 ? 'greater than or equal to 1' : 'less than or equal to 65535'
  return [invalid([...path, 'port'], port, `should be ${bound}`)]
}

function oneOf(value: string | undefined, path: FieldPath, known: readonly string[]): FieldProblem[] {
  return value === undefined || known.includes(value) ? [] : [unsupported(path, value, known)]
}

function routeProblems(spec: JsonValue | undefined): FieldProblem[] {
  const rules = listAt(spec, 'rules')
  const hostnames = listAt(spec, 'hostnames')
  const path = ['spec', 'rules']
  const matches = rules.reduce<number>((sum, rule) => sum + listAt(rule, 'matches').length, 0)
  return [
    ...parentProblems(listAt(spec, 'parentRefs')),
    ...atMost(['spec', 'hostnames'], hostnames, 16),
    ...hostnames.flatMap((host, index) =>
      typeof host === 'string' ? patternProblems(['spec', 'hostnames', index], host, hostnamePattern) : [],
    ),
    ...atMost(path, rules, 16),
    ...cel(
      path,
      'array',
      matches <= 128,
      'While 16 rules and 64 matches per rule are allowed, the total number of matches across all rules in a route must be less than 128',
    ),
    ...rules.flatMap((rule, index) => ruleProblems(rule, [...path, index])),
  ]
}

/** Two references to one parent need a section or a port each, and not the same. */
function parentProblems(refs: readonly JsonValue[]): FieldProblem[] {
  const path = ['spec', 'parentRefs']
  const parentOf = (ref: JsonValue) =>
    [
      textAt(ref, 'group') ?? 'gateway.networking.k8s.io',
      textAt(ref, 'kind') ?? 'Gateway',
      textAt(ref, 'namespace') ?? '',
      textAt(ref, 'name') ?? '',
    ].join('/')
  const sectionOf = (ref: JsonValue) => `${textAt(ref, 'sectionName') ?? ''}/${numberAt(ref, 'port') ?? ''}`
  const twins = refs.flatMap((a, index) =>
    refs.slice(index + 1).flatMap((b) => (parentOf(a) === parentOf(b) ? [[a, b] as const] : [])),
  )
  return [
    ...atMost(path, refs, 32),
    ...refs.flatMap((ref, index) => needed(ref, [...path, index], 'name')),
    ...cel(
      path,
      'array',
      twins.every(([a, b]) => sectionOf(a) !== '/' && sectionOf(b) !== '/'),
      'sectionName or port must be specified when parentRefs includes 2 or more references to the same parent',
    ),
    ...cel(
      path,
      'array',
      twins.every(([a, b]) => sectionOf(a) !== sectionOf(b)),
      'sectionName or port must be unique when parentRefs includes 2 or more references to the same parent',
    ),
  ]
}

function ruleProblems(rule: JsonValue, path: FieldPath): FieldProblem[] {
  const matches = listAt(rule, 'matches')
  const filters = listAt(rule, 'filters')
  const backends = listAt(rule, 'backendRefs')
  const isRedirect = (filter: JsonValue) => valueAt(filter, 'requestRedirect') !== undefined
  const replacesPrefix = (field: string) =>
    filters.filter((filter) => textAt(filter, field, 'path', 'type') === 'ReplacePrefixMatch').length === 1
  const isOnePrefix =
    matches.length === 1
      ? (textAt(matches[0], 'path', 'type') ?? 'PathPrefix') === 'PathPrefix'
      : matches.length === 0
  const prefixMessage = (name: string) =>
    `When using ${name} filter with path.replacePrefixMatch, exactly one PathPrefix match must be specified`
  return [
    ...atMost([...path, 'matches'], matches, 64),
    ...atMost([...path, 'filters'], filters, 16),
    ...atMost([...path, 'backendRefs'], backends, 16),
    ...matches.flatMap((match, index) => matchProblems(match, [...path, 'matches', index])),
    ...filters.flatMap((filter, index) => filterProblems(filter, [...path, 'filters', index])),
    ...filterListProblems(filters, [...path, 'filters']),
    ...backends.flatMap((ref, index) => backendProblems(ref, [...path, 'backendRefs', index])),
    ...cel(
      path,
      'object',
      backends.length === 0 || !filters.some(isRedirect),
      'RequestRedirect filter must not be used together with backendRefs',
    ),
    ...cel(
      path,
      'object',
      isOnePrefix || !replacesPrefix('requestRedirect'),
      prefixMessage('RequestRedirect'),
    ),
    ...cel(path, 'object', isOnePrefix || !replacesPrefix('urlRewrite'), prefixMessage('URLRewrite')),
    ...timeoutProblems(rule, [...path, 'timeouts']),
  ]
}

const refusedInPaths = ['//', '/./', '/../', '%2f', '%2F', '#']
const refusedAtEnd = ['/..', '/.']
const exactOrPrefix = "when type one of ['Exact', 'PathPrefix']"

function matchProblems(match: JsonValue, path: FieldPath): FieldProblem[] {
  const type = textAt(match, 'path', 'type') ?? 'PathPrefix'
  const value = textAt(match, 'path', 'value') ?? '/'
  const at = [...path, 'path']
  const literal = type === 'Exact' || type === 'PathPrefix'
  return [
    ...oneOf(type, [...at, 'type'], ['Exact', 'PathPrefix', 'RegularExpression']),
    ...(literal
      ? [
          ...cel(
            at,
            'object',
            value.startsWith('/'),
            `value must be an absolute path and start with '/' ${exactOrPrefix}`,
          ),
          ...refusedInPaths.flatMap((part) =>
            cel(at, 'object', !value.includes(part), `must not contain '${part}' ${exactOrPrefix}`),
          ),
          ...refusedAtEnd.flatMap((end) =>
            cel(at, 'object', !value.endsWith(end), `must not end with '${end}' ${exactOrPrefix}`),
          ),
        ]
      : []),
    ...oneOf(textAt(match, 'method'), [...path, 'method'], methods),
    ...['headers', 'queryParams'].flatMap((field) =>
      listAt(match, field).flatMap((item, index) => needed(item, [...path, field, index], 'name')),
    ),
  ]
}

const methods = ['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'CONNECT', 'OPTIONS', 'TRACE', 'PATCH']
const filterFields: Readonly<Record<string, string>> = {
  RequestHeaderModifier: 'requestHeaderModifier',
  ResponseHeaderModifier: 'responseHeaderModifier',
  RequestMirror: 'requestMirror',
  RequestRedirect: 'requestRedirect',
  URLRewrite: 'urlRewrite',
  ExtensionRef: 'extensionRef',
  CORS: 'cors',
}

function filterProblems(filter: JsonValue, path: FieldPath): FieldProblem[] {
  const type = textAt(filter, 'type') ?? ''
  const own = filterFields[type]
  if (own === undefined) return [unsupported([...path, 'type'], type, Object.keys(filterFields))]
  return [
    ...Object.entries(filterFields).flatMap(([name, field]) => {
      const isThere = valueAt(filter, field) !== undefined
      return field === own
        ? cel(path, 'object', isThere, `filter.${field} must be specified for ${name} filter.type`)
        : cel(path, 'object', !isThere, `filter.${field} must be nil if the filter.type is not ${name}`)
    }),
    ...(type === 'RequestMirror'
      ? backendProblems(valueAt(filter, 'requestMirror', 'backendRef') ?? null, [
          ...path,
          'requestMirror',
          'backendRef',
        ])
      : []),
    ...(type === 'RequestRedirect' ? redirectProblems(valueAt(filter, own), [...path, own]) : []),
  ]
}

function redirectProblems(redirect: JsonValue | undefined, path: FieldPath): FieldProblem[] {
  const status = numberAt(redirect, 'statusCode') ?? 302
  const codes = [301, 302, 303, 307, 308]
  return [
    ...oneOf(textAt(redirect, 'scheme'), [...path, 'scheme'], ['http', 'https']),
    ...portProblem(redirect, path, false),
    ...(codes.includes(status)
      ? []
      : [unsupported([...path, 'statusCode'], String(status), codes.map(String))]),
  ]
}

function filterListProblems(filters: readonly JsonValue[], path: FieldPath): FieldProblem[] {
  const count = (type: string) => filters.filter((filter) => textAt(filter, 'type') === type).length
  return [
    ...cel(
      path,
      'array',
      count('RequestRedirect') === 0 || count('URLRewrite') === 0,
      'May specify either httpRouteFilterRequestRedirect or httpRouteFilterRequestRewrite, but not both',
    ),
    ...['RequestHeaderModifier', 'ResponseHeaderModifier', 'RequestRedirect', 'URLRewrite'].flatMap((type) =>
      cel(path, 'array', count(type) <= 1, `${type} filter cannot be repeated`),
    ),
  ]
}

function backendProblems(ref: JsonValue, path: FieldPath): FieldProblem[] {
  const isService = (textAt(ref, 'group') ?? '') === '' && (textAt(ref, 'kind') ?? 'Service') === 'Service'
  return [
    ...needed(ref, path, 'name'),
    ...cel(
      path,
      'object',
      !isService || numberAt(ref, 'port') !== undefined,
      'Must have port for Service reference',
    ),
    ...portProblem(ref, path, false),
  ]
}

/** GEP-2257: up to four numbers of at most five digits, each with its unit. */
const durationPattern = '^([0-9]{1,5}(h|m|s|ms)){1,4}$'

function timeoutProblems(rule: JsonValue, path: FieldPath): FieldProblem[] {
  const texts = ['request', 'backendRequest'].map((field) => textAt(rule, 'timeouts', field))
  const [request, backend] = texts
  const [requestMs, backendMs] = texts.map((text) => millis(text ?? ''))
  const isOff = request === '0s'
  return [
    ...patternProblems([...path, 'request'], request, durationPattern),
    ...patternProblems([...path, 'backendRequest'], backend, durationPattern),
    ...(requestMs === undefined || backendMs === undefined || isOff
      ? []
      : cel(
          path,
          'object',
          backendMs <= requestMs,
          'backendRequest timeout cannot be longer than request timeout',
        )),
  ]
}

function millis(text: string): number | undefined {
  const units: Readonly<Record<string, number>> = { h: 3_600_000, m: 60_000, s: 1000, ms: 1 }
  const parts = [...text.matchAll(/(\d+)(ms|h|m|s)/g)]
  return parts.length === 0
    ? undefined
    : parts.reduce((sum, [, number = '', unit = '']) => sum + Number(number) * (units[unit] ?? 0), 0)
}
