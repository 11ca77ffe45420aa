/**
 * The printed servers as a plain nginx takes them. The text is the one that the inspector shows; what needs lua, TLS or a newer nginx is
 * replaced line by line, and nothing else:
 * - listeners: http alone, on a loopback port; `http2` and certificates fall away;
 * - `rewrite_by_lua_file` (the redirect to https): two `if`s over the same variables, with the certificate table as a `map`, before the
 *   location rewrites or passes on, as lua's phase comes behind nginx's own rewriting;
 * - `set_by_lua_file` (www): the same URL made of variables;
 * - the balancer: one upstream, a socket that tells what it was sent;
 * - `$server_port` is the loopback port: 80 stands in its place;
 * - each location adds a header with its own name to its answer.
 */
import { locationHead } from '../../sim/ingress/tell-locations.ts'
import type { ControllerConfig } from '../../sim/ingress/controller-config.ts'
import { printServer } from '../../sim/ingress/print-nginx-conf.ts'
import type { VirtualServer } from '../../sim/ingress/virtual-server.ts'
import { catchAllHost } from '../../sim/ingress/virtual-server.ts'

/** The header that names the location: `SERVER.LOCATION` by position, `SERVER` for what the server answers itself. */
export const placeHeader = 'X-Place'

/** nginx.conf for one configuration. @param folder for the socket, logs and temporary files */
export function runnableConf(config: ControllerConfig, folder: string, port: number): string {
  return `daemon off;
master_process off;
pid ${folder}/nginx.pid;
error_log ${folder}/error.log error;
events { worker_connections 512; }
http {
access_log off;
${['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((each) => `${each}_temp_path ${folder}/${each};`).join('\n')}
server_tokens off;
server_names_hash_bucket_size 128;
variables_hash_bucket_size 256;
client_header_buffer_size 1k;
large_client_header_buffers 4 8k;
map $http_upgrade $connection_upgrade { default upgrade; '' ''; }
geo $literal_dollar { default "$"; }
map $http_x_request_id $req_id { default $http_x_request_id; "" $request_id; }
map $http_host $redirect_host { "~^(?<bare_host>[^:]*)" $bare_host; }
map $request_uri $uri_without_slash { default $request_uri; "~^(?<bare_uri>.*)/$" $bare_uri; }
map $redirect_host $has_certificate {
default "";
${certificateNames(config.servers).map(certificateLine).join('\n')}
}
upstream upstream_balancer { server unix:${folder}/pod.sock; keepalive 320; }
${config.servers.map((server, index) => runnableServer(server, index, config, port)).join('\n')}
}
`
}

function certificateNames(servers: readonly VirtualServer[]): readonly string[] {
  const named = servers.filter(({ certificate }) => certificate !== undefined)
  return [...new Set(named.flatMap(({ hostname, aliases }) => [hostname, ...aliases]))]
}

function certificateLine(name: string): string {
  const pattern = name.replaceAll('.', '\\.').replace('*', '[^.]+')
  return name.startsWith('*') ? `"~*^${pattern}$" 1;` : `"${name}" 1;`
}

function runnableServer(
  server: VirtualServer,
  index: number,
  config: ControllerConfig,
  port: number,
): string {
  const status = config.settings.httpRedirectCode
  const heads = server.locations.map((location) => `${locationHead(location)} {`)
  let location = -1
  // Of the location at hand: once, before it rewrites or passes on.
  let sendsToHttps = false
  const lines: string[] = []
  for (const line of printServer(server, config.settings).split('\n')) {
    const text = line.trim()
    if (text === heads[location + 1]) {
      location++
      sendsToHttps = false
      lines.push(line, `add_header ${placeHeader} ${index}.${location} always;`)
    } else if (text.startsWith('listen 80 ')) {
      const option = server.hostname === catchAllHost ? ' default_server' : ''
      lines.push(`listen 127.0.0.1:${port}${option};`, `add_header ${placeHeader} ${index} always;`)
    } else if (text.startsWith('set_by_lua_file $redirect_to '))
      lines.push(`set $redirect_to "$scheme://${server.redirectTo}:80$uri_without_slash";`)
    else if (text === 'set $pass_server_port    $server_port;') lines.push('set $pass_server_port 80;')
    else if (/^(rewrite |proxy_pass )/.test(text)) {
      if (!sendsToHttps) lines.push(...redirectToHttps(status))
      sendsToHttps = true
      lines.push(line)
    } else if (!isReplaced(text)) lines.push(line)
  }
  return lines.join('\n')
}

function isReplaced(text: string): boolean {
  return (
    /^(http2 |listen 443 |ssl_reject_handshake |ssl_certificate_by_lua_file )/.test(text) ||
    /^(rewrite|header_filter|log)_by_lua_file /.test(text)
  )
}

/** What ngx_rewrite.lua does with the variables that the location has set. */
function redirectToHttps(status: number): readonly string[] {
  return [
    'set $redirect_port "";',
    'if ($use_port_in_redirects = "true") { set $redirect_port ":443"; }',
    'set $redirect_uri $uri_without_slash;',
    'if ($preserve_trailing_slash = "true") { set $redirect_uri $request_uri; }',
    'set $to_https "$force_no_ssl_redirect:$force_ssl_redirect:$ssl_redirect:$has_certificate";',
    `if ($to_https ~ "^false:(true:|false:true:1$)") { return ${status} https://$redirect_host$redirect_port$redirect_uri; }`,
  ]
}
