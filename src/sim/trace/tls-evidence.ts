/** The client's own decision about a certificate as evidence: chain, dates, name, in the order in which they are looked at. */
import { phrase, type Phrase } from '../phrase.ts'
import type { Certificate } from '../tls/certificate.ts'
import { printAlternativeNames, printCertificateTime, printName } from '../tls/print-certificate.ts'
import type { Candidate, Evidence, TlsHandshake } from './trace.ts'

/** The checks; the first that fails ends them. */
export function verificationEvidence({ chainVerdict, hostMatch, shown, hello }: TlsHandshake): Evidence {
  const [own] = shown.chain
  const isDated =
    chainVerdict.kind === 'refused' &&
    (chainVerdict.error === 'expired' || chainVerdict.error === 'not-yet-valid')
  return {
    kind: 'verification',
    title: phrase('evidence.verification', { name: hello.serverName ?? '–' }),
    candidates: [
      chainCandidate(own, chainVerdict, isDated),
      dateCandidate(own, chainVerdict, isDated),
      nameCandidate(own, hostMatch),
    ],
    // The certificate itself is the hop's message.
    texts: [],
  }
}

function chainCandidate(
  own: Certificate,
  verdict: TlsHandshake['chainVerdict'],
  isDated: boolean,
): Candidate {
  const name = `issuer ${printName(own.issuer, ', ')}`
  if (verdict.kind === 'unknown')
    return check(name, 'unknown', phrase('reason.tls-algorithm-unknown', { algorithm: verdict.algorithm }))
  if (verdict.kind === 'trusted')
    return check(
      name,
      'won',
      phrase('reason.tls-trusted', { anchor: printName(verdict.anchor.subject, ', ') }),
    )
  if (isDated) return check(name, 'won', phrase('reason.tls-issuer-known'))
  return check(name, 'lost', phrase(`reason.tls-${verdict.error}`, { text: verdict.text }))
}

function dateCandidate(own: Certificate, verdict: TlsHandshake['chainVerdict'], isDated: boolean): Candidate {
  const { notBeforeMs, notAfterMs } = verdict.kind === 'refused' && isDated ? verdict.certificate : own
  const name = `${printCertificateTime(notBeforeMs)} – ${printCertificateTime(notAfterMs)}`
  if (verdict.kind === 'trusted') return check(name, 'won', phrase('reason.tls-in-date'))
  if (verdict.kind !== 'refused' || !isDated) return check(name, 'not-tried', phrase('reason.not-tried'))
  return check(name, 'lost', phrase(`reason.tls-${verdict.error}`, { text: verdict.text }))
}

function nameCandidate(own: Certificate, match: TlsHandshake['hostMatch']): Candidate {
  const names = printAlternativeNames(own)
  const name = names === '' ? printName(own.subject, ', ') : names
  if (match === undefined) return check(name, 'not-tried', phrase('reason.not-tried'))
  return match.kind === 'matched'
    ? check(name, 'won', phrase('reason.tls-name-fits', { pattern: match.pattern }))
    : check(name, 'lost', phrase('reason.tls-name-differs'))
}

function check(name: string, verdict: Candidate['verdict'], reason: Phrase): Candidate {
  return { id: name, name, verdict, reason }
}
