import { useEffect } from 'react'
import { useApp } from './use-app.ts'
import { useMedia } from './use-media.ts'

/** Keeps what the style sheets ask of the document: the theme and whether things may move. */
export function useDocument(): void {
  const theme = useApp((state) => state.theme)
  const motionOff = useApp((state) => state.motionOff)
  const systemIsLight = useMedia('(prefers-color-scheme: light)')
  const shown = theme === 'system' ? (systemIsLight ? 'light' : 'dark') : theme
  useEffect(() => {
    document.documentElement.dataset.theme = shown
    document.documentElement.dataset.motion = motionOff ? 'off' : 'on'
  }, [shown, motionOff])
}
