/** Names in certificates: read, written and compared. */
import { AttributeTypeAndValue, AttributeValue, Name, RelativeDistinguishedName } from '@peculiar/asn1-x509'
import type { DistinguishedName } from './certificate.ts'
import { printName } from './print-certificate.ts'

const attributes: Readonly<Record<string, string>> = {
  '2.5.4.3': 'CN',
  '2.5.4.5': 'serialNumber',
  '2.5.4.6': 'C',
  '2.5.4.7': 'L',
  '2.5.4.8': 'ST',
  '2.5.4.9': 'street',
  '2.5.4.10': 'O',
  '2.5.4.11': 'OU',
  '1.2.840.113549.1.9.1': 'emailAddress',
  '0.9.2342.19200300.100.1.25': 'DC',
}

/** The attributes of a name in order. */
export function readName(name: Name): DistinguishedName {
  return [...name].flatMap((part) =>
    [...part].map(({ type, value }) => [attributes[type] ?? type, value.toString()] as const),
  )
}

/** A name, each attribute a part of its own, in UTF-8. */
export function writeName(name: DistinguishedName): Name {
  return new Name(
    name.map(([attribute, value]) => {
      const type = Object.entries(attributes).find(([, short]) => short === attribute)?.[0] ?? attribute
      const written = new AttributeTypeAndValue({ type, value: new AttributeValue({ utf8String: value }) })
      return new RelativeDistinguishedName([written])
    }),
  )
}

/** Whether two names are one. Compared as text: RFC 5280 §7.1 also folds case and blanks, which issuers that copy never need. */
export function sameName(a: DistinguishedName, b: DistinguishedName): boolean {
  return printName(a, '\n') === printName(b, '\n')
}

/** The common name, the last where there are several; undefined without one. */
export function commonName(name: DistinguishedName): string | undefined {
  return name.findLast(([attribute]) => attribute === 'CN')?.[1]
}
