/** What the API server gives every new object: a uid, a time, a random end for its name. */
import type { Millis } from '../clock.ts'
import { drawBelow, drawText, openStream } from '../draw.ts'
import type { Draw } from '../draw.ts'
import { objectKey } from './object-ref.ts'
import type { ObjectRef } from './object-ref.ts'

/** The characters of generated names: no vowels, no 0, 1 or 3 (k8s.io/apimachinery pkg/util/rand). */
const NAME_ALPHABET = 'bcdfghjklmnpqrstvwxz2456789'

/** A uid in the form of RFC 4122 version 4. An object that is made anew later has another one. */
export function uidOf(at: { readonly seed: number; readonly nowMs: Millis }, ref: ObjectRef): string {
  const draw = openStream(at.seed, `uid/${objectKey(ref)}/${at.nowMs}`)
  const hex = (length: number) => drawText(draw, '0123456789abcdef', length)
  return `${hex(8)}-${hex(4)}-4${hex(3)}-${'89ab'.charAt(drawBelow(draw, 4))}${hex(3)}-${hex(12)}`
}

/** A time as the API server writes it: UTC, whole seconds. */
export function timestamp(ms: Millis): string {
  return new Date(Math.floor(ms / 1000) * 1000).toISOString().replace('.000Z', 'Z')
}

/** The first name of `PREFIX` and five characters that is not in use. */
export function generateName(prefix: string, draw: Draw, isUsed: (name: string) => boolean): string {
  let name = prefix + drawText(draw, NAME_ALPHABET, 5)
  while (isUsed(name)) name = prefix + drawText(draw, NAME_ALPHABET, 5)
  return name
}

/**
 * The hash that names a ReplicaSet after its template: 32-bit FNV-1a, its decimal digits written in the safe alphabet
 * (pkg/controller/controller_utils.go ComputeHash; SafeEncodeString). The controller hashes Go's dump of the template, this the
 * template's JSON with sorted keys: as stable, but not the number that a real cluster has.
 */
export function templateHash(template: unknown): string {
  const digits = String(fnv1a(sortedJson(template)))
  return digits.replaceAll(/\d/g, (digit) => NAME_ALPHABET.charAt(digit.charCodeAt(0) % NAME_ALPHABET.length))
}

/** Compact JSON with the keys of every object in order, as Go's encoder writes maps. */
export function sortedJson(value: unknown): string {
  return JSON.stringify(value, (_, item: unknown) =>
    typeof item === 'object' && item !== null && !Array.isArray(item)
      ? Object.fromEntries(Object.entries(item).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : item,
  )
}

function fnv1a(text: string): number {
  let hash = 0x811c9dc5
  for (let index = 0; index < text.length; index++)
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193)
  return hash >>> 0
}
