/** When the tokens change: another theme, or the fonts have come. */
import { useEffect } from 'react'

/** Calls back after the theme has changed and after fonts have loaded. The callback must be stable. */
export function useThemeChange(changed: () => void): void {
  useEffect(() => {
    const observer = new MutationObserver(changed)
    observer.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme', 'lang'] })
    document.fonts.addEventListener('loadingdone', changed)
    return () => {
      observer.disconnect()
      document.fonts.removeEventListener('loadingdone', changed)
    }
  }, [changed])
}
