/** How a component reads the store. The selector stands at module level and gives a primitive or a stored reference. */
import { createContext, useContext } from 'react'
import { useStore, type StoreApi } from 'zustand'
import type { AppState } from './app-state.ts'

/** The page's one store. */
export const AppStore = createContext<StoreApi<AppState> | undefined>(undefined)

/** The store itself, for code that reads it outside rendering. */
export function useAppStore(): StoreApi<AppState> {
  const store = useContext(AppStore)
  if (store === undefined) throw new Error('no AppStore above this component')
  return store
}

/** One value of the state; renders again only when that value changes. */
export function useApp<T>(selector: (state: AppState) => T): T {
  return useStore(useAppStore(), selector)
}
