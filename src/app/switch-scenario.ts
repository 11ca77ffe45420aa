/**
 * Goes from scenario to scenario. One that was opened stays open behind the others, with its worker, its trace and what was typed:
 * coming back finds it as it was left, even where the browser keeps nothing.
 */
import type { StoreApi } from 'zustand'
import type { AppState } from './app-state.ts'
import { choicesOf } from './kept-choices.ts'
import type { Scenarios } from './scenarios-door.ts'

interface Opened {
  readonly store: StoreApi<AppState>
  readonly close: () => void
}

interface SwitchParts<Page extends Opened> {
  readonly cards: Scenarios['cards']
  /** Rejects where the scenario cannot be opened. */
  readonly open: (id: string, scenarios: Scenarios) => Promise<Page>
  readonly draw: (page: Page) => void
  /** A person chose this one, and it stands. */
  readonly chosen: (id: string) => void
}

export interface Switch<Page extends Opened> {
  /** Opens it behind the one in sight. Rejects where it cannot be opened. */
  readonly prepare: (id: string) => Promise<Page>
  /** Brings it in sight; of two asked for at once the later one. */
  readonly show: (id: string) => Promise<void>
  readonly shown: () => Page | undefined
}

export function createSwitch<Page extends Opened>(parts: SwitchParts<Page>): Switch<Page> {
  const opened = new Map<string, Promise<Page>>()
  let inSight: Page | undefined
  let latest = 0

  const prepare = (id: string): Promise<Page> => {
    const known = opened.get(id)
    if (known !== undefined) return known
    const opening = parts.open(id, scenarios)
    opened.set(id, opening)
    // What could not be opened is tried again when it is asked for again.
    opening.catch(() => opened.delete(id))
    return opening
  }
  const show = async (id: string) => {
    const mine = ++latest
    const page = await prepare(id)
    if (mine !== latest || page === inSight) return
    // Theme, language and speed are the person's, not the scenario's.
    if (inSight !== undefined) page.store.setState(choicesOf(inSight.store.getState()))
    inSight?.store.getState().pausePressed()
    inSight = page
    parts.draw(page)
  }
  const scenarios: Scenarios = {
    cards: parts.cards,
    open: async (id) => {
      await show(id)
      if (inSight?.store.getState().snapshot.scenario === id) parts.chosen(id)
    },
    openAnew: async () => {
      const old = inSight
      const id = old?.store.getState().snapshot.scenario
      if (old === undefined || id === undefined) return
      opened.delete(id)
      await show(id)
      old.close()
      parts.chosen(id)
    },
  }
  return { prepare, show, shown: () => inSight }
}
