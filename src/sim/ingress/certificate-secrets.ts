/** Which Secrets can serve an ingress controller, and the names that they hold for (ingress-nginx internal/ingress/controller/store/backend_ssl.go). */
import type { Secret } from '../cluster/objects.ts'
import { commonName } from '../tls/distinguished-name.ts'
import { readTlsSecret } from '../tls/tls-secret.ts'
import type { CertificateSecret } from './server-certificate.ts'

/** Every Secret; one without a usable pair holds for no name. The common name counts beside the alternative names. */
export function certificateSecrets(secrets: readonly Secret[]): readonly CertificateSecret[] {
  return secrets.map(({ ref, data }) => {
    const read = readTlsSecret(data)
    if (read.kind === 'unusable') return { ref, dnsNames: [] }
    const { certificate } = read.chain[0]
    const common = commonName(certificate.subject)
    return { ref, dnsNames: [...certificate.dnsNames, ...(common === undefined ? [] : [common])] }
  })
}
