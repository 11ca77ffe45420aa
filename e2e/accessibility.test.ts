import { expectNothingFound } from './axe.ts'
import { english } from './english.ts'
import { expect, test } from './podpath-page.ts'

const sizes = {
  desktop: { width: 1440, height: 900 },
  phone: { width: 390, height: 844 },
} as const

for (const [size, viewport] of Object.entries(sizes)) {
  for (const theme of ['light', 'dark'] as const) {
    test.describe(`in the ${theme} theme on a ${size}`, () => {
      test.use({ viewport, colorScheme: theme })

      test('axe finds nothing at rest, mid-trace and in the help', async ({ podpath, page }) => {
        await expectNothingFound(page)
        await podpath.send()
        // Steps 1 to 10 of the first journey: the draw.
        await podpath.button(english('timeline.first')).click()
        for (let step = 1; step < 10; step += 1) await podpath.button(english('timeline.forward')).click()
        await expect(podpath.evidence('choice')).toBeVisible()
        await expectNothingFound(page)
        await page.keyboard.press('End')
        await expectNothingFound(page)
        await page.keyboard.press('?')
        await expect(page.getByRole('dialog')).toBeVisible()
        await expectNothingFound(page)
      })

      test('axe finds nothing in rules, connections and a broken file', async ({ podpath, page }) => {
        await podpath.send()
        await page.getByRole('tab', { name: english('dock.tab.rules') }).click()
        await expectNothingFound(page)
        if (size === 'desktop') {
          await page.getByRole('tab', { name: english('dock.tab.conntrack') }).click()
          await expectNothingFound(page)
        } else await page.getByRole('tab', { name: english('sheet.tab.files') }).click()
        await podpath.editor.retype('nginx-service.yaml', 'app: nginx', 'app: [nginx')
        await expect(podpath.editor.tab('nginx-service.yaml')).toHaveAccessibleName(/1 problem$/)
        await expectNothingFound(page)
      })
    })
  }
}
