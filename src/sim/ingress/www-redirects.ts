/**
 * Servers that `from-to-www-redirect` adds: for `example.com` one for `www.example.com`, and the other way round.
 * Models buildRedirects (ingress-nginx internal/ingress/controller/nginx.go) and rootfs/etc/nginx/lua/nginx/ngx_srv_redirect.lua.
 */
import type { Ingress } from '../cluster/objects.ts'
import { hostClaims } from './ingress-claims.ts'
import { annotationOf } from './location-annotations.ts'
import { parseGoBool } from './parse-go-bool.ts'
import type { CertificateSecret } from './server-certificate.ts'
import { holdsFor } from './server-certificate.ts'
import type { VirtualServer } from './virtual-server.ts'
import { catchAllHost } from './virtual-server.ts'

/** The added servers; none where an Ingress has the name. They show the other server's certificate where that holds for them. */
export function wwwServers(
  servers: readonly VirtualServer[],
  ingresses: readonly Ingress[],
  secrets: readonly CertificateSecret[],
): readonly VirtualServer[] {
  const asking = hostClaims(ingresses).filter(
    ({ host, ingress }) =>
      host !== catchAllHost && parseGoBool(annotationOf(ingress, 'from-to-www-redirect')) === true,
  )
  const taken = new Set(servers.map(({ hostname }) => hostname))
  const first = new Map(asking.toReversed().map((claim) => [otherName(claim.host), claim]))
  return [...first].flatMap(([hostname, claim]) => {
    if (taken.has(hostname)) return []
    const certificate = servers.find((server) => server.hostname === claim.host)?.certificate
    const secret =
      certificate?.kind === 'secret' ? secrets.find(({ ref }) => ref === certificate.secret) : undefined
    return [
      {
        hostname,
        aliases: [],
        locations: [],
        redirectTo: claim.host,
        ...(certificate !== undefined &&
          secret !== undefined &&
          holdsFor(secret, hostname) && { certificate }),
        ingress: claim.ingress.ref,
        because: [claim.because],
      },
    ]
  })
}

/** `http://example.com:80/foo`: with the port, without a final slash. */
export function wwwRedirectUrl(scheme: string, name: string, port: string, target: string): string {
  return `${scheme}://${name}:${port}${target.replace(/\/$/, '')}`
}

function otherName(host: string): string {
  return host.startsWith('www.') ? host.slice('www.'.length) : `www.${host}`
}
