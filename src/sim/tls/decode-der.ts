/** DER to values of a schema: the one place where the ASN.1 library's exceptions become values. */
import { AsnConvert } from '@peculiar/asn1-schema'

/** The value that the bytes encode, or undefined where they are no such thing. */
export function decodeDer<T>(der: Uint8Array | ArrayBuffer, type: new () => T): T | undefined {
  try {
    return AsnConvert.parse(der, type)
  } catch {
    return undefined
  }
}

/** The bytes of a value. */
export function encodeDer(value: unknown): Uint8Array {
  return new Uint8Array(AsnConvert.serialize(value))
}
