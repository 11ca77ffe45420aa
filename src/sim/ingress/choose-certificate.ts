/** Which certificate the handshake shows, by the name in the ClientHello. Models rootfs/etc/nginx/lua/certificate.lua of ingress-nginx. */
import type { ObjectRef, Origin } from '../cluster/object-ref.ts'
import type { ControllerConfig } from './controller-config.ts'
import type { Decision, DecisionCandidate } from './decision.ts'
import type { ServerCertificate, VirtualServer } from './virtual-server.ts'

/** `secret` absent: the certificate that the controller made for itself, valid for `ingress.local` alone. */
export interface CertificateChoice {
  readonly secret?: ObjectRef
  /** The `tls` section that put the name into the table. */
  readonly because: readonly Origin[]
  readonly decision: Decision
}

/** Entry of the name; else of the name with its first label replaced by `*`; else the default. No name: the default. */
export function chooseCertificate(config: ControllerConfig, sni: string | undefined): CertificateChoice {
  const name = sni?.toLowerCase().replace(/\.$/, '') ?? ''
  const wildcard = name.replace(/^[^.]+/, '*')
  const candidates: DecisionCandidate[] = []
  let chosen: ServerCertificate | undefined
  for (const key of name === '' ? [] : [...new Set([name, wildcard])]) {
    const entry = chosen ?? certificateOf(config.servers, key)
    candidates.push(candidateOf(key, entry, name, chosen !== undefined))
    chosen ??= entry
  }
  const secret = chosen?.kind === 'secret' ? chosen.secret : defaultSecret(config)
  const defaultWins = chosen?.kind !== 'secret'
  candidates.push({
    name: config.settings.defaultSslCertificate ?? 'fake',
    verdict: defaultWins ? 'won' : 'not-tried',
    reason: defaultWins ? defaultReason(name, chosen) : { kind: 'earlier-won' },
  })
  return {
    ...(secret !== undefined && { secret }),
    because: chosen === undefined ? [] : [chosen.because],
    decision: { candidates, nginxConf: '' },
  }
}

function certificateOf(servers: readonly VirtualServer[], name: string): ServerCertificate | undefined {
  return servers.find(({ hostname, aliases }) => hostname === name || aliases.includes(name))?.certificate
}

function candidateOf(
  key: string,
  entry: ServerCertificate | undefined,
  name: string,
  ended: boolean,
): DecisionCandidate {
  if (ended) return { name: key, verdict: 'not-tried', reason: { kind: 'earlier-won' } }
  if (entry === undefined) return { name: key, verdict: 'lost', reason: { kind: 'sni-unknown', name } }
  if (entry.kind === 'default')
    return { name: key, verdict: 'lost', reason: { kind: 'entry-is-default', name, because: entry.reason } }
  const reason = { kind: key === name ? 'sni-equal' : 'sni-wildcard', name } as const
  return { name: `${entry.secret.namespace}/${entry.secret.name}`, verdict: 'won', reason }
}

function defaultReason(name: string, entry: ServerCertificate | undefined): DecisionCandidate['reason'] {
  if (name === '') return { kind: 'sni-absent' }
  if (entry?.kind === 'default') return { kind: 'entry-is-default', name, because: entry.reason }
  return { kind: 'sni-unknown', name }
}

function defaultSecret({ settings }: ControllerConfig): ObjectRef | undefined {
  const [namespace = '', name = ''] = (settings.defaultSslCertificate ?? '').split('/')
  return name === '' ? undefined : { kind: 'Secret', namespace, name }
}
