/** The page as a person finds it: each part by its role and its English name, and the ways of using it. */
import { expect, test as base, type Locator, type Page } from '@playwright/test'
import type { TextId } from '../src/i18n/en/catalogue.ts'
import type { EvidenceName, HopName } from '../src/sim/phrase-ids.ts'
import { editorPart, type EditorPart } from './editor-part.ts'
import { beginsWith, english, saying, type Values } from './english.ts'

/** What is asked for; a field that is left out stays as it stands in the bar. */
interface Asked {
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
  readonly editor: EditorPart
  readonly button: (name: string) => Locator
  /** A card of the stage by the beginning of its name, as in `Service nginx,`. */
  readonly card: (name: string) => Locator
  /** The candidates of a decision, as the inspector lists them. */
  readonly evidence: (name: EvidenceName, values?: Values) => Locator
  /** The first step of this kind in the list; values as for {@link saying}. */
  readonly step: (hop: HopName, values?: Values) => Locator
  /** Sends, and waits until the inspector shows a step. */
  readonly send: (asked?: Asked) => Promise<void>
  /** Chooses the first step of this kind in the list. */
  readonly choose: (hop: HopName, values?: Values) => Promise<void>
  /** Expects this text in what a screen reader hears for the current step. */
  readonly hear: (id: TextId, values?: Values) => Promise<void>
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
  const step = (hop: HopName, values?: Values) =>
    steps.getByRole('button', { name: saying(`hop.${hop}.title`, values) }).first()
  return {
    page,
    from,
    url,
    sendButton,
    stage,
    steps,
    inspector,
    editor: editorPart(page),
    button,
    card: (name) => stage.getByRole('article', { name: beginsWith(name) }),
    evidence: (name, values) => inspector.getByRole('list', { name: saying(`evidence.${name}`, values) }),
    step,
    send: async (asked = {}) => {
      if (asked.from !== undefined) await from.selectOption(asked.from)
      if (asked.url !== undefined) await url.fill(asked.url)
      if (asked.headers !== undefined) {
        await button(english('request.details')).click()
        await request.getByLabel(english('request.headers')).fill(asked.headers)
      }
      await sendButton.click()
      await expect(inspector).toContainText(/Step \d+ of \d+/)
    },
    choose: async (hop, values) => {
      // While it plays the list rolls along, maybe from under the pointer; a click anywhere in it ends that.
      await expect(async () => {
        await step(hop, values).click()
        await expect(step(hop, values)).toHaveAttribute('aria-current', 'step', { timeout: 1000 })
      }).toPass()
    },
    hear: async (id, values) => {
      // Without its anchor: the step's number stands before it, and the verdict after it.
      const pattern = new RegExp(saying(id, values).source.slice(1))
      await expect(page.getByRole('status').filter({ hasText: saying('step.announced') })).toHaveText(pattern)
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
