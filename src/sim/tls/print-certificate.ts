/** How OpenSSL and curl print names and times. */
import type { Certificate, DistinguishedName } from './certificate.ts'

/** `O=Acme Co; CN=web01`, as curl prints it; other programs have other separators. */
export function printName(name: DistinguishedName, separator = '; '): string {
  return name.map(([attribute, value]) => `${attribute}=${value}`).join(separator)
}

/** `Nov 25 00:42:43 2026 GMT` (ASN1_TIME_print). */
export function printCertificateTime(ms: number): string {
  const [, day = '', month = '', year = '', time = ''] = new Date(ms).toUTCString().split(' ')
  return `${month} ${day.replace(/^0/, ' ')} ${time} ${year} GMT`
}

/** `DNS:*.example.com, IP Address:192.168.61.10`, as `openssl x509 -ext subjectAltName` has it; empty where there is none. */
export function printAlternativeNames({ dnsNames, ipAddresses }: Certificate): string {
  return [...dnsNames.map((name) => `DNS:${name}`), ...ipAddresses.map((each) => `IP Address:${each}`)].join(
    ', ',
  )
}
