import type { Page } from '@playwright/test'
import { catalogue as english } from '../src/i18n/en/catalogue.ts'
import { catalogue as chinese } from '../src/i18n/zh-CN/catalogue.ts'
import { expect, test } from './podpath-page.ts'

/**
 * What of the English texts would betray one that was not translated: their pieces between the values, of two words at least. A piece
 * that stands in a Chinese text too is meant to be English there, as `kubectl delete -f` is.
 */
const chineseTexts = Object.values(chinese).join('\n')
const pieces = Object.values(english)
  .flatMap((text) => text.split(/[{}#]/))
  .map((piece) => piece.trim())
  .filter((piece) => /\p{L}{2,} \p{L}{2,}/u.test(piece) && !chineseTexts.includes(piece))
/** Texts of a single word, where they are the whole of what an element says. */
const words = Object.entries(english)
  .filter(([id, text]) => /^\p{L}{3,}$/u.test(text) && chinese[id] !== text && !chineseTexts.includes(text))
  .map(([, text]) => text)

test.use({ locale: 'zh-CN' })

test('a Chinese browser finds the page in Chinese, every step of it', async ({ page }) => {
  await page.goto('./')
  await expect(page.locator('html')).toHaveAttribute('lang', 'zh-CN')
  await expectChinese(page)
  await page.getByRole('button', { name: say('request.details') }).click()
  await expectChinese(page)
  await page.getByRole('button', { name: say('request.send'), exact: true }).click()
  const steps = page.getByRole('list', { name: say('inspector.steps') }).getByRole('button')
  await expect(steps.first()).toBeVisible()
  for (let step = 0; step < (await steps.count()); step += 1) {
    await steps.nth(step).click()
    await expect(steps.nth(step)).toHaveAttribute('aria-current', 'step')
    await expectChinese(page)
  }
  for (const tab of ['dock.tab.rules', 'dock.tab.conntrack'] as const) {
    await page.getByRole('tab', { name: say(tab) }).click()
    await expectChinese(page)
  }
  await page.keyboard.press('?')
  await expect(page.getByRole('dialog')).toBeVisible()
  await expectChinese(page)
})

test('a request that fails says so in Chinese', async ({ page }) => {
  await page.goto('./')
  await page.getByRole('combobox', { name: say('request.url') }).fill('ping nginx')
  await page.getByRole('button', { name: say('request.send'), exact: true }).click()
  const steps = page.getByRole('list', { name: say('inspector.steps') }).getByRole('button')
  await steps.last().click()
  await expect(steps.last()).toHaveAttribute('aria-current', 'step')
  await expectChinese(page)
  await page.getByRole('combobox', { name: say('request.url') }).fill('gopher://nginx/')
  await page.getByRole('button', { name: say('request.send'), exact: true }).click()
  await expect(page.getByRole('alert').filter({ hasText: 'gopher://' })).toBeVisible()
  await expectChinese(page)
})

test('the language is chosen on the page, and kept', async ({ page }) => {
  await page.goto('./')
  await page.getByRole('radio', { name: 'English' }).check()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(english['opening.question'])
  await page.reload()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(english['opening.question'])
})

function say(id: keyof typeof english): string {
  return chinese[id] ?? id
}

async function expectChinese(page: Page): Promise<void> {
  const said = await page.evaluate(textsOfThePage)
  const untranslated = said.filter(
    (text) => words.includes(text) || pieces.some((piece) => text.includes(piece)),
  )
  // Softly: one run names them all.
  expect.soft(untranslated).toEqual([])
}

/** All that is read or heard, but for the files' and rules' own text and the answer's body. Runs in the page. */
function textsOfThePage(): readonly string[] {
  const own = '[role=textbox], pre, code, script, style'
  const said: string[] = []
  for (const element of document.body.querySelectorAll('*')) {
    if (element.closest(own) !== null) continue
    for (const name of ['aria-label', 'title', 'placeholder', 'aria-valuetext', 'aria-description'])
      said.push(element.getAttribute(name) ?? '')
    for (const node of element.childNodes)
      if (node.nodeType === Node.TEXT_NODE) said.push(node.textContent ?? '')
  }
  return said.map((text) => text.trim()).filter((text) => text !== '')
}
