/**
 * The servers of nginx.conf as ingress-nginx 1.15 prints them (rootfs/etc/nginx/template/nginx.tmpl, rendered with the defaults).
 * Quotes around names: since v1.14.3 and v1.15.0. The lines for `[::]` are there only where the Pod has IPv6, and left out.
 */
import type { ControllerSettings } from './controller-settings.ts'
import { indent } from './indent.ts'
import { printLocation } from './print-location.ts'
import type { VirtualServer } from './virtual-server.ts'
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
  const isDefault = server.hostname === catchAllHost
  const options = isDefault ? 'default_server reuseport backlog=4096' : ''
  const lines = [
    `server_name ${names.join(' ')} ;`,
    '',
    'http2 on;',
    '',
    `listen ${settings.httpPort} ${options} ;`,
    `listen ${settings.httpsPort} ${options} ssl;`,
    '',
    'set $proxy_upstream_name "-";',
    '',
    ...(isDefault ? ['ssl_reject_handshake off;', ''] : []),
    'ssl_certificate_by_lua_file /etc/nginx/lua/nginx/ngx_conf_certificate.lua;',
    ...headAnswers(server, settings),
  ]
  return `server {\n${indent(lines.join('\n'))}`
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
