import type { Page } from '@playwright/test'
import { chapter9 } from '../src/scenarios/chapter-9/chapter-9.ts'
import { proxyModes } from '../src/scenarios/proxy-modes/proxy-modes.ts'
import { beginsWith, english } from './english.ts'
import { expect, podpathOn, test } from './podpath-page.ts'

test('the menu opens another scenario with its request ready, and the address says which', async ({
  podpath,
  page,
}) => {
  await choose(page, proxyModes.title.en)
  await expect(podpath.from).toHaveValue('pod/default/client')
  await expect(podpath.url).toHaveValue('ping web')
  await expect(podpath.card('Service web,')).toBeVisible()
  await expect(podpath.card('Service nginx,')).toHaveCount(0)
  await expect(page).toHaveURL(/\?scenario=proxy-modes$/)
  await expect(scenarioMenu(page)).toBeFocused()

  await page.goBack()
  await expect(podpath.card('Service nginx,')).toBeVisible()
  await expect(page).not.toHaveURL(/scenario=/)
  await page.goForward()
  await expect(podpath.card('Service web,')).toBeVisible()
})

test('what was typed in one scenario is found again, after another one and after a reload', async ({
  podpath,
  page,
}) => {
  await podpath.button(english('opening.break')).click()
  await podpath.editor.retype('nginx-deploy.yaml', 'replicas: 5', 'replicas: 2')
  await podpath.editor.retype('nginx-service.yaml', 'app: nginx', 'app: [nginx')
  await choose(page, proxyModes.title.en)
  await podpath.editor.retype('web.yaml', 'replicas: 3', 'replicas: 1')
  await expect(podpath.card('Pod default/web-')).toHaveCount(1)
  await podpath.url.fill('http://web:81/')

  await choose(page, chapter9.title.en)
  await expect(podpath.card('Pod default/nginx-')).toHaveCount(2)
  await expect(podpath.editor.tab('nginx-service.yaml')).toHaveAccessibleName(/1 problem$/)
  await expect(podpath.url).toHaveValue('http://nginx/')

  await page.reload()
  const again = podpathOn(page)
  await expect(again.card('Pod default/nginx-')).toHaveCount(2)
  await expect(again.editor.tab('nginx-service.yaml')).toHaveAccessibleName(/1 problem$/)
  await choose(page, proxyModes.title.en)
  await expect(again.card('Pod default/web-')).toHaveCount(1)
  await expect(again.url).toHaveValue('http://web:81/')
})

test('starting over is for the open scenario alone', async ({ podpath, page }) => {
  await podpath.button(english('opening.break')).click()
  await podpath.editor.retype('nginx-deploy.yaml', 'replicas: 5', 'replicas: 2')
  await choose(page, proxyModes.title.en)
  await podpath.editor.retype('web.yaml', 'replicas: 3', 'replicas: 1')
  await expect(podpath.card('Pod default/web-')).toHaveCount(1)

  await scenarioMenu(page).click()
  await page.getByRole('menuitem', { name: english('top.startOver') }).click()
  await podpath.button(english('top.startOver.yes')).click()
  await expect(podpath.card('Pod default/web-')).toHaveCount(3)
  await choose(page, chapter9.title.en)
  await expect(podpath.card('Pod default/nginx-')).toHaveCount(2)
})

test('an address that names no scenario opens the first and says so', async ({ page, podpath }) => {
  await page.goto('./?scenario=atlantis')
  await expect(podpath.card('Service nginx,')).toBeVisible()
  const notice = page.getByRole('alert').filter({ hasText: 'atlantis' })
  await expect(notice).toContainText(chapter9.title.en)
  await notice.getByRole('button', { name: english('notice.seen') }).click()
  await expect(notice).toHaveCount(0)
})

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true })

  test('another scenario is two taps away', async ({ page, podpath }) => {
    await scenarioMenu(page).tap()
    await page.getByRole('menuitemradio', { name: proxyModes.title.en }).tap()
    await expect(podpath.card('Service web')).toBeVisible()
    await podpath.sendButton.tap()
    await expect(podpath.inspector).toContainText(/^Step \d+ of/)
  })
})

function scenarioMenu(page: Page) {
  return page.getByRole('button', { name: beginsWith(english('top.scenario', { name: '' })) })
}

async function choose(page: Page, title: string): Promise<void> {
  await scenarioMenu(page).click()
  await page.getByRole('menuitemradio', { name: title }).click()
  await expect(scenarioMenu(page)).toHaveAccessibleName(english('top.scenario', { name: title }))
}
