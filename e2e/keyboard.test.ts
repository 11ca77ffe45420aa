import type { Locator, Page } from '@playwright/test'
import { english } from './english.ts'
import { expect, test } from './podpath-page.ts'

test('a request is sent, played, stepped and scrubbed without a mouse', async ({ podpath, page }) => {
  await page.keyboard.press('/')
  await expect(podpath.url).toBeFocused()
  await page.keyboard.insertText('http://nginx/')
  await page.keyboard.press('Enter')
  await expect(podpath.button(english('timeline.pause'))).toBeVisible()
  await page.keyboard.press('Escape')
  await page.keyboard.press('Space')
  await expect(podpath.button(english('timeline.play'))).toBeVisible()
  await page.keyboard.press('Space')
  await expect(podpath.button(english('timeline.pause'))).toBeVisible()

  await page.keyboard.press('End')
  await expect(podpath.inspector).toContainText(/^Step (\d+) of \1 /)
  await page.keyboard.press('Home')
  await expect(podpath.inspector).toContainText(/^Step 1 of /)
  await page.keyboard.press('ArrowRight')
  await expect(podpath.inspector).toContainText(/^Step 2 of /)
  await page.keyboard.press('ArrowLeft')
  await expect(podpath.inspector).toContainText(/^Step 1 of /)

  const playhead = page.getByRole('slider', { name: english('timeline.playhead') })
  await tabTo(page, playhead)
  await page.keyboard.press('ArrowRight')
  await expect(podpath.inspector).toContainText(/^Step 2 of /)
  await page.keyboard.press('End')
  await expect(podpath.inspector).toContainText(/^Step (\d+) of \1 /)
})

test('a step is chosen in the list, and its rule shown, without a mouse', async ({ podpath, page }) => {
  await page.keyboard.press('/')
  await page.keyboard.press('Enter')
  await expect(podpath.steps).toBeVisible()
  await page.keyboard.press('Escape')
  await page.keyboard.press('Home')
  await tabTo(page, podpath.steps.getByRole('button').first())
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowDown')
  const third = podpath.steps.getByRole('button').nth(2)
  await expect(third).toBeFocused()
  await expect(third).toHaveAttribute('aria-current', 'step')
  await page.keyboard.press('g')
  await expect(page.getByRole('tab', { name: english('dock.tab.rules') })).toHaveAttribute(
    'aria-selected',
    'true',
  )
  await expect(page.getByText(english('dock.rules.mark.won')).first()).toBeAttached()
})

test('a file is opened, edited and applied without a mouse', async ({ podpath, page }) => {
  const { editor } = podpath
  await tabTo(page, podpath.button(english('opening.break')))
  await page.keyboard.press('Enter')
  await tabTo(page, editor.tab('nginx-service.yaml'))
  for (const file of ['pod.yaml', 'nginx-nodeport.yaml', 'nginx-ingress.yaml']) {
    await page.keyboard.press('ArrowRight')
    await expect(editor.tab(file)).toBeFocused()
  }
  await tabTo(page, editor.text('nginx-ingress.yaml'))
  await page.keyboard.press('ControlOrMeta+End')
  await page.keyboard.type('# by keyboard')
  await expect(editor.text('nginx-ingress.yaml')).toContainText('# by keyboard')
  await page.keyboard.press('Tab')
  await expect(editor.text('nginx-ingress.yaml')).not.toBeFocused()
  await page.keyboard.press('Shift+Tab')
  await page.keyboard.press('ControlOrMeta+Enter')
  await expect(editor.note).toContainText('ingress/web01 created')
})

test('a Pod is chosen on the stage and deleted without a mouse', async ({ podpath, page }) => {
  await tabTo(page, podpath.button(english('opening.break')))
  await page.keyboard.press('Enter')
  const pod = podpath.card('Pod default/nginx-').first().getByRole('button')
  const name = (await pod.getAttribute('aria-label')) ?? ''
  await tabTo(page, pod)
  await page.keyboard.press('Enter')
  await expect(pod).toHaveAttribute('aria-pressed', 'true')
  await tabTo(
    page,
    podpath.inspector.getByRole('button', { name: english('inspector.card.deletePod'), exact: true }),
  )
  await page.keyboard.press('Enter')
  await expect(podpath.card(name)).toHaveCount(0)
  await expect(podpath.card('Pod default/nginx-')).toHaveCount(5)
})

test('theme, language and help are reached without a mouse', async ({ podpath, page }) => {
  const root = page.locator('html')
  await tabTo(page, podpath.button(english('top.theme', { theme: english('theme.system') })))
  await page.keyboard.press('Enter')
  await expect(page.getByRole('menuitemradio', { checked: true })).toBeFocused()
  await page.keyboard.press('End')
  await page.keyboard.press('Enter')
  await expect(root).toHaveAttribute('data-theme', 'dark')

  await page.keyboard.press('?')
  await expect(page.getByRole('dialog', { name: english('help.title') })).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog')).toHaveCount(0)

  await tabTo(page, page.getByRole('radio', { name: 'English' }))
  await page.keyboard.press('ArrowRight')
  await expect(root).toHaveAttribute('lang', 'zh-CN')
  await page.keyboard.press('ArrowLeft')
  await expect(root).toHaveAttribute('lang', 'en')
})

/** Presses Tab until it has the focus; a control that Tab does not reach within a round of the page fails. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  await expect(target).toBeVisible()
  for (let presses = 0; presses < 120; presses += 1) {
    if (await target.evaluate((element) => element === document.activeElement)) return
    await page.keyboard.press('Tab')
  }
  await expect(target).toBeFocused()
}
