/** Typed texts on their way into the cluster: looked at 250 ms after the last key, applied at once where the file stands applied. */
import { fileOf, marked, without, type Doings } from './doings.ts'
import { keepDraft } from './kept-work.ts'
import type { Page } from './page.ts'
import { isStale } from './picture-age.ts'

export interface Edits {
  readonly typed: (file: string, text: string) => void
  /** Back to the text that the cluster holds. */
  readonly discard: (file: string) => void
  /** Looks at everything typed now; resolves when the cluster has it. */
  readonly settle: () => Promise<void>
  /** Takes up drafts that this browser kept. */
  readonly restore: (drafts: Readonly<Record<string, string>>) => Promise<void>
}

/** How long nothing is typed before a text is looked at. */
const PAUSE_MS = 250

export function createEdits({ storage, get, set }: Page, doings: Doings): Edits {
  const timers = new Map<string, ReturnType<typeof setTimeout>>()
  // What is being looked at; settle() waits for it.
  const underway = new Set<Promise<void>>()

  const stopWaiting = (file: string) => {
    clearTimeout(timers.get(file))
    timers.delete(file)
  }
  const lookAt = (file: string): Promise<void> => {
    stopWaiting(file)
    if (!(file in get().drafts)) return Promise.resolve()
    const stands = fileOf(get().snapshot, file)?.applied === true
    const look = (stands ? doings.apply(file) : doings.check(file)).finally(() => underway.delete(look))
    underway.add(look)
    return look
  }
  const discard = (file: string) => {
    stopWaiting(file)
    keepDraft(storage, file, undefined)
    set({
      drafts: without(get().drafts, [file]),
      problems: without(get().problems, [file]),
      unkept: marked(get().unkept, file, true),
    })
    set({ traceIsStale: isStale(get()) })
    // What the cluster holds may have warnings of its own.
    if (fileOf(get().snapshot, file)?.applied === true) void doings.check(file)
  }

  return {
    discard,
    typed: (file, text) => {
      if (text === fileOf(get().snapshot, file)?.text) return discard(file)
      const kept = keepDraft(storage, file, text)
      set({ drafts: { ...get().drafts, [file]: text }, unkept: marked(get().unkept, file, kept) })
      stopWaiting(file)
      timers.set(
        file,
        setTimeout(() => void lookAt(file), PAUSE_MS),
      )
    },
    settle: async () => {
      for (const file of timers.keys()) void lookAt(file)
      await Promise.all(underway)
    },
    restore: async (drafts) => {
      set({ drafts: { ...drafts, ...get().drafts } })
      doings.clusterIs(get().snapshot)
      await Promise.all(Object.keys(drafts).map(lookAt))
    },
  }
}
