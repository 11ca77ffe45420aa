/** Object identifiers that certificates name: algorithms, curves, extensions, attributes of names (RFC 5280, 5480, 8017, 8410). */

export const oid = {
  ecPublicKey: '1.2.840.10045.2.1',
  rsaEncryption: '1.2.840.113549.1.1.1',
  ed25519: '1.3.101.112',
  ecdsaWithSha256: '1.2.840.10045.4.3.2',
  ecdsaWithSha384: '1.2.840.10045.4.3.3',
  ecdsaWithSha512: '1.2.840.10045.4.3.4',
  sha256WithRsa: '1.2.840.113549.1.1.11',
  sha384WithRsa: '1.2.840.113549.1.1.12',
  sha512WithRsa: '1.2.840.113549.1.1.13',
  subjectKeyId: '2.5.29.14',
  keyUsage: '2.5.29.15',
  subjectAltName: '2.5.29.17',
  basicConstraints: '2.5.29.19',
  authorityKeyId: '2.5.29.35',
  extendedKeyUsage: '2.5.29.37',
  serverAuth: '1.3.6.1.5.5.7.3.1',
} as const

/** Curves by their identifier, under the name that NIST gives. */
const curves = {
  '1.2.840.10045.3.1.7': 'P-256',
  '1.3.132.0.34': 'P-384',
  '1.3.132.0.35': 'P-521',
} as const

/** A curve that we can reckon on. */
export type Curve = (typeof curves)[keyof typeof curves]

/** The curve of an identifier; undefined: none of ours. */
export function curveOf(id: string | undefined): Curve | undefined {
  return Object.entries(curves).find(([each]) => each === id)?.[1]
}
