/** Whether a Secret can be served by a listener. Only the PEM armour is looked at: what is inside is another part's affair. */
import type { ObjectRef } from '../cluster/object-ref.ts'
import type { ApiObject } from '../cluster/objects.ts'
import { textAt } from '../manifest/json-fields.ts'

/** A Secret, and whether `tls.crt` and `tls.key` hold a pair that a listener can serve. */
export interface CertificatePair {
  readonly ref: ObjectRef
  readonly isUsable: boolean
}

/** `-----BEGIN CERTIFICATE-----` in base64, which its 27 bytes fill whole. */
const CERTIFICATE = 'LS0tLS1CRUdJTiBDRVJUSUZJQ0FURS0tLS0t'
/** The whole groups of `-----BEGIN ` in base64: keys have several kinds. */
const ARMOUR = 'LS0tLS1CRUdJ'

/** Reads a Secret's `tls.crt` and `tls.key`, encoded (`data`) or plain (`stringData`). */
export function readCertificatePair(secret: ApiObject): CertificatePair {
  const begins = (key: string, encoded: string, plain: string) =>
    textAt(secret.body, 'data', key)?.replaceAll(/\s/g, '').startsWith(encoded) === true ||
    textAt(secret.body, 'stringData', key)?.trimStart().startsWith(plain) === true
  return {
    ref: secret.ref,
    isUsable:
      begins('tls.crt', CERTIFICATE, '-----BEGIN CERTIFICATE-----') &&
      begins('tls.key', ARMOUR, '-----BEGIN '),
  }
}
