/**
 * Whether a certificate holds for the name that a client asked for. Models curl's own check with OpenSSL (curl 7.88,
 * lib/vtls/openssl.c ossl_verifyhost, lib/vtls/hostcheck.c): OpenSSL judges the chain alone.
 */
import { parseIp } from '../network/address.ts'
import type { Certificate } from './certificate.ts'
import { commonName } from './distinguished-name.ts'

export type HostMatch =
  /** An alternative name (`pattern`), or the common name of a certificate without any. */
  | {
      readonly kind: 'matched'
      readonly by: 'dns-name' | 'ip-address' | 'common-name'
      readonly pattern: string
    }
  /** `names`: all that the certificate holds for. */
  | {
      readonly kind: 'mismatch'
      readonly by: 'alternative-name' | 'common-name'
      readonly names: readonly string[]
    }

/** The first name that fits. Without any alternative name the common name counts. */
export function matchHost(certificate: Certificate, host: string): HostMatch {
  const { dnsNames, ipAddresses } = certificate
  const address = parseIp(host)
  const names = [...dnsNames, ...ipAddresses]
  if (names.length === 0) {
    const name = commonName(certificate.subject) ?? ''
    return address === undefined && nameFits(name, host)
      ? { kind: 'matched', by: 'common-name', pattern: name }
      : { kind: 'mismatch', by: 'common-name', names: name === '' ? [] : [name] }
  }
  const pattern =
    address === undefined
      ? dnsNames.find((name) => nameFits(name, host))
      : ipAddresses.find((name) => parseIp(name) === address)
  if (pattern === undefined) return { kind: 'mismatch', by: 'alternative-name', names }
  return { kind: 'matched', by: address === undefined ? 'dns-name' : 'ip-address', pattern }
}

/**
 * A name against a pattern, without regard to case and a final dot. `*` stands for one whole first label, and only where two labels
 * follow it: `*.com` is no wildcard.
 */
export function nameFits(pattern: string, host: string): boolean {
  const [wanted, asked] = [plain(pattern), plain(host)]
  if (wanted === '' || asked === '') return false
  if (!wanted.startsWith('*.') || wanted.split('.').length < 3) return wanted === asked
  const dot = asked.indexOf('.')
  return dot > 0 && asked.slice(dot) === wanted.slice(1)
}

function plain(name: string): string {
  return name.toLowerCase().replace(/\.$/, '')
}
