/**
 * What is wrong with the certificates that manifests name, at their lines: warnings, since the API server takes it all and the client
 * alone finds out. The controller's log says the same (ingress-nginx internal/ingress/controller/controller.go, store/backend_ssl.go).
 */
import { isReady } from './cluster/certificate-controller.ts'
import type { Cluster } from './cluster/cluster.ts'
import { objectKey } from './cluster/object-ref.ts'
import type { ApiObject, Ingress, Secret } from './cluster/objects.ts'
import { readCertificate, readIssuer } from './cluster/read-certificate.ts'
import type { Millis } from './clock.ts'
import { holdsFor } from './ingress/server-certificate.ts'
import { certificateSecrets } from './ingress/certificate-secrets.ts'
import { lineOfBlock } from './line-of-block.ts'
import type { Diagnostic, DiagnosticCode } from './manifest/diagnostic.ts'
import { nearestRange } from './manifest/locate-problem.ts'
import type { FieldPath } from './manifest/manifest.ts'
import { decodeBase64 } from './tls/base64.ts'
import { printCertificateTime } from './tls/print-certificate.ts'
import { readTlsSecret, type PairProblem } from './tls/tls-secret.ts'

/**
 * Warnings about Ingresses, Secrets and Certificates that stand in files, in that order.
 * @param textOf a file as it was applied; undefined where it is not known
 */
export function tlsDiagnostics(
  cluster: Cluster,
  nowMs: Millis,
  textOf: (file: string) => string | undefined,
): readonly Diagnostic[] {
  return [
    ...cluster.ingresses.flatMap((ingress) => ofIngress(cluster, ingress, nowMs)),
    ...cluster.secrets.flatMap((secret) => ofSecret(cluster, secret, textOf)),
    ...Object.values(cluster.objects).flatMap((object) =>
      object.ref.kind === 'Certificate' ? ofCertificate(cluster, object) : [],
    ),
  ]
}

function ofIngress(cluster: Cluster, { ref, tls, rules }: Ingress, nowMs: Millis): readonly Diagnostic[] {
  const object = cluster.objects[objectKey(ref)]
  const ruled = rules.map(({ host }) => host.toLowerCase())
  return tls.flatMap(({ hosts, secretName }, index) => {
    const path = ['spec', 'tls', index]
    const idle = hosts.flatMap((host, at) =>
      ruled.includes(host.toLowerCase())
        ? []
        : warn(object, [...path, 'hosts', at], {
            code: 'tls-host-without-rule',
            values: { host },
            message: `no rule of this Ingress has the host ${host}, so its certificate is shown to nobody`,
          }),
    )
    if (secretName === undefined || secretName === '') return idle
    const served = hosts.filter((host) => ruled.includes(host.toLowerCase()))
    const finding = secretFinding(cluster, ref.namespace, secretName, served, nowMs)
    return finding === undefined ? idle : [...idle, ...warn(object, [...path, 'secretName'], finding)]
  })
}

type Finding = Pick<Diagnostic, 'code' | 'values' | 'message' | 'hint'>

const FAKE = 'the controller shows its fake certificate'

/** The first thing that keeps the Secret's certificate from being shown, or from being trusted, for the hosts. */
function secretFinding(
  cluster: Cluster,
  namespace: string,
  name: string,
  hosts: readonly string[],
  nowMs: Millis,
): Finding | undefined {
  const secret = cluster.secrets.find(({ ref }) => ref.namespace === namespace && ref.name === name)
  const key = `${namespace}/${name}`
  if (secret === undefined) return missing(cluster, namespace, name)
  const read = readTlsSecret(secret.data)
  if (read.kind === 'unusable') {
    const { kind, field, line = 0 } = read.problem
    const values = { secret: key, problem: wordOf(kind), field, line }
    return {
      code: 'tls-secret-unusable',
      values,
      message: `Secret ${key}: ${sentenceOf(read.problem)}; ${FAKE}`,
    }
  }
  const [names] = certificateSecrets([secret])
  const strange = hosts.find((host) => names !== undefined && !holdsFor(names, host))
  if (strange !== undefined) {
    const held = names?.dnsNames.join(', ') ?? ''
    return {
      code: 'tls-name-mismatch',
      values: { secret: key, host: strange, names: held },
      message: `the certificate of ${key} holds for ${held}, not for ${strange}; ${FAKE}`,
      hint: 'A wildcard covers one label. Add the name to the certificate.',
    }
  }
  const { notBeforeMs, notAfterMs } = read.chain[0].certificate
  if (nowMs > notAfterMs) return dated('tls-expired', key, notAfterMs, 'expired on')
  if (nowMs < notBeforeMs) return dated('tls-not-yet-valid', key, notBeforeMs, 'is not valid before')
  return undefined
}

function dated(code: DiagnosticCode, secret: string, ms: Millis, what: string): Finding {
  const date = printCertificateTime(ms)
  return {
    code,
    values: { secret, date },
    message: `the certificate of ${secret} ${what} ${date}; it is shown all the same, and clients refuse it`,
  }
}

function missing({ secrets }: Cluster, namespace: string, name: string): Finding {
  const elsewhere = secrets.find(({ ref }) => ref.name === name)?.ref.namespace
  if (elsewhere === undefined) {
    return {
      code: 'tls-secret-missing',
      values: { secret: `${namespace}/${name}` },
      message: `there is no Secret ${namespace}/${name}; ${FAKE}`,
      hint: 'Create it, or a Certificate that writes it.',
    }
  }
  return {
    code: 'tls-secret-other-namespace',
    values: { secret: `${namespace}/${name}`, elsewhere },
    message: `there is no Secret ${namespace}/${name}: the one in namespace ${elsewhere} does not count; ${FAKE}`,
    hint: `An Ingress takes Secrets of its own namespace alone: put it into ${namespace}.`,
  }
}

/** A Secret of type `kubernetes.io/tls` that is none; one that its manifest wrote as a text has the very line. */
function ofSecret(
  cluster: Cluster,
  { ref, type, data }: Secret,
  textOf: (file: string) => string | undefined,
): readonly Diagnostic[] {
  const object = cluster.objects[objectKey(ref)]
  if (type !== 'kubernetes.io/tls' || object?.source === undefined) return []
  const read = readTlsSecret(data)
  if (read.kind === 'pair') return []
  const { kind, field, line } = read.problem
  const secret = `${ref.namespace}/${ref.name}`
  const found = warn(object, ['data', field], {
    code: 'tls-secret-unusable',
    values: { secret, problem: wordOf(kind), field, line: line ?? 0 },
    message: `Secret ${secret}: ${sentenceOf(read.problem)}`,
  })
  const { source } = object
  const written = source.ranges[`stringData.${field.replace('.', '\\.')}`]
  if (written === undefined) return found
  const text = String.fromCharCode(...(decodeBase64(data[field] ?? '') ?? []))
  const range = line === undefined ? written : lineOfBlock(written, textOf(source.file), text, line)
  return found.map((each) => ({ ...each, range }))
}

/** A word that the catalogues can choose by. */
function wordOf(kind: PairProblem['kind']): string {
  return kind.replaceAll('-', '_')
}

function sentenceOf({ kind, field, line }: PairProblem): string {
  const at = line === undefined ? field : `${field}, line ${line}`
  switch (kind) {
    case 'missing':
      return `${field} is missing`
    case 'not-base64':
      return `${field} is not base64`
    case 'no-begin':
      return `${field} has no -----BEGIN line: it is no PEM`
    case 'no-end':
      return `${at}: this block has no -----END line`
    case 'bad-base64':
      return `${at}: not base64`
    case 'encrypted':
      return `${at}: the key is encrypted, and nobody is asked for a password`
    case 'no-certificate':
      return `${field} has no block CERTIFICATE`
    case 'bad-certificate':
      return `${at}: this block is no X.509 certificate`
    case 'no-key':
      return `${field} has no private key`
    case 'bad-key':
      return `${at}: this private key cannot be read`
    case 'key-differs':
      return `${field} does not belong to the certificate in tls.crt`
    case 'key-unknown':
      return `${field}: keys of this algorithm are not modelled`
  }
}

function ofCertificate(cluster: Cluster, object: ApiObject): readonly Diagnostic[] {
  const { issuer } = readCertificate(object)
  if (isReady(object)) return []
  const found = cluster.objects[objectKey(issuer)]
  const name = `${issuer.kind} ${issuer.name}`
  const issuing = found === undefined ? undefined : readIssuer(found)
  const why =
    issuing === undefined
      ? ('no_issuer' as const)
      : issuing.kind === 'not-modelled'
        ? ('not_modelled' as const)
        : ('no_pair' as const)
  const messages = {
    no_issuer: `nobody issues this Certificate: there is no ${name}`,
    no_pair: `${name} cannot sign: its Secret is not there, or is no CA's pair`,
    not_modelled: `${name} asks somebody outside the cluster, which is not modelled: nothing is issued`,
  }
  return warn(object, ['spec', 'issuerRef'], {
    code: 'certificate-not-issued',
    values: { issuer: name, why },
    message: messages[why],
  })
}

function warn(object: ApiObject | undefined, path: FieldPath, finding: Finding): readonly Diagnostic[] {
  const source = object?.source
  if (source === undefined) return []
  return [{ severity: 'warning', file: source.file, range: nearestRange(source, path), ...finding }]
}
