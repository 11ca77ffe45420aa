import { describe, expect, test } from 'vitest'
import { aConfig, anIngress } from './objects.fixture.ts'
import { printLocation } from './print-location.ts'
import { printServer, printServerHead } from './print-nginx-conf.ts'

const config = aConfig({
  ingresses: [
    anIngress('web01', ['web01 / nginx:80']),
    anIngress('wild', ['*.foo.com / nginx:80']),
    anIngress('rewrite', ['rewrite /something(/|$)(.*) nginx:80'], {
      annotations: { 'rewrite-target': '/$2', 'x-forwarded-prefix': '/something' },
    }),
    anIngress('root', ['root / nginx:80'], { annotations: { 'app-root': '/app', 'server-alias': 'b,a' } }),
  ],
})
const find = (host: string) => {
  const server = config.servers.find(({ hostname }) => hostname === host)
  if (server === undefined) throw new Error(host)
  return server
}

/** The block as the template renders it with its defaults; empty lines without their tabs. */
const printedWeb01 = String.raw`## start server web01
server {
	server_name "web01" ;

	http2 on;

	listen 80  ;
	listen 443  ssl;

	set $proxy_upstream_name "-";

	ssl_certificate_by_lua_file /etc/nginx/lua/nginx/ngx_conf_certificate.lua;

	location "/" {

		set $namespace      "default";
		set $ingress_name   "web01";
		set $service_name   "nginx";
		set $service_port   "80";
		set $location_path  "/";

		set $force_ssl_redirect "false";
		set $ssl_redirect "true";
		set $force_no_ssl_redirect "false";
		set $preserve_trailing_slash "false";
		set $use_port_in_redirects "false";

		rewrite_by_lua_file /etc/nginx/lua/nginx/ngx_rewrite.lua;

		header_filter_by_lua_file /etc/nginx/lua/nginx/ngx_conf_srv_hdr_filter.lua;

		log_by_lua_file /etc/nginx/lua/nginx/ngx_conf_log_block.lua;

		port_in_redirect off;

		set $balancer_ewma_score -1;
		set $proxy_upstream_name "default-nginx-80";
		set $proxy_host          $proxy_upstream_name;
		set $pass_access_scheme  $scheme;

		set $pass_server_port    $server_port;

		set $best_http_host      $http_host;
		set $pass_port           $pass_server_port;

		set $proxy_alternative_upstream_name "";

		client_max_body_size                    1m;

		proxy_set_header Host                   $best_http_host;

		# Pass the extracted client certificate to the backend

		# Allow websocket connections
		proxy_set_header                        Upgrade           $http_upgrade;

		proxy_set_header                        Connection        $connection_upgrade;

		proxy_set_header X-Request-ID           $req_id;
		proxy_set_header X-Real-IP              $remote_addr;

		proxy_set_header X-Forwarded-For        $remote_addr;

		proxy_set_header X-Forwarded-Host       $best_http_host;
		proxy_set_header X-Forwarded-Port       $pass_port;
		proxy_set_header X-Forwarded-Proto      $pass_access_scheme;
		proxy_set_header X-Forwarded-Scheme     $pass_access_scheme;

		proxy_set_header X-Scheme               $pass_access_scheme;

		# Pass the original X-Forwarded-For
		proxy_set_header X-Original-Forwarded-For  $http_x_forwarded_for;
		# Pass the original X-Forwarded-Host
		proxy_set_header X-Original-Forwarded-Host $http_x_forwarded_host;

		# mitigate HTTPoxy Vulnerability
		# https://www.nginx.com/blog/mitigating-the-httpoxy-vulnerability-with-nginx/
		proxy_set_header Proxy                  "";

		# Custom headers to proxied server

		proxy_connect_timeout                   5s;
		proxy_send_timeout                      60s;
		proxy_read_timeout                      60s;

		proxy_buffering                         off;
		proxy_buffer_size                       4k;
		proxy_buffers                           4 4k;

		proxy_max_temp_file_size                1024m;

		proxy_request_buffering                 on;
		proxy_http_version                      1.1;

		proxy_cookie_domain                     off;
		proxy_cookie_path                       off;

		# In case of errors try the next upstream server before returning an error
		proxy_next_upstream                     error timeout;
		proxy_next_upstream_timeout             0;
		proxy_next_upstream_tries               3;

		proxy_pass http://upstream_balancer;

		proxy_redirect                          off;

	}
}
## end server web01`

describe('nginx.conf', () => {
  test('has the block of web01, with tabs', () => {
    expect(printServer(find('web01'), config.settings)).toBe(printedWeb01)
  })
  test.each([
    { host: '*.foo.com', line: String.raw`server_name "~^(?<subdomain>[\w-]+)\.foo\.com$" ;` },
    { host: 'root', line: 'server_name "root" "a" "b" ;' },
    { host: 'root', line: 'return 302 $scheme://$http_host/app;' },
    { host: '_', line: 'listen 443 default_server reuseport backlog=4096 ssl;' },
    { host: '_', line: 'server_name "_" ;' },
  ])('says of $host: $line', ({ host, line }) => {
    expect(printServerHead(find(host), config.settings)).toContain(line)
  })
  test('rewrites before it passes on, and writes "$" of a path so that nginx leaves it alone', () => {
    const lines = find('rewrite').locations.map((location) => printLocation(location, config.settings))
    expect(lines[0]).toContain('location ~* "^/something(/|$)(.*)" {')
    expect(lines[0]).toContain('set $location_path  "/something(/|${literal_dollar})(.*)";')
    expect(lines[0]).toContain(
      [
        '\trewrite "(?i)/something(/|$)(.*)" /$2 break;',
        '\tproxy_set_header X-Forwarded-Prefix "/something";',
        '\tproxy_pass http://upstream_balancer;',
      ].join('\n'),
    )
  })
})
