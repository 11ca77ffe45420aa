import { describe, expect, test } from 'vitest'
import { aConfig, anIngress } from './objects.fixture.ts'
import { printLocation, printServer, printServerHead } from './print-nginx-conf.ts'

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

describe('nginx.conf', () => {
  test('has the block of web01, with tabs', () => {
    expect(printServer(find('web01'), config.settings).split('\n').slice(0, 30)).toEqual([
      '## start server web01',
      'server {',
      '\tserver_name "web01" ;',
      '',
      '\tlisten 80  ;',
      '\tlisten 443  ssl;',
      '',
      '\tlocation "/" {',
      '\t\tset $namespace      "default";',
      '\t\tset $ingress_name   "web01";',
      '\t\tset $service_name   "nginx";',
      '\t\tset $service_port   "80";',
      '\t\tset $location_path  "/";',
      '',
      '\t\tset $force_ssl_redirect "false";',
      '\t\tset $ssl_redirect "true";',
      '\t\tset $force_no_ssl_redirect "false";',
      '\t\tset $preserve_trailing_slash "false";',
      '\t\tset $use_port_in_redirects "false";',
      '',
      '\t\tset $proxy_upstream_name "default-nginx-80";',
      '',
      '\t\tproxy_set_header Host                   $best_http_host;',
      '',
      '\t\tproxy_set_header                        Upgrade           $http_upgrade;',
      '',
      '\t\tproxy_set_header                        Connection        $connection_upgrade;',
      '',
      '\t\tproxy_set_header X-Request-ID           $req_id;',
      '\t\tproxy_set_header X-Real-IP              $remote_addr;',
    ])
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
