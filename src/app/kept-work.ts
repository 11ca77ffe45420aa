/**
 * What a person did to the cluster's files, kept so that a reload finds it again: texts typed and not applied, and the deeds that
 * brought the cluster from the scenario to where it stands. In this browser only.
 */
import type { ObjectRef } from '../sim/cluster/object-ref.ts'
import type { KeptStorage } from './kept-storage.ts'

/** One thing done, in the order done. `text` is what stood in the file then. */
export type Deed =
  | { readonly kind: 'add'; readonly file: string; readonly text: string }
  | { readonly kind: 'apply'; readonly file: string; readonly text: string }
  | { readonly kind: 'delete'; readonly file: string }
  | { readonly kind: 'patch'; readonly file: string; readonly text: string; readonly target: ObjectRef }
  | CrowdDeed

/** So many Services were to stand in the cluster besides its own. */
export interface CrowdDeed {
  readonly kind: 'crowd'
  readonly count: number
}

const PREFIX = 'podpath.'
const DEEDS = 'podpath.deeds'
const DRAFT = 'podpath.draft/'

/**
 * The storage as one scenario's work sees it: every key of the page is the scenario's own. `isFirst`: the scenario that opens when
 * none is named has the bare keys, under which everything was kept before there was a choice.
 */
export function storageOf(storage: KeptStorage, scenario: string, isFirst: boolean): KeptStorage {
  if (isFirst) return storage
  const own = `${PREFIX}in/${scenario}/`
  const inside = (key: string) => own + key.slice(PREFIX.length)
  return {
    read: (key) => storage.read(inside(key)),
    write: (key, text) => storage.write(inside(key), text),
    remove: (key) => storage.remove(inside(key)),
    keys: (prefix) => storage.keys(inside(prefix)).map((key) => PREFIX + key.slice(own.length)),
  }
}

/** The deeds kept, in order. Texts of an unknown shape are passed over. */
export function readDeeds(storage: KeptStorage): readonly Deed[] {
  try {
    const kept: unknown = JSON.parse(storage.read(DEEDS) ?? '[]')
    return Array.isArray(kept) ? kept.filter(isDeed) : []
  } catch {
    return [] // somebody else's text under our key
  }
}

/** Keeps the deeds; says whether they really are kept. */
export function keepDeeds(storage: KeptStorage, deeds: readonly Deed[]): boolean {
  return storage.write(DEEDS, JSON.stringify(deeds))
}

/**
 * The list with one deed more. Typing applies a file again and again: since the last patch or delete only the last text of each file
 * counts, and of crowds the last alone.
 */
export function withDeed(deeds: readonly Deed[], deed: Deed): readonly Deed[] {
  if (deed.kind === 'crowd') return [...deeds.filter(({ kind }) => kind !== 'crowd'), deed]
  if (!isText(deed)) return [...deeds, deed]
  const run = deeds.findLastIndex((earlier) => !isText(earlier)) + 1
  const same = deeds.findIndex(
    (earlier, index) =>
      index >= run && isText(earlier) && earlier.kind === deed.kind && earlier.file === deed.file,
  )
  return same === -1 ? [...deeds, deed] : deeds.with(same, deed)
}

/** The texts typed and not applied, by file. */
export function readDrafts(storage: KeptStorage): Readonly<Record<string, string>> {
  const entries = storage
    .keys(DRAFT)
    .map((key) => [key.slice(DRAFT.length), storage.read(key) ?? ''] as const)
  return Object.fromEntries(entries)
}

/** Keeps one draft, or forgets it; says whether a text given is really kept. One key a file: a text too large fails alone. */
export function keepDraft(storage: KeptStorage, file: string, text: string | undefined): boolean {
  if (text !== undefined) return storage.write(DRAFT + file, text)
  storage.remove(DRAFT + file)
  return true
}

/** Forgets all of it. */
export function forgetWork(storage: KeptStorage): void {
  for (const key of [...storage.keys(DRAFT), DEEDS]) storage.remove(key)
}

function isText(deed: Deed): deed is Extract<Deed, { kind: 'add' | 'apply' }> {
  return deed.kind === 'add' || deed.kind === 'apply'
}

function isDeed(value: unknown): value is Deed {
  if (typeof value !== 'object' || value === null || !('kind' in value)) return false
  if (value.kind === 'crowd') return 'count' in value && Number.isSafeInteger(value.count)
  if (!('file' in value) || typeof value.file !== 'string') return false
  if (value.kind === 'delete') return true
  if (!('text' in value) || typeof value.text !== 'string') return false
  if (value.kind === 'patch') return 'target' in value && isRef(value.target)
  return value.kind === 'add' || value.kind === 'apply'
}

function isRef(value: unknown): value is ObjectRef {
  if (typeof value !== 'object' || value === null) return false
  return ['kind', 'namespace', 'name'].every((field) => typeof Reflect.get(value, field) === 'string')
}
