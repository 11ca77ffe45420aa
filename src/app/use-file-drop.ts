import { useEffect } from 'react'
import { useAppStore } from './use-app.ts'

/** Files dropped anywhere on the page go into the paste dialog; while they hover the page says so (`data-dropping`). */
export function useFileDrop(): void {
  const store = useAppStore()
  useEffect(() => {
    const root = document.documentElement
    const hasFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') === true
    const over = (event: DragEvent) => {
      if (!hasFiles(event)) return
      event.preventDefault()
      root.dataset.dropping = 'true'
    }
    const left = (event: DragEvent) => {
      if (event.relatedTarget === null) delete root.dataset.dropping
    }
    const dropped = (event: DragEvent) => {
      delete root.dataset.dropping
      if (!hasFiles(event)) return
      event.preventDefault()
      const files = [...(event.dataTransfer?.files ?? [])]
      void Promise.all(files.map(async (file) => ({ name: file.name, text: await file.text() }))).then(
        (read) => store.getState().filesDropped(read),
      )
    }
    document.addEventListener('dragover', over)
    document.addEventListener('dragleave', left)
    // Before the editor's own handler, which would take the file's text to the cursor.
    document.addEventListener('drop', dropped, { capture: true })
    return () => {
      document.removeEventListener('dragover', over)
      document.removeEventListener('dragleave', left)
      document.removeEventListener('drop', dropped, { capture: true })
      delete root.dataset.dropping
    }
  }, [store])
}
