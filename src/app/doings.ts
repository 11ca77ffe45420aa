/** What a person does to the cluster with a file, and what the page then knows. Everything done is kept for the next reload. */
import type { Acted } from '../lab-worker/lab-client.ts'
import type { ObjectRef } from '../sim/cluster/object-ref.ts'
import type { Diagnostic } from '../sim/manifest/diagnostic.ts'
import type { FileView, Snapshot } from '../sim/snapshot.ts'
import { keepDeeds, keepDraft, readDeeds, withDeed, type CrowdDeed, type Deed } from './kept-work.ts'
import type { Page } from './page.ts'
import { isOfBefore, isStale } from './picture-age.ts'
import { textOf } from './selectors.ts'

export interface Doings {
  /** The cluster after something was done: drafts that it now holds are drafts no longer. */
  readonly clusterIs: (snapshot: Snapshot) => void
  readonly apply: (file: string) => Promise<void>
  /** Says what is wrong with the text, and lets it wait in its tab if nothing is. */
  readonly check: (file: string) => Promise<void>
  readonly patch: (file: string, target: ObjectRef) => Promise<void>
  readonly remove: (file: string) => Promise<void>
  readonly add: (file: string, text: string) => Promise<void>
  /** So many Services besides the cluster's own; what was wrong with that, where nothing changed. */
  readonly crowd: (count: number) => Promise<readonly Diagnostic[]>
  /** Does again what this browser kept, in order. */
  readonly redoAll: () => Promise<void>
}

/** What is done with a file. */
type FileDeed = Exclude<Deed, CrowdDeed>

export function createDoings(page: Page): Doings {
  const { lab, storage, get, set, ask } = page
  // Files that are not the scenario's: they have no first text to go back to.
  const added = new Set(readDeeds(storage).flatMap((deed) => (deed.kind === 'add' ? [deed.file] : [])))

  const clusterIs = (snapshot: Snapshot) => {
    const held = Object.entries(get().drafts).filter(([file, text]) => fileOf(snapshot, file)?.text === text)
    const names = held.map(([file]) => file)
    for (const file of names) keepDraft(storage, file, undefined)
    set({ snapshot, drafts: without(get().drafts, names), problems: without(get().problems, names) })
    set({ traceIsStale: isStale(get()) })
    if (isOfBefore(get())) {
      get().pausePressed()
      set({ picture: 'cluster' })
    }
  }
  const found = (file: string, diagnostics: readonly Diagnostic[]) => {
    set({ problems: { ...get().problems, [file]: diagnostics } })
    set({ traceIsStale: isStale(get()) })
  }
  const did = (acted: Acted, deed: FileDeed) => {
    if (acted.diagnostics.some((diagnostic) => diagnostic.severity === 'error')) {
      found(deed.file, acted.diagnostics)
      return
    }
    const kept = keepDeeds(storage, withDeed(readDeeds(storage), deed))
    if (deed.kind !== 'add') set({ applyNote: { file: deed.file, changed: acted.changed } })
    set({ unkept: marked(get().unkept, deed.file, kept) })
    clusterIs(acted.snapshot)
    found(deed.file, acted.diagnostics)
  }
  const carryOut = async (deed: FileDeed) => {
    const acted = await ask(redo(page, deed))
    if (acted !== undefined) did(acted, deed)
  }
  const add = async (file: string, text: string) => {
    added.add(file)
    const acted = await ask(lab.addFile(file, text))
    if (acted === undefined) return
    const { traceIsStale, picture } = get()
    // A file that waits changes the lab and not the cluster: a trace that stands is still of now.
    if (!traceIsStale) set({ tracedRevision: acted.snapshot.revision })
    did({ ...acted, diagnostics: [] }, { kind: 'add', file, text })
    set({ picture })
  }

  return {
    clusterIs,
    add,
    apply: (file) => carryOut({ kind: 'apply', file, text: textOf(get(), file) }),
    patch: (file, target) => carryOut({ kind: 'patch', file, text: textOf(get(), file), target }),
    remove: (file) => carryOut({ kind: 'delete', file }),
    crowd: async (count) => {
      const deed: Deed = { kind: 'crowd', count }
      const acted = await ask(redo(page, deed))
      if (acted === undefined) return []
      const failed = acted.diagnostics.some(({ severity }) => severity === 'error')
      if (failed) return acted.diagnostics
      keepDeeds(storage, withDeed(readDeeds(storage), deed))
      clusterIs(acted.snapshot)
      return []
    },
    check: async (file) => {
      const text = textOf(get(), file)
      const diagnostics = await ask(lab.check(file, text))
      if (diagnostics === undefined || text !== textOf(get(), file)) return
      found(file, diagnostics)
      // What is sound in a file of one's own stands in its tab as it is, and in the terminal's /opt.
      if (added.has(file) && file in get().drafts && diagnostics.length === 0) await add(file, text)
    },
    redoAll: async () => {
      for (const deed of readDeeds(storage)) {
        const acted = await ask(redo(page, deed))
        if (acted === undefined) continue
        clusterIs(acted.snapshot)
        if (deed.kind !== 'crowd') found(deed.file, acted.diagnostics)
      }
    },
  }
}

/** The file of that name, where there is one. */
export function fileOf(snapshot: Snapshot, name: string): FileView | undefined {
  return snapshot.files.find((file) => file.name === name)
}

/** The entries but those named. */
export function without<T>(
  entries: Readonly<Record<string, T>>,
  names: readonly string[],
): Readonly<Record<string, T>> {
  return Object.fromEntries(Object.entries(entries).filter(([name]) => !names.includes(name)))
}

/** The files that are not kept, with `file` in or out of the list. */
export function marked(unkept: readonly string[], file: string, kept: boolean): readonly string[] {
  const others = unkept.filter((name) => name !== file)
  return kept ? others : [...others, file]
}

function redo({ lab }: Page, deed: Deed): Promise<Acted> {
  switch (deed.kind) {
    case 'add':
      return lab.addFile(deed.file, deed.text)
    case 'apply':
      return lab.apply(deed.file, deed.text, { prune: true })
    case 'delete':
      return lab.removeFile(deed.file)
    case 'patch':
      return lab.patch(deed.file, deed.text, deed.target)
    case 'crowd':
      return lab.crowd(deed.count)
  }
}
