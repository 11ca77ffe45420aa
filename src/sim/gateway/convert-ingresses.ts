/**
 * From the Ingresses of an ingress-nginx to Gateways and HTTPRoutes, as ingress2gateway maps them (kubernetes-sigs/ingress2gateway v1.1
 * pkg/i2gw/providers/common/converter.go, ingressnginx). Left out: GRPCRoute and BackendTLSPolicy for `backend-protocol`.
 */
import type { Ingress, IngressBackend, Service } from '../cluster/objects.ts'
import { isCanary, readCanaryPolicy } from '../ingress/canary.ts'
import type { ControllerSettings } from '../ingress/controller-settings.ts'
import { readLocationAnnotations, type LocationAnnotations } from '../ingress/location-annotations.ts'
import { annotationOf } from '../ingress/location-annotations.ts'
import type { JsonObject } from '../manifest/manifest.ts'

/**
 * `faithful`: what nginx does besides is written out, as the tool does: patterns for a whole host, redirects to https and for a missing
 * slash. `plain`: paths as they stand and nothing else, to show what those are for.
 */
export type ConversionStyle = 'faithful' | 'plain'

/** The Ingresses that the controller takes, oldest first, and what their names mean. */
export interface ConvertedIngresses {
  readonly ingresses: readonly Ingress[]
  readonly services: readonly Service[]
  readonly settings: ControllerSettings
  /** The path to which nginx sends a request of `host` that lacks only the final slash, or undefined. */
  readonly slashRedirect: (host: string, path: string) => boolean
}

/** The path of one Ingress under one host. */
interface HostPath {
  readonly ingress: Ingress
  readonly path: string
  readonly exact: boolean
  readonly backend: IngressBackend
  readonly annotations: LocationAnnotations
}

/** Everything about one host of one namespace and class. */
interface HostGroup {
  readonly namespace: string
  readonly className: string
  readonly host: string
  readonly first: Ingress
  readonly paths: readonly HostPath[]
  readonly secrets: readonly string[]
  readonly hasTls: boolean
  readonly isRegex: boolean
}

const API_VERSION = 'gateway.networking.k8s.io/v1'
/** The CRD's limit. */
const RULES_A_ROUTE = 16

/** The objects, each Gateway before its HTTPRoutes. Names and order depend on the Ingresses alone. */
export function convertIngresses(from: ConvertedIngresses, style: ConversionStyle): readonly JsonObject[] {
  const main = from.ingresses.filter((ingress) => !isCanary(ingress))
  const keys = [...new Set(main.map((ingress) => `${ingress.ref.namespace}/${classNameOf(ingress)}`))]
  return keys.flatMap((key) => {
    const own = main.filter((each) => `${each.ref.namespace}/${classNameOf(each)}` === key)
    const groups = hostGroups(own, from.settings)
    const defaults = own.filter(({ defaultBackend }) => defaultBackend !== undefined)
    return [
      gatewayOf(own, groups, defaults.length > 0),
      ...groups.flatMap((group) => routesOf(group, from, style)),
      ...defaults.map((ingress) => defaultRoute(ingress, from.services)),
    ]
  })
}

/** The class that an Ingress names, by field or by the old annotation. */
export function classNameOf(ingress: Ingress): string {
  return ingress.ingressClassName ?? ingress.annotations['kubernetes.io/ingress.class'] ?? 'nginx'
}

function hostGroups(ingresses: readonly Ingress[], settings: ControllerSettings): readonly HostGroup[] {
  const hosts = [...new Set(ingresses.flatMap(({ rules }) => rules.map(({ host }) => host)))]
  return hosts.flatMap((host): readonly HostGroup[] => {
    const naming = ingresses.filter(({ rules }) => rules.some((rule) => rule.host === host))
    const [first] = naming
    if (first === undefined) return []
    const paths = naming.flatMap((ingress) =>
      ingress.rules
        .filter((rule) => rule.host === host)
        .flatMap((rule) => rule.paths ?? [])
        .map(({ path, pathType, backend }): HostPath => ({
          ingress,
          path: path === '' ? '/' : path,
          exact: pathType === 'Exact',
          backend,
          annotations: readLocationAnnotations(ingress, settings),
        })),
    )
    const tls = naming.flatMap((ingress) => ingress.tls).filter(({ hosts: named }) => covers(named, host))
    return [
      {
        namespace: first.ref.namespace,
        className: classNameOf(first),
        host,
        first,
        // Of two that claim the same path with the same type the older one stays.
        paths: paths.filter(
          (each, at) =>
            paths.findIndex((other) => other.path === each.path && other.exact === each.exact) === at,
        ),
        secrets: [...new Set(tls.flatMap(({ secretName }) => secretName ?? []))],
        hasTls: tls.length > 0,
        isRegex: paths.some(
          ({ path, annotations: { useRegex, rewriteTarget } }) =>
            useRegex || (rewriteTarget !== undefined && rewriteTarget !== path),
        ),
      },
    ]
  })
}

function covers(hosts: readonly string[], host: string): boolean {
  return hosts.length === 0 || hosts.includes(host)
}

function gatewayOf(
  ingresses: readonly Ingress[],
  groups: readonly HostGroup[],
  hasDefault: boolean,
): JsonObject {
  const [first] = ingresses
  const hosts = groups.some(({ host }) => host === '') || !hasDefault ? groups : [...groups, undefined]
  return {
    apiVersion: API_VERSION,
    kind: 'Gateway',
    metadata: {
      name: first === undefined ? '' : classNameOf(first),
      namespace: first?.ref.namespace ?? '',
    },
    spec: {
      gatewayClassName: first === undefined ? '' : classNameOf(first),
      listeners: hosts.flatMap((group) => listenersOf(group, groups)),
    },
  }
}

function listenersOf(group: HostGroup | undefined, all: readonly HostGroup[]): readonly JsonObject[] {
  const host = group?.host ?? ''
  const hostname: JsonObject = host === '' ? {} : { hostname: host }
  const http: JsonObject = { name: listenerName(host, 'http', all), ...hostname, port: 80, protocol: 'HTTP' }
  if (group === undefined || !group.hasTls) return [http]
  return [
    http,
    {
      name: listenerName(host, 'https', all),
      ...hostname,
      port: 443,
      protocol: 'HTTPS',
      tls: { certificateRefs: group.secrets.map((name) => ({ name })) },
    },
  ]
}

/** `HOST-http`, dots as dashes, a leading `*.` left away unless the bare name has a listener too. */
function listenerName(host: string, scheme: 'http' | 'https', all: readonly HostGroup[]): string {
  if (host === '') return scheme
  const bare = host.replace(/^\*\./, '')
  const isTaken = bare !== host && all.some((other) => other.host === bare)
  return `${isTaken ? 'wildcard-' : ''}${bare.replaceAll('.', '-')}-${scheme}`
}

function routesOf(group: HostGroup, from: ConvertedIngresses, style: ConversionStyle): readonly JsonObject[] {
  const { namespace, className, host, first } = group
  const base = `${first.ref.name}-${host === '' ? 'all-hosts' : host.replace(/^\*\./, '').replaceAll('.', '-')}`
  const name = host.startsWith('*.') ? `${base}-wildcard` : base
  const redirects =
    style === 'faithful' &&
    group.hasTls &&
    group.paths.some(({ annotations }) => annotations.sslRedirect || annotations.forceSslRedirect)
  const rules = [
    ...appRootRules(group),
    ...group.paths.flatMap((path) => pathRules(path, group, from, style)),
    ...(style === 'faithful' ? slashRules(group, from) : []),
  ]
  const route = (routeName: string, part: readonly JsonObject[], sectionName?: string): JsonObject => ({
    apiVersion: API_VERSION,
    kind: 'HTTPRoute',
    metadata: { name: routeName, namespace },
    spec: {
      ...(host === '' ? {} : { hostnames: [host] }),
      parentRefs: [{ name: className, ...(sectionName === undefined ? {} : { sectionName }) }],
      rules: part,
    },
  })
  const section = (scheme: 'http' | 'https') => (host === '' ? scheme : listenerName(host, scheme, [group]))
  const parts = chunks(rules, RULES_A_ROUTE)
  return [
    ...parts.map((part, index) =>
      route(index === 0 ? name : `${name}-${index + 1}`, part, redirects ? section('https') : undefined),
    ),
    ...(redirects
      ? [
          route(
            `${name}-ssl-redirect`,
            [
              {
                filters: [{ type: 'RequestRedirect', requestRedirect: { scheme: 'https', statusCode: 308 } }],
              },
            ],
            section('http'),
          ),
        ]
      : []),
  ]
}

function chunks<T>(list: readonly T[], size: number): readonly (readonly T[])[] {
  const count = Math.max(1, Math.ceil(list.length / size))
  return Array.from({ length: count }, (_, index) => list.slice(index * size, (index + 1) * size))
}

function appRootRules({ paths }: HostGroup): readonly JsonObject[] {
  const root = paths
    .map(({ ingress }) => annotationOf(ingress, 'app-root') ?? '')
    .find((path) => path.startsWith('/'))
  return root === undefined ? [] : [redirectRule('/', { to: root, statusCode: 302 })]
}

/** nginx sends a request there that lacks only the slash of a location. */
function slashRules({ host, paths }: HostGroup, from: ConvertedIngresses): readonly JsonObject[] {
  return paths
    .filter(({ path }) => path.length > 1 && path.endsWith('/'))
    .filter(({ path }) => from.slashRedirect(host, path.slice(0, -1)))
    .map(({ path }) => redirectRule(path.slice(0, -1), { to: path, statusCode: 301 }))
}

function redirectRule(
  path: string,
  change: { readonly to: string; readonly statusCode: number },
): JsonObject {
  return {
    matches: [{ path: { type: 'Exact', value: path } }],
    filters: [
      {
        type: 'RequestRedirect',
        requestRedirect: {
          path: { type: 'ReplaceFullPath', replaceFullPath: change.to },
          statusCode: change.statusCode,
        },
      },
    ],
  }
}

function pathRules(
  entry: HostPath,
  group: HostGroup,
  from: ConvertedIngresses,
  style: ConversionStyle,
): readonly JsonObject[] {
  const path = pathMatch(entry, group.isRegex && style === 'faithful')
  const redirect = redirectFilter(entry.annotations)
  if (redirect !== undefined) return [{ matches: [{ path }], filters: [redirect] }]
  const own = backendRef(entry.backend, entry.ingress.ref.namespace, from.services)
  const canaries = from.ingresses.filter((each) => isCanary(each) && each.ref.namespace === group.namespace)
  const canary = canaries.flatMap((each) => canaryOf(each, group.host, entry.path, from.services))[0]
  const more = { ...filtersOf(entry), ...timeoutsOf(entry.ingress) }
  return [
    ...(canary?.byHeader ?? []).map(({ name, value, isCanary: taken }) => ({
      matches: [{ path, headers: [{ name, value }] }],
      ...more,
      backendRefs: taken ? [canary?.ref ?? {}] : own,
    })),
    {
      matches: [{ path }],
      ...more,
      backendRefs:
        canary === undefined || canary.weight === 0
          ? own
          : [
              { ...canary.ref, weight: canary.weight },
              ...own.map((ref) => ({ ...ref, weight: canary.total - canary.weight })),
            ],
    },
  ]
}

/** In regex mode every path is a pattern that is open at its end and blind to letter case. */
function pathMatch({ path, exact }: HostPath, isRegex: boolean): JsonObject {
  if (isRegex) return { type: 'RegularExpression', value: `(?i)${path}.*` }
  return { type: exact ? 'Exact' : 'PathPrefix', value: path }
}

/** The Service by its port number; a name is looked up, and without such a port there is nobody to name. */
function backendRef(
  { service }: IngressBackend,
  namespace: string,
  services: readonly Service[],
): readonly JsonObject[] {
  if (service === undefined) return []
  const { name, port } = service
  if (typeof port === 'number') return [{ name, port }]
  const found = services
    .find(({ ref }) => ref.namespace === namespace && ref.name === name)
    ?.ports.find((each) => each.name === port)
  return found === undefined ? [] : [{ name, port: found.port }]
}

function filtersOf({ path, annotations }: HostPath): JsonObject {
  const { rewriteTarget, upstreamVhost, xForwardedPrefix } = annotations
  const rewrites = rewriteTarget !== undefined && rewriteTarget !== path
  const set = [
    ...(upstreamVhost === undefined ? [] : [{ name: 'Host', value: upstreamVhost }]),
    ...(rewrites && xForwardedPrefix !== undefined
      ? [{ name: 'X-Forwarded-Prefix', value: xForwardedPrefix }]
      : []),
  ]
  const filters = [
    ...(rewrites && !hasGroups(rewriteTarget)
      ? [
          {
            type: 'URLRewrite',
            urlRewrite: { path: { type: 'ReplaceFullPath', replaceFullPath: rewriteTarget } },
          },
        ]
      : []),
    ...(set.length === 0 ? [] : [{ type: 'RequestHeaderModifier', requestHeaderModifier: { set } }]),
  ]
  return filters.length === 0 ? {} : { filters }
}

/** Whether a rewrite-target takes parts of the path along, which no path modifier can. */
export function hasGroups(rewriteTarget: string): boolean {
  return /\$\d/.test(rewriteTarget)
}

function redirectFilter({ redirect }: LocationAnnotations): JsonObject | undefined {
  if (redirect === undefined) return undefined
  const [, scheme, hostname, port, path] =
    /^(?:(https?):\/\/([^/:]+)(?::(\d+))?)?(\/[^?]*)?/.exec(redirect.url) ?? []
  return {
    type: 'RequestRedirect',
    requestRedirect: {
      ...(scheme === undefined ? {} : { scheme }),
      ...(hostname === undefined ? {} : { hostname }),
      ...(port === undefined ? {} : { port: Number(port) }),
      path: { type: 'ReplaceFullPath', replaceFullPath: path ?? '/' },
      statusCode: redirect.status,
    },
  }
}

function timeoutsOf(ingress: Ingress): JsonObject {
  const seconds = annotationOf(ingress, 'proxy-read-timeout') ?? ''
  return /^\d{1,5}$/.test(seconds) ? { timeouts: { backendRequest: `${seconds}s` } } : {}
}

interface Canary {
  readonly ref: JsonObject
  readonly weight: number
  readonly total: number
  readonly byHeader: readonly { readonly name: string; readonly value: string; readonly isCanary: boolean }[]
}

function canaryOf(
  ingress: Ingress,
  host: string,
  path: string,
  services: readonly Service[],
): readonly Canary[] {
  const found = ingress.rules
    .filter((rule) => rule.host === host)
    .flatMap(({ paths = [] }) => paths)
    .find((each) => (each.path === '' ? '/' : each.path) === path)
  const [ref] = found === undefined ? [] : backendRef(found.backend, ingress.ref.namespace, services)
  if (ref === undefined) return []
  const { weight, weightTotal: total, header, headerValue, headerPattern } = readCanaryPolicy(ingress)
  const byHeader =
    header === '' || headerPattern !== ''
      ? []
      : headerValue === ''
        ? [
            { name: header, value: 'always', isCanary: true },
            { name: header, value: 'never', isCanary: false },
          ]
        : [{ name: header, value: headerValue, isCanary: true }]
  return [{ ref, weight: Math.min(weight, total), total, byHeader }]
}

function defaultRoute(ingress: Ingress, services: readonly Service[]): JsonObject {
  const { namespace, name } = ingress.ref
  return {
    apiVersion: API_VERSION,
    kind: 'HTTPRoute',
    metadata: { name: `${name}-default-backend`, namespace },
    spec: {
      parentRefs: [{ name: classNameOf(ingress) }],
      rules: [{ backendRefs: backendRef(ingress.defaultBackend ?? {}, namespace, services) }],
    },
  }
}
