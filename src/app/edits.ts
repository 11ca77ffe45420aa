/** Typed texts on their way into the cluster: looked at 250 ms after the last key, applied at once where the file stands applied. */
import type { Acted } from '../lab-worker/lab-client.ts'
import type { ObjectRef } from '../sim/cluster/object-ref.ts'
import type { Diagnostic } from '../sim/manifest/diagnostic.ts'
import type { FileView, Snapshot } from '../sim/snapshot.ts'
import { keepDeeds, keepDraft, readDeeds, withDeed, type Deed } from './kept-work.ts'
import type { Page } from './page.ts'
import { isStale } from './picture-age.ts'
import { textOf } from './selectors.ts'

export interface Edits {
  readonly typed: (file: string, text: string) => void
  readonly apply: (file: string) => Promise<void>
  readonly patch: (file: string, target: ObjectRef) => Promise<void>
  readonly remove: (file: string) => Promise<void>
  readonly add: (file: string) => Promise<void>
  readonly discard: (file: string) => void
  /** Looks at everything typed now; resolves when the cluster has it. */
  readonly settle: () => Promise<void>
  readonly clusterIs: (snapshot: Snapshot) => void
  /** Does again what this browser kept: the deeds in order, then the drafts. */
  readonly restore: (drafts: Readonly<Record<string, string>>) => Promise<void>
}

/** How long nothing is typed before a text is looked at. */
const PAUSE_MS = 250

export function createEdits(page: Page): Edits {
  const { lab, storage, get, set, ask } = page
  const timers = new Map<string, ReturnType<typeof setTimeout>>()
  // What is being looked at; settle() waits for it.
  const underway = new Set<Promise<void>>()
  // Files that are not the scenario's: they have no first text to go back to.
  const added = new Set(readDeeds(storage).flatMap((deed) => (deed.kind === 'add' ? [deed.file] : [])))

  const clusterIs = (snapshot: Snapshot) => {
    const drafts = Object.fromEntries(
      Object.entries(get().drafts).filter(([file, text]) => fileOf(snapshot, file)?.text !== text),
    )
    const gone = Object.keys(get().drafts).filter((file) => !(file in drafts))
    for (const file of gone) keepDraft(storage, file, undefined)
    const problems = without(get().problems, gone)
    set({ snapshot, drafts, problems })
    set({ traceIsStale: isStale(get()) })
  }
  const found = (file: string, diagnostics: readonly Diagnostic[]) => {
    set({ problems: { ...get().problems, [file]: diagnostics } })
    set({ traceIsStale: isStale(get()) })
  }
  const did = (acted: Acted, deed: Deed) => {
    if (acted.diagnostics.some((diagnostic) => diagnostic.severity === 'error')) {
      found(deed.file, acted.diagnostics)
      return
    }
    const kept = keepDeeds(storage, withDeed(readDeeds(storage), deed))
    set({
      applyNote: { file: deed.file, changed: acted.changed },
      unkept: marked(get().unkept, deed.file, kept),
    })
    clusterIs(acted.snapshot)
    if (acted.diagnostics.length > 0 && deed.file in get().drafts) found(deed.file, acted.diagnostics)
  }
  const apply = async (file: string) => {
    const text = textOf(get(), file)
    const acted = await ask(lab.apply(file, text, { prune: true }))
    if (acted !== undefined) did(acted, { kind: 'apply', file, text })
  }
  const add = async (file: string, text: string) => {
    added.add(file)
    const acted = await ask(lab.addFile(file, text))
    if (acted === undefined) return
    // A file that waits changes the lab and not the cluster: a trace that stands is still of now.
    if (!get().traceIsStale) set({ tracedRevision: acted.snapshot.revision })
    did({ ...acted, diagnostics: [] }, { kind: 'add', file, text })
  }
  const check = async (file: string) => {
    const text = textOf(get(), file)
    const diagnostics = await ask(lab.check(file, text))
    if (diagnostics === undefined || text !== get().drafts[file]) return
    found(file, diagnostics)
    // What is sound in a file of one's own stands in its tab as it is, and in the terminal's /opt.
    if (added.has(file) && diagnostics.length === 0) await add(file, text)
  }
  const lookAt = (file: string): Promise<void> => {
    clearTimeout(timers.get(file))
    timers.delete(file)
    if (!(file in get().drafts)) return Promise.resolve()
    const look = (fileOf(get().snapshot, file)?.applied === true ? apply(file) : check(file)).finally(() =>
      underway.delete(look),
    )
    underway.add(look)
    return look
  }
  const discard = (file: string) => {
    clearTimeout(timers.get(file))
    timers.delete(file)
    keepDraft(storage, file, undefined)
    set({
      drafts: without(get().drafts, [file]),
      problems: without(get().problems, [file]),
      unkept: marked(get().unkept, file, true),
    })
    set({ traceIsStale: isStale(get()) })
  }

  return {
    clusterIs,
    apply,
    discard,
    typed: (file, text) => {
      if (text === fileOf(get().snapshot, file)?.text) return discard(file)
      const kept = keepDraft(storage, file, text)
      set({ drafts: { ...get().drafts, [file]: text }, unkept: marked(get().unkept, file, kept) })
      clearTimeout(timers.get(file))
      timers.set(
        file,
        setTimeout(() => void lookAt(file), PAUSE_MS),
      )
    },
    patch: async (file, target) => {
      const text = textOf(get(), file)
      const acted = await ask(lab.patch(file, text, target))
      if (acted !== undefined) did(acted, { kind: 'patch', file, text, target })
    },
    remove: async (file) => {
      const acted = await ask(lab.removeFile(file))
      if (acted !== undefined) did(acted, { kind: 'delete', file })
    },
    add: (file) => add(file, ''),
    settle: async () => {
      for (const file of timers.keys()) void lookAt(file)
      await Promise.all(underway)
    },
    restore: async (drafts) => {
      for (const deed of readDeeds(storage)) {
        const acted = await ask(redo(page, deed))
        if (acted !== undefined) clusterIs(acted.snapshot)
      }
      set({ drafts: { ...drafts, ...get().drafts } })
      clusterIs(get().snapshot)
      await Promise.all(Object.keys(drafts).map(lookAt))
    },
  }
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
  }
}

function fileOf(snapshot: Snapshot, name: string): FileView | undefined {
  return snapshot.files.find((file) => file.name === name)
}

function without<T>(
  entries: Readonly<Record<string, T>>,
  names: readonly string[],
): Readonly<Record<string, T>> {
  return Object.fromEntries(Object.entries(entries).filter(([name]) => !names.includes(name)))
}

function marked(unkept: readonly string[], file: string, kept: boolean): readonly string[] {
  const others = unkept.filter((name) => name !== file)
  return kept ? others : [...others, file]
}
