import { useMedia } from './use-media.ts'

/** `wide`: three columns. `rail`: the files behind a button. `sheet`: all but the stage in one sheet. */
export type Layout = 'wide' | 'rail' | 'sheet'

/** The layout that the window has room for, live. */
export function useLayout(): Layout {
  const isWide = useMedia('(min-width: 1200px)')
  const hasColumns = useMedia('(min-width: 900px)')
  return isWide ? 'wide' : hasColumns ? 'rail' : 'sheet'
}
