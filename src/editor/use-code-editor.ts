import { useEffect, useState, type RefObject } from 'react'
import { useAppStore } from '../app/use-app.ts'
import { applyOrPatch } from './apply-or-patch.ts'
import type { CodeEditor, Sessions } from './code-editor.ts'

/** One set of sessions a store, so that a pane that was closed and opened again forgets no history. */
const sessionsOf = new WeakMap<object, Sessions>()

/**
 * The editor in `host`, once it has loaded: in an idle moment, or at once when `wanted`. Undefined until then, and where loading
 * failed (the next time it is wanted, it is tried again).
 */
export function useCodeEditor(host: RefObject<HTMLElement | null>, wanted: boolean): CodeEditor | undefined {
  const store = useAppStore()
  const [editor, setEditor] = useState<CodeEditor>()
  const [isIdle, setIsIdle] = useState(false)
  useEffect(() => whenIdle(() => setIsIdle(true)), [])
  const isTime = wanted || isIdle
  useEffect(() => {
    if (!isTime) return
    let made: CodeEditor | undefined
    let isGone = false
    const open = async () => {
      const { createCodeEditor } = await import('./code-editor.ts')
      if (isGone || host.current === null) return
      const sessions = sessionsOf.get(store) ?? new Map()
      sessionsOf.set(store, sessions)
      made = createCodeEditor(host.current, sessions, {
        typed: (file, text) => store.getState().fileTyped(file, text),
        applied: (file) => applyOrPatch(store.getState(), file),
      })
      setEditor(made)
    }
    // Without the chunk (a connection lost while loading) the plain text stays; wanting it tries again.
    open().catch(() => setIsIdle(false))
    return () => {
      isGone = true
      made?.destroy()
      setEditor(undefined)
    }
  }, [isTime, host, store])
  return editor
}

/** Safari has no idle callback. Gives back the way to call it off. */
function whenIdle(run: () => void): () => void {
  if ('requestIdleCallback' in window) {
    const id = window.requestIdleCallback(run, { timeout: 3000 })
    return () => window.cancelIdleCallback(id)
  }
  const id = setTimeout(run, 1200)
  return () => clearTimeout(id)
}
