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
  return [
    `## start server ${server.hostname}`,
    printServerHead(server, settings),
    ...server.locations.map((location) => `\n${indent(printLocation(location, settings))}`),
    '}',
    `## end server ${server.hostname}`,
  ].join('\n')
}

/** `server {`, its names, its ports, and what it answers before any location; without the closing brace. */
export function printServerHead(server: VirtualServer, settings: ControllerSettings): string {
  const names = [printName(server.hostname), ...server.aliases.map((alias) => `"${alias}"`)]
  const options = server.hostname === catchAllHost ? 'default_server reuseport backlog=4096' : ''
  const lines = [
    `server_name ${names.join(' ')} ;`,
    '',
    `listen ${settings.httpPort} ${options} ;`,
    `listen ${settings.httpsPort} ${options} ssl;`,
    ...headAnswers(server, settings),
  ]
  return `server {\n${indent(lines.join('\n'))}`
}

/** A `location` block, without indentation of its own. */
export function printLocation(location: Location, settings: ControllerSettings): string {
  return [`${locationHead(location)} {`, indent(handlerLines(location, settings).join('\n')), '}'].join('\n')
}

function printName(hostname: string): string {
  if (!hostname.startsWith('*.')) return `"${hostname}"`
  return String.raw`"~^(?<subdomain>[\w-]+)\.${hostname.slice(2).replaceAll('.', String.raw`\.`)}$"`
}

function headAnswers(
  { appRoot, redirectTo }: VirtualServer,
  settings: ControllerSettings,
): readonly string[] {
  if (redirectTo !== undefined)
    return [
      '',
      `set_by_lua_file $redirect_to /etc/nginx/lua/nginx/ngx_srv_redirect.lua ${redirectTo};`,
      '',
      `return ${settings.httpRedirectCode} $redirect_to;`,
    ]
  if (appRoot === undefined) return []
  return ['', 'if ($uri = /) {', `\treturn 302 $scheme://$http_host${appRoot};`, '}']
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
        '',
        ...redirectLines(location),
        ...passLines(location),
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

/** The columns are the template's own. */
function headerLines({ annotations }: Location, settings: ControllerSettings): readonly string[] {
  const host = annotations.upstreamVhost === undefined ? '$best_http_host' : `"${annotations.upstreamVhost}"`
  const forwardedFor = settings.computeFullForwardedFor ? '$full_x_forwarded_for' : '$remote_addr'
  return [
    `proxy_set_header Host                   ${host};`,
    '',
    'proxy_set_header                        Upgrade           $http_upgrade;',
    '',
    'proxy_set_header                        Connection        $connection_upgrade;',
    '',
    'proxy_set_header X-Request-ID           $req_id;',
    'proxy_set_header X-Real-IP              $remote_addr;',
    '',
    `proxy_set_header X-Forwarded-For        ${forwardedFor};`,
    '',
    'proxy_set_header X-Forwarded-Host       $best_http_host;',
    'proxy_set_header X-Forwarded-Port       $pass_port;',
    'proxy_set_header X-Forwarded-Proto      $pass_access_scheme;',
    'proxy_set_header X-Forwarded-Scheme     $pass_access_scheme;',
    '',
    'proxy_set_header X-Scheme               $pass_access_scheme;',
    '',
    'proxy_set_header X-Original-Forwarded-For  $http_x_forwarded_for;',
    'proxy_set_header X-Original-Forwarded-Host $http_x_forwarded_host;',
    '',
    'proxy_set_header Proxy                  "";',
  ]
}

function redirectLines({ annotations: { redirect, relativeRedirects } }: Location): readonly string[] {
  const relative = relativeRedirects ? ['absolute_redirect off;', ''] : []
  return redirect === undefined ? relative : [...relative, `return ${redirect.status} ${redirect.url};`, '']
}

function passLines(location: Location): readonly string[] {
  const { rewriteTarget, xForwardedPrefix } = location.annotations
  const pass = 'proxy_pass http://upstream_balancer;'
  if (rewriteTarget === undefined || !needsRewrite(location)) return [pass]
  const prefix =
    xForwardedPrefix === undefined ? [] : [`proxy_set_header X-Forwarded-Prefix "${xForwardedPrefix}";`]
  return [`rewrite "(?i)${location.path}" ${rewriteTarget} break;`, ...prefix, pass]
}

function indent(text: string): string {
  return text.replace(/^(?=.)/gm, '\t')
}
