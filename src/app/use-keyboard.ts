import { useEffect } from 'react'
import { bindingOf, type PageDoings } from './key-map.ts'
import { useAppStore } from './use-app.ts'

/** Obeys the key map, wherever the focus is. Escape leaves a field. */
export function useKeyboard(page: PageDoings): void {
  const store = useAppStore()
  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      if (event.key === 'Escape' && event.target instanceof HTMLInputElement) event.target.blur()
      const binding = bindingOf(event)
      if (binding === undefined) return
      event.preventDefault()
      binding.act(store.getState(), page)
    }
    document.addEventListener('keydown', pressed)
    return () => document.removeEventListener('keydown', pressed)
  }, [store, page])
}
