/** Keys and serial numbers by seed: the same cluster has the same certificates. */
import { ECParameters, ECPrivateKey } from '@peculiar/asn1-ecc'
import { OctetString } from '@peculiar/asn1-schema'
import { p256 } from '@noble/curves/nist.js'
import { drawBelow, drawText, type Draw } from '../draw.ts'
import { encodeDer } from './decode-der.ts'
import { printPem } from './pem.ts'

/** The private scalar of a P-256 key, 48 draws. */
export function drawP256Key(draw: Draw): Uint8Array {
  return p256.utils.randomSecretKey(Uint8Array.from({ length: 48 }, () => drawBelow(draw, 256)))
}

/** 128 bits, positive. */
export function drawSerial(draw: Draw): string {
  return drawText(draw, '1234567', 1) + drawText(draw, '0123456789abcdef', 31)
}

/** `EC PRIVATE KEY` (RFC 5915), as Go's x509.MarshalECPrivateKey writes it. */
export function printP256Key(scalar: Uint8Array): string {
  const key = new ECPrivateKey({
    version: 1,
    privateKey: new OctetString(Uint8Array.from(scalar).buffer),
    parameters: new ECParameters({ namedCurve: '1.2.840.10045.3.1.7' }),
    publicKey: Uint8Array.from(p256.getPublicKey(scalar, false)).buffer,
  })
  return printPem('EC PRIVATE KEY', encodeDer(key))
}
