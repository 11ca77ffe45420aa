/**
 * Which certificate a server shows, by names alone.
 * Models extractTLSSecretName and the certificate part of createServers (ingress-nginx internal/ingress/controller/controller.go).
 */
import type { ObjectRef, Origin } from '../cluster/object-ref.ts'
import type { Ingress } from '../cluster/objects.ts'
import { hostMatches } from './host-matches.ts'
import type { ServerCertificate } from './virtual-server.ts'

/** A Secret as far as choosing needs it: the names that its certificate holds for; none where it has no usable pair. */
export interface CertificateSecret {
  readonly ref: ObjectRef
  readonly dnsNames: readonly string[]
}

/**
 * The certificate that the first Ingress with this host and any `tls` section gives the host, or undefined where there is no such
 * Ingress. The Secret whose `hosts` lists the host; else the first whose certificate holds for it; else the default one.
 * @param ingresses in the controller's order, those with a rule for the host
 */
export function serverCertificate(
  host: string,
  ingresses: readonly Ingress[],
  secrets: readonly CertificateSecret[],
): ServerCertificate | undefined {
  const ingress = ingresses.find(({ tls }) => tls.length > 0)
  if (ingress === undefined) return undefined
  const find = (name: string) =>
    secrets.find(({ ref }) => ref.namespace === ingress.ref.namespace && ref.name === name)
  const listed = ingress.tls.findIndex(({ hosts }) => hosts.some((each) => sameName(each, host)))
  if (listed >= 0) return listedCertificate(host, ingress, listed, find)
  for (const [index, { secretName = '' }] of ingress.tls.entries()) {
    const secret = find(secretName)
    if (secret !== undefined && holdsFor(secret, host))
      return { kind: 'secret', secret: secret.ref, because: tlsOrigin(ingress, index) }
  }
  return { kind: 'default', reason: 'host-not-listed', because: tlsOrigin(ingress) }
}

/** Whether one of the certificate's names covers the host; a wildcard covers one label (crypto/x509 VerifyHostname). */
export function holdsFor(secret: CertificateSecret, host: string): boolean {
  return secret.dnsNames.some((name) => sameName(name, host) || hostMatches(name, host))
}

function listedCertificate(
  host: string,
  ingress: Ingress,
  index: number,
  find: (name: string) => CertificateSecret | undefined,
): ServerCertificate {
  const because = tlsOrigin(ingress, index)
  const secretName = ingress.tls[index]?.secretName
  if (secretName === undefined || secretName === '')
    return { kind: 'default', reason: 'no-secret-named', because }
  const secret = find(secretName)
  if (secret === undefined) return { kind: 'default', reason: 'secret-missing', because }
  if (secret.dnsNames.length === 0) return { kind: 'default', reason: 'secret-unusable', because }
  if (!holdsFor(secret, host)) return { kind: 'default', reason: 'name-not-covered', because }
  return { kind: 'secret', secret: secret.ref, because }
}

function tlsOrigin(ingress: Ingress, index?: number): Origin {
  return { object: ingress.ref, paths: [['spec', 'tls', ...(index === undefined ? [] : [index])]] }
}

function sameName(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase()
}
