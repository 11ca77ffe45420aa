/** PEM (RFC 7468): blocks of base64 between two lines. What stands between blocks is passed over, as OpenSSL and Go do. */
import { decodeBase64, encodeBase64 } from './base64.ts'

/** One block. `line` is that of its BEGIN, from 1. */
export interface PemBlock {
  /** `CERTIFICATE`, `EC PRIVATE KEY`. */
  readonly label: string
  readonly der: Uint8Array
  readonly line: number
}

/** What is wrong in a text, and in which of its lines, from 1. */
export interface PemProblem {
  readonly kind: 'no-begin' | 'no-end' | 'bad-base64' | 'encrypted'
  readonly line: number
}

/** Every block of a text in order, or the first thing that is wrong with it. */
export function readPem(
  text: string,
): { readonly blocks: readonly PemBlock[] } | { readonly problem: PemProblem } {
  const lines = text.split(/\r?\n/)
  const blocks: PemBlock[] = []
  for (let at = 0; at < lines.length; at++) {
    const label = /^\s*-----BEGIN ([A-Z0-9 ]+)-----\s*$/.exec(lines[at] ?? '')?.[1]
    if (label === undefined) continue
    const end = lines.findIndex((line, index) => index > at && line.trim() === `-----END ${label}-----`)
    if (end < 0) return { problem: { kind: 'no-end', line: at + 1 } }
    const body = lines.slice(at + 1, end)
    if (label === 'ENCRYPTED PRIVATE KEY' || body.some((line) => line.startsWith('Proc-Type:')))
      return { problem: { kind: 'encrypted', line: at + 1 } }
    const bad = body.findIndex((line) => !/^[A-Za-z0-9+/=\s]*$/.test(line))
    const der = decodeBase64(body.join(''))
    if (der === undefined || der.length === 0)
      return { problem: { kind: 'bad-base64', line: at + 2 + Math.max(bad, 0) } }
    blocks.push({ label, der, line: at + 1 })
    at = end
  }
  return blocks.length === 0 ? { problem: { kind: 'no-begin', line: 1 } } : { blocks }
}

/** A block with its lines of 64 characters and a newline at the end, as OpenSSL and Go write it. */
export function printPem(label: string, der: Uint8Array): string {
  const body = encodeBase64(der).replace(/.{64}(?=.)/g, '$&\n')
  return `-----BEGIN ${label}-----\n${body}\n-----END ${label}-----\n`
}
