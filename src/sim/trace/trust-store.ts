/**
 * Whom a client trusts. The public authorities of Debian and Alpine sign for nobody in a cluster, so their stores are empty here; the
 * laptop has the classroom's authority besides, whatever its Secret holds now.
 */
import { CLUSTER_RESOURCES } from '../cluster/read-certificate.ts'
import type { SignedCertificate } from '../tls/certificate.ts'
import { readCertificates, readTlsSecret } from '../tls/tls-secret.ts'
import type { Run } from './run.ts'
import type { Place } from './vantage.ts'

const CLASSROOM_CA = 'classroom-ca'

/** The anchors of a request that starts at `place`. */
export function trustStore({ world, request }: Run, place: Place): readonly SignedCertificate[] {
  // curl -k does not even load its authorities.
  if (request.trust?.isInsecure === true) return []
  const given = request.trust?.authorities
  if (given !== undefined) return readCertificates(given)
  if (place.kind !== 'laptop') return []
  const secret = world
    .cluster()
    .secrets.find(({ ref }) => ref.namespace === CLUSTER_RESOURCES && ref.name === CLASSROOM_CA)
  const read = secret === undefined ? undefined : readTlsSecret(secret.data)
  return read?.kind === 'pair' ? [read.chain[0]] : []
}
