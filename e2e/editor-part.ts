/** The editor as a person uses it. */
import { expect, type Locator, type Page } from '@playwright/test'
import { beginsWith, english } from './english.ts'

export interface EditorPart {
  readonly tab: (file: string) => Locator
  readonly text: (file: string) => Locator
  readonly apply: Locator
  /** What the note under the editor says. */
  readonly note: Locator
  readonly open: (file: string) => Promise<void>
  /** Puts the caret at the end of a line and types over all of it but its indentation. */
  readonly retype: (file: string, line: string, by: string) => Promise<void>
  /** Selects all of the file's text and pastes another over it. */
  readonly pasteOver: (file: string, text: string) => Promise<void>
}

export function editorPart(page: Page): EditorPart {
  const pane = page.getByRole('region', { name: english('editor.label'), exact: true })
  const tab = (file: string) => page.getByRole('tab', { name: beginsWith(`${file},`) })
  const text = (file: string) => page.getByRole('textbox', { name: english('editor.text', { file }) })
  const open = async (file: string) => {
    await tab(file).click()
    // Wanting to edit brings the editor where it has not loaded yet.
    await page.getByLabel(english('editor.text', { file })).locator('visible=true').focus()
    await expect(text(file)).toBeFocused()
  }
  return {
    tab,
    text,
    apply: page.getByRole('button', { name: english('editor.apply'), exact: true }),
    note: pane.getByRole('status'),
    open,
    retype: async (file, line, by) => {
      await open(file)
      await text(file).getByText(line, { exact: true }).click()
      await page.keyboard.press('End')
      await page.keyboard.press('Shift+Home')
      await page.keyboard.insertText(by)
    },
    pasteOver: async (file, pasted) => {
      await open(file)
      await page.keyboard.press('ControlOrMeta+a')
      await paste(text(file), pasted)
    },
  }
}

/** As the clipboard would give it: one event, however long the text. */
async function paste(target: Locator, pasted: string): Promise<void> {
  await target.evaluate((element, text) => {
    const clipboardData = new DataTransfer()
    clipboardData.setData('text/plain', text)
    element.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }))
  }, pasted)
}
