/**
 * A `location` of nginx.conf as ingress-nginx 1.15 prints it (rootfs/etc/nginx/template/nginx.tmpl, rendered with the defaults).
 * Quotes around paths: since v1.14.3 and v1.15.0. Runs of empty lines are one empty line; nginx.conf has tabs in them.
 */
import { locationHead } from './tell-locations.ts'
import type { ControllerSettings } from './controller-settings.ts'
import { needsRewrite } from './double-prefix.ts'
import { indent } from './indent.ts'
import type { Location } from './virtual-server.ts'

/** The whole block, without indentation of its own. */
export function printLocation(location: Location, settings: ControllerSettings): string {
  return [`${locationHead(location)} {`, indent(handlerLines(location, settings).join('\n')), '}'].join('\n')
}

function handlerLines(location: Location, settings: ControllerSettings): readonly string[] {
  switch (location.handler.kind) {
    case 'healthz':
      return ['access_log off;', 'return 200;']
    case 'nginx-status':
      return ['allow 127.0.0.1;', 'deny all;', '', 'access_log off;', 'stub_status on;']
    case 'proxy':
      return [
        '',
        ...variableLines(location, settings),
        '',
        ...luaLines,
        ...upstreamLines(location.handler.upstream, location.annotations.proxy['proxy-body-size']),
        ...headerLines(location, settings),
        ...proxyLines(location.annotations),
        ...redirectLines(location),
        ...passLines(location),
        '',
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

const luaLines = [
  'rewrite_by_lua_file /etc/nginx/lua/nginx/ngx_rewrite.lua;',
  '',
  'header_filter_by_lua_file /etc/nginx/lua/nginx/ngx_conf_srv_hdr_filter.lua;',
  '',
  'log_by_lua_file /etc/nginx/lua/nginx/ngx_conf_log_block.lua;',
  '',
  'port_in_redirect off;',
  '',
]

function upstreamLines(upstream: string, bodySize: string): readonly string[] {
  return [
    'set $balancer_ewma_score -1;',
    `set $proxy_upstream_name "${upstream}";`,
    'set $proxy_host          $proxy_upstream_name;',
    'set $pass_access_scheme  $scheme;',
    '',
    'set $pass_server_port    $server_port;',
    '',
    'set $best_http_host      $http_host;',
    'set $pass_port           $pass_server_port;',
    '',
    'set $proxy_alternative_upstream_name "";',
    '',
    `client_max_body_size                    ${bodySize};`,
    '',
  ]
}

/** The columns are the template's own. */
function headerLines({ annotations }: Location, settings: ControllerSettings): readonly string[] {
  const host = annotations.upstreamVhost === undefined ? '$best_http_host' : `"${annotations.upstreamVhost}"`
  const forwardedFor = settings.computeFullForwardedFor ? '$full_x_forwarded_for' : '$remote_addr'
  return [
    `proxy_set_header Host                   ${host};`,
    '',
    '# Pass the extracted client certificate to the backend',
    '',
    '# Allow websocket connections',
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
    '# Pass the original X-Forwarded-For',
    'proxy_set_header X-Original-Forwarded-For  $http_x_forwarded_for;',
    '# Pass the original X-Forwarded-Host',
    'proxy_set_header X-Original-Forwarded-Host $http_x_forwarded_host;',
    '',
    '# mitigate HTTPoxy Vulnerability',
    '# https://www.nginx.com/blog/mitigating-the-httpoxy-vulnerability-with-nginx/',
    'proxy_set_header Proxy                  "";',
    '',
  ]
}

function proxyLines({ proxy }: Location['annotations']): readonly string[] {
  return [
    '# Custom headers to proxied server',
    '',
    `proxy_connect_timeout                   ${proxy['proxy-connect-timeout']}s;`,
    `proxy_send_timeout                      ${proxy['proxy-send-timeout']}s;`,
    `proxy_read_timeout                      ${proxy['proxy-read-timeout']}s;`,
    '',
    `proxy_buffering                         ${proxy['proxy-buffering']};`,
    `proxy_buffer_size                       ${proxy['proxy-buffer-size']};`,
    `proxy_buffers                           ${proxy['proxy-buffers-number']} ${proxy['proxy-buffer-size']};`,
    '',
    `proxy_max_temp_file_size                ${proxy['proxy-max-temp-file-size']};`,
    '',
    `proxy_request_buffering                 ${proxy['proxy-request-buffering']};`,
    `proxy_http_version                      ${proxy['proxy-http-version']};`,
    '',
    'proxy_cookie_domain                     off;',
    'proxy_cookie_path                       off;',
    '',
    '# In case of errors try the next upstream server before returning an error',
    'proxy_next_upstream                     error timeout;',
    'proxy_next_upstream_timeout             0;',
    `proxy_next_upstream_tries               ${proxy['proxy-next-upstream-tries']};`,
    '',
  ]
}

function redirectLines({ annotations: { redirect, relativeRedirects } }: Location): readonly string[] {
  const relative = relativeRedirects ? ['absolute_redirect off;', ''] : []
  return redirect === undefined ? relative : [...relative, `return ${redirect.status} ${redirect.url};`, '']
}

function passLines(location: Location): readonly string[] {
  const { backendScheme, rewriteTarget, xForwardedPrefix } = location.annotations
  const pass = [
    `proxy_pass ${backendScheme}://upstream_balancer;`,
    '',
    'proxy_redirect                          off;',
  ]
  if (rewriteTarget === undefined || !needsRewrite(location)) return pass
  const prefix =
    xForwardedPrefix === undefined ? [] : [`proxy_set_header X-Forwarded-Prefix "${xForwardedPrefix}";`]
  return [`rewrite "(?i)${location.path}" ${rewriteTarget} break;`, ...prefix, ...pass]
}
