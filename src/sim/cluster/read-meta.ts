/** Metadata of any object, and small pieces that several kinds share. */
import { parseIp } from '../network/address.ts'
import type { IpAddress } from '../network/address.ts'
import { textMapAt } from '../manifest/json-fields.ts'
import type { ApiObject, Meta, Namespace, Protocol } from './objects.ts'
import { remembered } from './remembered.ts'

/** What every kind has. */
export function readMeta(object: ApiObject): Meta {
  return {
    ref: object.ref,
    labels: textMapAt(object.body, 'metadata', 'labels'),
    annotations: textMapAt(object.body, 'metadata', 'annotations'),
    createdAtMs: object.createdAtMs,
    ...(object.owner === undefined ? {} : { owner: object.owner }),
  }
}

/** A Namespace is its metadata. */
export const readNamespace: (object: ApiObject) => Namespace = remembered(readMeta)

/** TCP where nothing, or nothing known, is said. */
export function readProtocol(text: string | undefined): Protocol {
  return text === 'UDP' || text === 'SCTP' ? text : 'TCP'
}

/** The addresses among some texts; what is none is left out. */
export function readAddresses(texts: readonly string[]): readonly IpAddress[] {
  return texts.flatMap((text) => parseIp(text) ?? [])
}
