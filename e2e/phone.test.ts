import type { Page } from '@playwright/test'
import { english, saying } from './english.ts'
import { expect, test } from './podpath-page.ts'

test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true })

test('a request is sent and stepped through with a thumb', async ({ podpath, page }) => {
  await expectNoSidewaysScrolling(page)
  await podpath.sendButton.tap()
  await expect(podpath.inspector).toContainText(/^Step \d+ of/)
  await expectNoSidewaysScrolling(page)
  await expect(podpath.card('Service')).not.toHaveCount(0)

  await sheetTab(page, 'steps').tap()
  await podpath.choose('choose')
  await sheetTab(page, 'step').tap()
  await expect(podpath.evidence('choice')).toBeVisible()
  await podpath.button(english('timeline.forward')).tap()
  await expect(podpath.evidence('endpoint')).toBeVisible()
  await podpath.button(english('timeline.back')).tap()
  await expect(podpath.evidence('choice')).toBeVisible()
  await expectNoSidewaysScrolling(page)
})

test('the sheet shows the step, all steps, the files and the rules', async ({ podpath, page }) => {
  await podpath.sendButton.tap()
  await sheetTab(page, 'files').tap()
  await expect(podpath.editor.tab('nginx-service.yaml')).toBeVisible()
  await expectNoSidewaysScrolling(page)
  await sheetTab(page, 'rules').tap()
  await expect(page.getByRole('region', { name: saying('dock.rules.label') })).toBeVisible()
  await expectNoSidewaysScrolling(page)
  await sheetTab(page, 'steps').tap()
  await expect(podpath.steps).toBeVisible()
  await sheetTab(page, 'step').tap()
  await expect(podpath.inspector).toBeVisible()
})

test('language, theme and help stand behind one button', async ({ page, podpath }) => {
  await podpath.button(english('top.more')).tap()
  await page
    .getByRole('menuitemradio', { name: english('top.theme', { theme: english('theme.dark') }) })
    .tap()
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark')
  await podpath.button(english('top.more')).tap()
  await page.getByRole('menuitem', { name: english('top.help') }).tap()
  await expect(page.getByRole('dialog', { name: english('help.title') })).toBeVisible()
  await page
    .getByRole('dialog')
    .getByRole('button', { name: english('dialog.close') })
    .tap()
  await podpath.button(english('top.more')).tap()
  await page.getByRole('menuitemradio', { name: '中文' }).tap()
  await expect(page.locator('html')).toHaveAttribute('lang', 'zh-CN')
  await expectNoSidewaysScrolling(page)
})

function sheetTab(page: Page, id: 'step' | 'steps' | 'files' | 'rules') {
  return page.getByRole('tab', { name: english(`sheet.tab.${id}`), exact: true })
}

async function expectNoSidewaysScrolling(page: Page): Promise<void> {
  const excess = () =>
    page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
  await expect.poll(excess).toBe(0)
}
