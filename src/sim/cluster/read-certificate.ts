/** cert-manager's Certificates and issuers (cert-manager.io/v1), as far as a certificate depends on them. */
import { flagAt, textAt, textsAt, valueAt } from '../manifest/json-fields.ts'
import type { JsonValue } from '../manifest/manifest.ts'
import type { DistinguishedName } from '../tls/certificate.ts'
import { parseDuration } from './parse-duration.ts'
import type { ObjectRef } from './object-ref.ts'
import type { ApiObject } from './objects.ts'

/** What a Certificate asks for, defaults filled in. */
export interface CertificateSpec {
  readonly secretName: string
  /** Subject in Go's order of attributes. */
  readonly subject: DistinguishedName
  readonly commonName: string
  readonly dnsNames: readonly string[]
  readonly ipAddresses: readonly string[]
  readonly isCa: boolean
  readonly durationMs: number
  readonly renewBeforeMs: number
  readonly issuer: ObjectRef
  readonly issuerGroup: string
}

/** How an issuer signs. */
export type Issuing =
  | { readonly kind: 'self-signed' }
  | { readonly kind: 'ca'; readonly secret: ObjectRef }
  /** ACME, Vault, Venafi and the like: the field's name. */
  | { readonly kind: 'not-modelled'; readonly type: string }

/** Where ClusterIssuers have their Secrets (`--cluster-resource-namespace` of cert-manager's own manifests). */
export const CLUSTER_RESOURCES = 'cert-manager'

const DEFAULT_DURATION = 2160 * 3600

/** Reads a Certificate's spec. A third of the time before its end it is renewed, unless it says otherwise. */
export function readCertificate({ ref, body }: ApiObject): CertificateSpec {
  const spec = valueAt(body, 'spec')
  const kind = textAt(spec, 'issuerRef', 'kind') ?? 'Issuer'
  const duration = secondsAt(spec, 'duration') ?? DEFAULT_DURATION
  const commonName = textAt(spec, 'commonName') ?? ''
  return {
    secretName: textAt(spec, 'secretName') ?? '',
    subject: [...subjectAttributes(spec), ...(commonName === '' ? [] : [['CN', commonName] as const])],
    commonName,
    dnsNames: textsAt(spec, 'dnsNames'),
    ipAddresses: textsAt(spec, 'ipAddresses'),
    isCa: flagAt(spec, 'isCA'),
    durationMs: duration * 1000,
    renewBeforeMs: (secondsAt(spec, 'renewBefore') ?? duration / 3) * 1000,
    issuer: {
      kind,
      namespace: kind === 'ClusterIssuer' ? '' : ref.namespace,
      name: textAt(spec, 'issuerRef', 'name') ?? '',
    },
    issuerGroup: textAt(spec, 'issuerRef', 'group') ?? '',
  }
}

/** Reads how an Issuer or ClusterIssuer signs. */
export function readIssuer({ ref, body }: ApiObject): Issuing {
  const spec = valueAt(body, 'spec')
  if (valueAt(spec, 'selfSigned') !== undefined) return { kind: 'self-signed' }
  const name = textAt(spec, 'ca', 'secretName')
  if (name === undefined) {
    const type = ['acme', 'vault', 'venafi'].find((each) => valueAt(spec, each) !== undefined)
    return { kind: 'not-modelled', type: type ?? 'unknown' }
  }
  const namespace = ref.kind === 'ClusterIssuer' ? CLUSTER_RESOURCES : ref.namespace
  return { kind: 'ca', secret: { kind: 'Secret', namespace, name } }
}

function subjectAttributes(spec: JsonValue | undefined): DistinguishedName {
  const fields = [
    ['C', 'countries'],
    ['O', 'organizations'],
    ['OU', 'organizationalUnits'],
    ['L', 'localities'],
    ['ST', 'provinces'],
  ] as const
  return fields.flatMap(([attribute, field]) =>
    textsAt(spec, 'subject', field).map((value) => [attribute, value] as const),
  )
}

function secondsAt(spec: JsonValue | undefined, field: string): number | undefined {
  return parseDuration(textAt(spec, field) ?? '')
}
