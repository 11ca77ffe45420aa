import { useMedia } from './use-media.ts'

/**
 * `wide`: three columns. `rail`: the files behind a button. `railed-sheet`: the steps in a sheet too. `sheet`: all but the stage in one
 * sheet.
 */
export type Layout = 'wide' | 'rail' | 'railed-sheet' | 'sheet'

/** The layout that the window has room for, live. */
export function useLayout(): Layout {
  const isWide = useMedia('(min-width: 1200px)')
  const hasColumns = useMedia('(min-width: 900px)')
  const hasRail = useMedia('(min-width: 600px)')
  if (isWide) return 'wide'
  if (hasColumns) return 'rail'
  return hasRail ? 'railed-sheet' : 'sheet'
}
