/**
 * nginx.conf as ingress-nginx 1.15 prints it, those lines alone that this model knows, in their order and with their tabs
 * (rootfs/etc/nginx/template/nginx.tmpl, rendered with the defaults). Quotes around paths and names: since v1.14.3 and v1.15.0.
 */
import { locationHead } from './choose-location.ts'
import type { ControllerSettings } from './controller-settings.ts'
import { needsRewrite } from './double-prefix.ts'
import type { Location, VirtualServer } from './virtual-server.ts'
import { catchAllHost } from './virtual-server.ts'

/** The whole `server` block with the comments around it. */
export function printServer(server: VirtualServer, settings: ControllerSettings): string {
  const locations = server.locations.map((location) => `${indent(printLocation(location, settings))}\n`)
  return [
    `## start server ${server.hostname}`,
    printServerHead(server),
    ...locations,
    '}',
    `## end server ${server.hostname}`,
  ].join('\n')
}

/** `server {`, its names, its ports; `app-root` where it has one. */
export function printServerHead(server: VirtualServer): string {
  const isCatchAll = server.hostname === catchAllHost
  const more = isCatchAll ? ' default_server reuseport backlog=4096' : ' '
  const lines = [
    `server_name ${[printName(server.hostname), ...server.aliases.map((alias) => `"${alias}"`)].join(' ')} ;`,
    '',
    `listen 80${more} ;`,
    `listen 443${more} ssl;`.replace('  ssl', '  ssl'),
    ...(server.appRoot === undefined
      ? []
      : ['', 'if ($uri = /) {', `\treturn 302 $scheme://$http_host${server.appRoot};`, '}']),
  ]
  return ['server {', indent(lines.join('\n'))].join('\n')
}

/** A `location` block, without indentation of its own. */
export function printLocation(location: Location, settings: ControllerSettings): string {
  return [`${locationHead(location)} {`, indent(handlerLines(location, settings).join('\n')), '}'].join('\n')
}

function printName(hostname: string): string {
  if (!hostname.startsWith('*.')) return `"${hostname}"`
  return String.raw`"~^(?<subdomain>[\w-]+)\.${hostname.slice(2).replaceAll('.', String.raw`\.`)}$"`
}

function handlerLines(location: Location, settings: ControllerSettings): readonly string[] {
  switch (location.handler.kind) {
    case 'healthz':
      return ['access_log off;', 'return 200;']
    case 'nginx-status':
      return ['allow 127.0.0.1;', 'deny all;', '', 'access_log off;', 'stub_status on;']
    case 'proxy':
      return [
        ...variableLines(location, settings),
        '',
        `set $proxy_upstream_name "${location.handler.upstream}";`,
        '',
        ...headerLines(location, settings),
        ...endLines(location),
      ]
  }
}

function variableLines(
  { ingress, backend, ingressPath, annotations, path }: Location,
  settings: ControllerSettings,
): readonly string[] {
  const exempt = settings.noTlsRedirectLocations.some((each) => path.startsWith(each))
  return [
    `set $namespace      "${ingress?.namespace ?? ''}";`,
    `set $ingress_name   "${ingress?.name ?? ''}";`,
    `set $service_name   "${backend?.name ?? ''}";`,
    `set $service_port   "${backend?.port ?? ''}";`,
    `set $location_path  "${ingressPath.replaceAll('$', () => '${literal_dollar}')}";`,
    '',
    `set $force_ssl_redirect "${annotations.forceSslRedirect}";`,
    `set $ssl_redirect "${annotations.sslRedirect}";`,
    `set $force_no_ssl_redirect "${exempt}";`,
    `set $preserve_trailing_slash "${annotations.preserveTrailingSlash}";`,
    `set $use_port_in_redirects "${annotations.usePortInRedirects}";`,
  ]
}

function headerLines({ annotations }: Location, settings: ControllerSettings): readonly string[] {
  const host = annotations.upstreamVhost === undefined ? '$best_http_host' : `"${annotations.upstreamVhost}"`
  const forwardedFor = settings.computeFullForwardedFor ? '$full_x_forwarded_for' : '$remote_addr'
  return [
    ['Host', host],
    ['X-Request-ID', '$req_id'],
    ['X-Real-IP', '$remote_addr'],
    ['X-Forwarded-For', forwardedFor],
    ['X-Forwarded-Host', '$best_http_host'],
    ['X-Forwarded-Port', '$pass_port'],
    ['X-Forwarded-Proto', '$pass_access_scheme'],
    ['X-Forwarded-Scheme', '$pass_access_scheme'],
    ['X-Scheme', '$pass_access_scheme'],
    ['X-Original-Forwarded-For', '$http_x_forwarded_for'],
    ['X-Original-Forwarded-Host', '$http_x_forwarded_host'],
    ['Proxy', '""'],
  ].map(([name = '', value = '']) => `proxy_set_header ${name.padEnd(22)} ${value};`)
}

function endLines(location: Location): readonly string[] {
  const { redirect, rewriteTarget, xForwardedPrefix } = location.annotations
  if (redirect !== undefined) return ['', `return ${redirect.status} ${redirect.url};`]
  const pass = ['', 'proxy_pass http://upstream_balancer;']
  if (rewriteTarget === undefined || !needsRewrite(location)) return pass
  const prefix =
    xForwardedPrefix === undefined ? [] : [`proxy_set_header X-Forwarded-Prefix "${xForwardedPrefix}";`]
  return ['', `rewrite "(?i)${location.path}" ${rewriteTarget} break;`, ...prefix, ...pass.slice(1)]
}

function indent(text: string): string {
  return text.replace(/^(?=.)/gm, '\t')
}
