/**
 * The annotations of an Ingress that decide where its requests go. Each belongs to the locations of its own Ingress only.
 * Keys and defaults: ingress-nginx internal/ingress/annotations.
 */
import type { Ingress } from '../cluster/objects.ts'
import type { ControllerSettings } from './controller-settings.ts'
import type { RedirectStatus } from './error-page.ts'
import { redirectStatus } from './error-page.ts'
import { parseGoBool } from './parse-go-bool.ts'
import type { ProxySettings } from './proxy-settings.ts'
import { isProxySetting, plainProxySettings, readProxySettings } from './proxy-settings.ts'

/** Defaults filled in from the ConfigMap. */
export interface LocationAnnotations {
  readonly rewriteTarget?: string
  readonly useRegex: boolean
  readonly sslRedirect: boolean
  readonly forceSslRedirect: boolean
  readonly preserveTrailingSlash: boolean
  readonly usePortInRedirects: boolean
  readonly relativeRedirects: boolean
  /** `permanent-redirect` or `temporal-redirect`. */
  readonly redirect?: { readonly status: RedirectStatus; readonly url: string }
  readonly upstreamVhost?: string
  /** `backend-protocol`: what nginx speaks to the Pod. */
  readonly backendScheme: 'http' | 'https'
  readonly xForwardedPrefix?: string
  readonly proxy: ProxySettings
  /** Keys without their prefix that the controller would obey and this model does not know. */
  readonly notModelled: readonly string[]
}

/** Of every annotation that the controller obeys. */
export const annotationPrefix = 'nginx.ingress.kubernetes.io/'

const modelled = new Set(
  (
    'rewrite-target use-regex ssl-redirect force-ssl-redirect preserve-trailing-slash use-port-in-redirects ' +
    'relative-redirects permanent-redirect permanent-redirect-code temporal-redirect temporal-redirect-code ' +
    'upstream-vhost x-forwarded-prefix server-alias app-root service-upstream from-to-www-redirect ' +
    'affinity affinity-mode affinity-canary-behavior session-cookie-name session-cookie-path session-cookie-domain ' +
    'session-cookie-expires session-cookie-max-age session-cookie-samesite session-cookie-secure ' +
    'session-cookie-change-on-failure load-balance upstream-hash-by upstream-hash-by-subset upstream-hash-by-subset-size ' +
    'canary canary-weight canary-weight-total canary-by-header canary-by-header-value canary-by-header-pattern canary-by-cookie'
  ).split(' '),
)

/** Reads one annotation by its short name, `rewrite-target`. */
export function annotationOf(ingress: Ingress, name: string): string | undefined {
  return ingress.annotations[annotationPrefix + name]
}

/** Reads what applies to every location of the Ingress. A value that does not parse counts as absent. */
export function readLocationAnnotations(ingress: Ingress, settings: ControllerSettings): LocationAnnotations {
  const flag = (name: string, otherwise: boolean) => parseGoBool(annotationOf(ingress, name)) ?? otherwise
  const redirect = redirectOf(ingress)
  const rewriteTarget = filled(annotationOf(ingress, 'rewrite-target'))
  const upstreamVhost = filled(annotationOf(ingress, 'upstream-vhost'))
  const xForwardedPrefix = filled(annotationOf(ingress, 'x-forwarded-prefix'))
  return {
    ...(rewriteTarget !== undefined && { rewriteTarget }),
    useRegex: flag('use-regex', false),
    backendScheme: backendProtocol(ingress) === 'HTTPS' ? 'https' : 'http',
    sslRedirect: flag('ssl-redirect', settings.sslRedirect),
    forceSslRedirect: flag('force-ssl-redirect', settings.forceSslRedirect),
    preserveTrailingSlash: flag('preserve-trailing-slash', settings.preserveTrailingSlash),
    usePortInRedirects: flag('use-port-in-redirects', false),
    relativeRedirects: flag('relative-redirects', settings.relativeRedirects),
    ...(redirect !== undefined && { redirect }),
    ...(upstreamVhost !== undefined && { upstreamVhost }),
    ...(xForwardedPrefix !== undefined && { xForwardedPrefix }),
    proxy: readProxySettings(ingress, annotationPrefix),
    notModelled: notModelled(ingress),
  }
}

/**
 * What applies to the catch-all `/` of an Ingress without rules: all but its rewrite and redirect annotations (createServers puts
 * those of the bare location back).
 */
export function catchAllAnnotations(ingress: Ingress, settings: ControllerSettings): LocationAnnotations {
  const { rewriteTarget: _target, redirect: _redirect, ...kept } = readLocationAnnotations(ingress, settings)
  const {
    relativeRedirects: _relative,
    proxy: _proxy,
    notModelled: _notModelled,
    backendScheme: _scheme,
    ...bare
  } = plainAnnotations(settings)
  return { ...kept, ...bare }
}

/** What a location has that no Ingress made: no redirect to https, whatever the ConfigMap says. */
export function plainAnnotations(settings: ControllerSettings): LocationAnnotations {
  return {
    useRegex: false,
    backendScheme: 'http',
    sslRedirect: false,
    forceSslRedirect: false,
    preserveTrailingSlash: false,
    usePortInRedirects: false,
    relativeRedirects: settings.relativeRedirects,
    proxy: plainProxySettings,
    notModelled: [],
  }
}

/** HTTP where nothing, or nothing that the controller knows, is said (annotations/backendprotocol/main.go). */
function backendProtocol(ingress: Ingress): string {
  const text = annotationOf(ingress, 'backend-protocol')?.trim().toUpperCase() ?? ''
  return /^(AUTO_HTTP|HTTP|HTTPS|GRPC|GRPCS|FCGI)$/.test(text) ? text : 'HTTP'
}

function isHttp(protocol: string): boolean {
  return protocol === 'HTTP' || protocol === 'HTTPS'
}

/** The temporal one wins where both are given (annotations/redirect/redirect.go). */
function redirectOf(ingress: Ingress): { status: RedirectStatus; url: string } | undefined {
  const temporal = filled(annotationOf(ingress, 'temporal-redirect'))
  if (temporal !== undefined)
    return { status: code(annotationOf(ingress, 'temporal-redirect-code'), 302), url: temporal }
  const permanent = filled(annotationOf(ingress, 'permanent-redirect'))
  if (permanent !== undefined)
    return { status: code(annotationOf(ingress, 'permanent-redirect-code'), 301), url: permanent }
  return undefined
}

/** The controller also lets 300 and 304–306 through, with which nginx sends the URL as a text; those keep the default here. */
function code(text: string | undefined, otherwise: RedirectStatus): RedirectStatus {
  return redirectStatus(Number(text), otherwise)
}

function notModelled(ingress: Ingress): string[] {
  return Object.keys(ingress.annotations)
    .filter((key) => key.startsWith(annotationPrefix))
    .map((key) => key.slice(annotationPrefix.length))
    .filter(
      (name) =>
        !modelled.has(name) &&
        !isProxySetting(name) &&
        !(name === 'backend-protocol' && isHttp(backendProtocol(ingress))),
    )
    .toSorted()
}

function filled(text: string | undefined): string | undefined {
  return text === '' ? undefined : text
}
