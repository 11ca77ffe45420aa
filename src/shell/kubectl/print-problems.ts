/** Diagnostics of a file in kubectl's words (k8s.io/kubectl pkg/cmd/apply and util/errors; API server 1.32). */
import type { Diagnostic, DiagnosticCode } from '../../sim/manifest/diagnostic.ts'

/** What kubectl was about to do, and from which file; `undefined` where there was none. */
export interface Doing {
  readonly verb: 'creating' | 'patching' | 'deleting' | 'applying patch'
  readonly path?: string
}

/** The errors of some diagnostics, a line or more each; what one object has wrong is said together, as the server does. */
export function printProblems(diagnostics: readonly Diagnostic[], doing: Doing): string {
  const errors = diagnostics.filter((diagnostic) => diagnostic.severity === 'error')
  const groups = new Map<string, Diagnostic[]>()
  for (const diagnostic of errors) {
    const key = groupKey(diagnostic)
    groups.set(key, [...(groups.get(key) ?? []), diagnostic])
  }
  return [...groups.values()].map((group) => `${printGroup(group, doing)}\n`).join('')
}

/** The first sentences of what the API server warns of, each behind `Warning: `. What CoreDNS, nginx and clients think of what they are given the server does not know. */
export function printWarnings(diagnostics: readonly Diagnostic[]): string {
  return diagnostics
    .filter((diagnostic) => diagnostic.severity === 'warning' && !unsaid.includes(diagnostic.code))
    .map((diagnostic) => `Warning: ${diagnostic.message}\n`)
    .join('')
}

const unsaid: readonly DiagnosticCode[] = [
  'no-objects',
  'corefile-refused',
  'corefile-not-modelled',
  'corefile-not-read',
  'ingress-not-taken',
  'ingress-path-taken',
  'ingress-service-missing',
  'ingress-port-missing',
  'ingress-config-refused',
  'ingress-regex-spreads',
  'tls-secret-missing',
  'tls-secret-other-namespace',
  'tls-secret-unusable',
  'tls-name-mismatch',
  'tls-expired',
  'tls-not-yet-valid',
  'tls-host-without-rule',
  'certificate-not-issued',
]

/** Field errors and unknown fields of one object belong together; everything else stands alone. */
function groupKey(diagnostic: Diagnostic): string {
  const { kind, name } = diagnostic.values
  return `${formOf(diagnostic)}/${kind ?? ''}/${name ?? diagnostic.range?.from ?? ''}`
}

type Form = 'invalid' | 'server' | 'strict' | 'unset' | 'file' | 'not-found' | 'plain'

function formOf(diagnostic: Diagnostic): Form {
  switch (diagnostic.code) {
    case 'field-invalid':
    case 'field-required':
    case 'immutable-field':
    case 'address-taken':
    case 'address-outside-range':
    case 'node-port-taken':
    case 'node-port-outside-range':
      return diagnostic.values['kind'] === undefined ? 'plain' : 'invalid'
    case 'webhook-denied':
    case 'webhook-failed':
    case 'health-check-port-refused':
      return 'server'
    case 'unknown-field':
    case 'wrong-type':
      return 'strict'
    case 'kind-missing':
    case 'api-version-missing':
    case 'not-an-object':
      return 'unset'
    case 'yaml-syntax':
    case 'yaml-alias-bomb':
    case 'not-yaml':
      return 'file'
    case 'namespace-missing':
    case 'not-found':
      return 'not-found'
    case 'yaml-duplicate-key':
    case 'file-too-large':
    case 'no-objects':
    case 'name-missing':
    case 'duplicate-object':
    case 'kind-not-simulated':
    case 'ingress-not-taken':
    case 'ingress-path-taken':
    case 'ingress-service-missing':
    case 'ingress-port-missing':
    case 'ingress-config-refused':
    case 'ingress-regex-spreads':
    case 'patch-without-target':
    case 'no-nodes':
    case 'paste-node-unknown':
    case 'paste-other-family':
    case 'paste-of-pod':
    case 'paste-unreadable':
    case 'paste-nft-unreadable':
    case 'paste-ipset-unreadable':
    case 'paste-empty':
    case 'corefile-refused':
    case 'corefile-not-modelled':
    case 'corefile-not-read':
    case 'tls-secret-missing':
    case 'tls-secret-other-namespace':
    case 'tls-secret-unusable':
    case 'tls-name-mismatch':
    case 'tls-expired':
    case 'tls-not-yet-valid':
    case 'tls-host-without-rule':
    case 'certificate-not-issued':
    case 'internal-error':
      return 'plain'
  }
}

function printGroup(group: readonly Diagnostic[], doing: Doing): string {
  const [first] = group
  if (first === undefined) return ''
  const { kind = 'object', name = '', apiVersion = 'v1' } = first.values
  const about = doing.path === undefined ? '' : `error when ${doing.verb} "${doing.path}": `
  const messages = group.map((diagnostic) => diagnostic.message)
  switch (formOf(first)) {
    case 'invalid':
      return messages.length === 1
        ? `The ${kind} "${name}" is invalid: ${messages[0] ?? ''}`
        : `The ${kind} "${name}" is invalid: \n${messages.map((message) => `* ${message}`).join('\n')}`
    case 'server': {
      const reason = first.code === 'webhook-denied' ? 'BadRequest' : 'InternalError'
      return `Error from server (${reason}): ${about}${messages[0] ?? ''}`
    }
    case 'strict': {
      const strict = group.filter((diagnostic) => diagnostic.code === 'unknown-field')
      const mistyped = group.find((diagnostic) => diagnostic.code === 'wrong-type')
      const fields = strict.map((diagnostic) => diagnostic.message.replace('strict decoding error: ', ''))
      const text = mistyped?.message ?? `strict decoding error: ${fields.join(', ')}`
      const head = `Error from server (BadRequest): ${about}`
      return `${head}${kind} in version "${versionOf(String(apiVersion))}" cannot be handled as a ${kind}: ${text}`
    }
    case 'unset': {
      const text =
        messages.length === 1 ? (messages[0] ?? '').replace(/:.*$/s, '') : `[${messages.join(', ')}]`
      const data = doing.path === undefined ? '' : `error validating "${doing.path}": `
      return `error: ${data}error validating data: ${text}; if you choose to ignore these errors, turn validation off with --validate=false`
    }
    case 'file':
      return `error: error parsing ${doing.path ?? 'STDIN'}: ${parserWords(first)}`
    case 'not-found':
      return `Error from server (NotFound): ${about}${messages[0] ?? ''}`
    case 'plain':
      return `error: ${messages[0] ?? ''}`
  }
}

/** What go-yaml, or the JSON decoder (`line` 0), says where a diagnostic knows it; else the diagnostic's own sentence. */
function parserWords({ values, message }: Diagnostic): string {
  const { words, line } = values
  if (typeof words !== 'string' || typeof line !== 'number') return message
  return line === 0 ? words : `error converting YAML to JSON: yaml: line ${line}: ${words}`
}

/** `networking.k8s.io/v1` to `v1`, as the server's decoder says it. */
function versionOf(apiVersion: string): string {
  return apiVersion.slice(apiVersion.lastIndexOf('/') + 1)
}
