import type { Snapshot } from '../sim/snapshot.ts'
import type { AppState, Language } from './app-state.ts'
import type { Page } from './page.ts'

type ViewSlice = Pick<
  AppState,
  | 'theme'
  | 'language'
  | 'truthAt'
  | 'truthShown'
  | 'truthClosed'
  | 'dockTab'
  | 'sheetTab'
  | 'dockNode'
  | 'selectedCard'
  | 'ruleToShow'
  | 'boardOpen'
  | 'filesOpen'
  | 'motionOff'
  | 'themeChosen'
  | 'languageChosen'
  | 'dockTabChosen'
  | 'sheetTabChosen'
  | 'dockNodeChosen'
  | 'cardSelected'
  | 'ruleShown'
  | 'boardOpened'
  | 'filesToggled'
  | 'motionToggled'
>

/** How the page looks and what it shows; nothing of what it means. */
export function viewSlice({ set, get }: Page, snapshot: Snapshot, language: Language): ViewSlice {
  return {
    theme: 'system',
    language,
    truthAt: undefined,
    dockTab: 'timeline',
    sheetTab: 'step',
    dockNode: snapshot.nodes[0]?.name ?? '',
    selectedCard: undefined,
    ruleToShow: undefined,
    boardOpen: false,
    filesOpen: false,
    motionOff: false,
    themeChosen: (theme) => set({ theme }),
    languageChosen: (chosen) => set({ language: chosen }),
    truthShown: (truthAt) => set({ truthAt }),
    truthClosed: () => set({ truthAt: undefined }),
    dockTabChosen: (dockTab) => set({ dockTab, ruleToShow: undefined }),
    sheetTabChosen: (sheetTab) => set({ sheetTab }),
    dockNodeChosen: (dockNode) => set({ dockNode, ruleToShow: undefined }),
    cardSelected: (selectedCard) => set({ selectedCard }),
    ruleShown: (ruleToShow, dockNode) =>
      set({ ruleToShow, dockNode, dockTab: 'rules', sheetTab: 'rules', boardOpen: true }),
    boardOpened: () => set({ boardOpen: true }),
    filesToggled: () => set({ filesOpen: !get().filesOpen }),
    motionToggled: () => {
      set({ motionOff: !get().motionOff })
      if (get().motionOff && get().picture === 'trace') get().stepChosen(get().step)
    },
  }
}
