/**
 * How one ingress-nginx controller is set up: its command line and its ConfigMap, as far as they decide where a request goes.
 * Defaults of controller v1.15 (pkg/flags/flags.go, internal/ingress/controller/config/config.go).
 */
import type { RedirectStatus } from './error-page.ts'
import { redirectStatus } from './error-page.ts'
import { parseGoBool } from './parse-go-bool.ts'

/** Defaults filled in. Every field is named after its flag or ConfigMap key. */
export interface ControllerSettings {
  readonly controllerClass: string
  readonly ingressClass: string
  readonly ingressClassByName: boolean
  readonly watchIngressWithoutClass: boolean
  readonly disableCatchAll: boolean
  /** `namespace/name` of the Service that answers what no Ingress matches. */
  readonly defaultBackendService?: string
  /** `namespace/name` of the Secret served where no other certificate fits. */
  readonly defaultSslCertificate?: string
  /** `LABEL=VALUE`; Ingresses of other namespaces are ignored. */
  readonly watchNamespaceSelector?: string
  readonly httpPort: number
  readonly httpsPort: number
  readonly sslRedirect: boolean
  readonly forceSslRedirect: boolean
  readonly httpRedirectCode: RedirectStatus
  readonly noTlsRedirectLocations: readonly string[]
  readonly hsts: boolean
  readonly hstsMaxAge: string
  readonly hstsIncludeSubdomains: boolean
  readonly hstsPreload: boolean
  readonly serviceUpstream: boolean
  readonly loadBalance: string
  readonly preserveTrailingSlash: boolean
  readonly relativeRedirects: boolean
  readonly useForwardedHeaders: boolean
  readonly enableRealIp: boolean
  readonly computeFullForwardedFor: boolean
  readonly useProxyProtocol: boolean
}

type Texts = Readonly<Record<string, string>>

/**
 * Reads flags (without `--`) and ConfigMap data, both by name. What does not parse keeps its default, as the controller does for
 * its ConfigMap.
 */
export function readControllerSettings(flags: Texts = {}, configMap: Texts = {}): ControllerSettings {
  return {
    ...readFlags(flags),
    sslRedirect: bool(configMap, 'ssl-redirect', true),
    forceSslRedirect: bool(configMap, 'force-ssl-redirect', false),
    httpRedirectCode: redirectStatus(Number(configMap['http-redirect-code']), 308),
    noTlsRedirectLocations: (configMap['no-tls-redirect-locations'] ?? '/.well-known/acme-challenge')
      .split(',')
      .filter((path) => path !== ''),
    hsts: bool(configMap, 'hsts', true),
    hstsMaxAge: configMap['hsts-max-age'] ?? '31536000',
    hstsIncludeSubdomains: bool(configMap, 'hsts-include-subdomains', true),
    hstsPreload: bool(configMap, 'hsts-preload', false),
    serviceUpstream: bool(configMap, 'service-upstream', false),
    loadBalance: configMap['load-balance'] ?? 'round_robin',
    preserveTrailingSlash: bool(configMap, 'preserve-trailing-slash', false),
    relativeRedirects: bool(configMap, 'relative-redirects', false),
    useForwardedHeaders: bool(configMap, 'use-forwarded-headers', false),
    enableRealIp: bool(configMap, 'enable-real-ip', false),
    computeFullForwardedFor: bool(configMap, 'compute-full-forwarded-for', false),
    useProxyProtocol: bool(configMap, 'use-proxy-protocol', false),
  }
}

function readFlags(flags: Texts) {
  const defaultBackendService = flags['default-backend-service']
  const defaultSslCertificate = flags['default-ssl-certificate']
  const watchNamespaceSelector = flags['watch-namespace-selector']
  return {
    controllerClass: flags['controller-class'] ?? 'k8s.io/ingress-nginx',
    ingressClass: flags['ingress-class'] ?? 'nginx',
    ingressClassByName: bool(flags, 'ingress-class-by-name', false),
    watchIngressWithoutClass: bool(flags, 'watch-ingress-without-class', false),
    disableCatchAll: bool(flags, 'disable-catch-all', false),
    ...(defaultBackendService !== undefined && { defaultBackendService }),
    ...(defaultSslCertificate !== undefined && { defaultSslCertificate }),
    ...(watchNamespaceSelector !== undefined && { watchNamespaceSelector }),
    httpPort: number(flags, 'http-port', 80),
    httpsPort: number(flags, 'https-port', 443),
  }
}

function bool(texts: Texts, key: string, otherwise: boolean): boolean {
  const text = texts[key]
  // A flag without a value (`--ingress-class-by-name`) is set.
  return text === '' ? true : (parseGoBool(text) ?? otherwise)
}

function number(texts: Texts, key: string, otherwise: number): number {
  const text = texts[key]
  return text !== undefined && /^\d{1,5}$/.test(text) ? Number(text) : otherwise
}
