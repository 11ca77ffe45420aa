/** The page as a person finds it: each part by its role and its English name, and the ways of using it. */
import { expect, test as base, type Locator, type Page } from '@playwright/test'
import { editorPart, type EditorPart } from './editor-part.ts'
import { beginsWith, english } from './english.ts'

/** What is asked for; a field that is left out stays as it stands in the bar. */
export interface Asked {
  readonly from?: string
  readonly url?: string
  /** Headers as typed, one a line. */
  readonly headers?: string
}

export interface Podpath {
  readonly page: Page
  readonly from: Locator
  readonly url: Locator
  /** Send, or Again where the cluster has changed since. */
  readonly sendButton: Locator
  readonly stage: Locator
  readonly steps: Locator
  readonly inspector: Locator
  /** The sentence that a screen reader hears for the current step. */
  readonly announced: Locator
  readonly editor: EditorPart
  readonly button: (name: string) => Locator
  /** A card of the stage by the beginning of its name, as in `Service nginx,`. */
  readonly card: (name: string) => Locator
  /** The candidates of a decision, as the inspector lists them. */
  readonly evidence: (title: string) => Locator
  /** Sends, and waits for the steps of the very request. */
  readonly send: (asked?: Asked) => Promise<void>
  /** Chooses a step of the list by its title and waits until it is the current one. */
  readonly choose: (title: string | RegExp) => Promise<void>
}

/** The parts of an opened page. */
export function podpathOn(page: Page): Podpath {
  const button = (name: string) => page.getByRole('button', { name, exact: true })
  const request = page.getByRole('form', { name: english('request.label') })
  const steps = page.getByRole('list', { name: english('inspector.steps'), exact: true })
  const inspector = page.getByRole('region', { name: english('inspector.label') })
  const from = page.getByRole('combobox', { name: english('request.from'), exact: true })
  const url = page.getByRole('combobox', { name: english('request.url') })
  const sendButton = button(english('request.send')).or(button(english('request.again')))
  const stage = page.getByRole('application', { name: beginsWith('The cluster:') })
  return {
    page,
    from,
    url,
    sendButton,
    stage,
    steps,
    inspector,
    announced: page.getByRole('status').filter({ hasText: /^Step \d+ of \d+\./ }),
    editor: editorPart(page),
    button,
    card: (name) => stage.getByRole('article', { name: beginsWith(name) }),
    evidence: (title) => inspector.getByRole('list', { name: title }),
    send: async (asked = {}) => {
      if (asked.from !== undefined) await from.selectOption(asked.from)
      if (asked.url !== undefined) await url.fill(asked.url)
      if (asked.headers !== undefined) {
        await button(english('request.details')).click()
        await request.getByLabel(english('request.headers')).fill(asked.headers)
      }
      await sendButton.click()
      await expect(steps).toBeVisible()
      await expect(button(english('request.send'))).toBeVisible()
    },
    choose: async (title) => {
      const line = steps.getByRole('button', { name: title }).first()
      await line.click()
      await expect(line).toHaveAttribute('aria-current', 'step')
    },
  }
}

/** A test that begins on the first screen, as a new visitor sees it. Any error in the page's console fails it. */
export const test = base.extend<{ readonly podpath: Podpath }>({
  podpath: async ({ page }, give) => {
    const errors: string[] = []
    page.on('pageerror', (error) => errors.push(error.message))
    page.on('console', (message) => {
      if (message.type() === 'error') errors.push(message.text())
    })
    await page.goto('./')
    const podpath = podpathOn(page)
    await expect(podpath.sendButton).toBeVisible()
    await give(podpath)
    expect(errors).toEqual([])
  },
})

export { expect }
