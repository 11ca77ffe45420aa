/** What is wrong with a text that somebody gave, as a value. Nothing that a person can type throws. */

/** Half-open, in UTF-16 offsets from 0, with the line and column (from 1) of `from` for people. */
export interface TextRange {
  readonly from: number
  readonly to: number
  readonly line: number
  readonly column: number
  /** The line of the last character, from 1. */
  readonly endLine: number
}

/**
 * The closed list of what can be wrong. A test asserts the code and the place, seldom the prose; the page translates by the code.
 * `values` of a diagnostic holds what the sentence names.
 */
export type DiagnosticCode =
  | 'yaml-syntax' // detail
  | 'yaml-alias-bomb'
  | 'yaml-duplicate-key' // key
  | 'file-too-large' // size, limit
  | 'not-yaml' // detail: a template, half a document, binary
  | 'no-objects'
  | 'not-an-object'
  | 'kind-missing'
  | 'api-version-missing'
  | 'name-missing'
  | 'unknown-field' // field, suggestion
  | 'wrong-type' // field, expected, found
  | 'field-invalid' // field, detail: the API server's own words
  | 'field-required' // field, detail
  | 'duplicate-object' // object
  | 'kind-not-simulated' // kind: kept and listed, without effect
  | 'namespace-missing' // namespace
  | 'not-found' // object
  | 'patch-without-target'
  | 'address-taken' // address
  | 'address-outside-range' // address, range
  | 'node-port-taken' // port
  | 'node-port-outside-range' // port, range
  | 'health-check-port-refused' // port, detail: the allocator's words
  | 'immutable-field' // field
  | 'webhook-denied' // detail: admission webhook "…" denied the request: …
  | 'webhook-failed' // detail: nobody answered it
  | 'ingress-not-taken' // why
  | 'ingress-path-taken' // host, path, pathType, winner
  | 'ingress-service-missing' // service
  | 'ingress-port-missing' // service, port
  | 'ingress-config-refused' // detail: nginx's own words
  | 'ingress-regex-spreads' // host, by
  | 'no-nodes'
  | 'paste-node-unknown' // node, nodes
  | 'paste-other-family' // command: what printed it, node
  | 'paste-of-pod' // chain
  | 'paste-unreadable' // detail, text: a line of iptables-save
  | 'paste-nft-unreadable' // detail, text: a line of nft
  | 'paste-ipset-unreadable' // detail, text: a line of ipset save
  | 'paste-empty'
  | 'corefile-refused' // detail: CoreDNS's own words; effect: down, former
  | 'corefile-not-modelled' // detail: the plugin or its property
  | 'corefile-not-read' // CoreDNS does not read the file again
  | 'tls-secret-missing' // secret
  | 'tls-secret-other-namespace' // secret, elsewhere
  | 'tls-secret-unusable' // secret, problem, field, line
  | 'tls-name-mismatch' // secret, host, names
  | 'tls-expired' // secret, date
  | 'tls-not-yet-valid' // secret, date
  | 'tls-host-without-rule' // host
  | 'certificate-not-issued' // issuer, why
  | 'internal-error' // detail

/** One finding about a text or an object. `message` is the English sentence, in the API server's or kubectl's own words where they have some. */
export interface Diagnostic {
  readonly severity: 'error' | 'warning' | 'info'
  readonly code: DiagnosticCode
  readonly values: Readonly<Record<string, string | number>>
  readonly message: string
  readonly file: string
  /** Absent where the whole file is meant. */
  readonly range?: TextRange
  /** The way out, in English; absent where the message says it. */
  readonly hint?: string
}
