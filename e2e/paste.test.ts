import type { Page } from '@playwright/test'
import { chapter9 } from '../src/scenarios/chapter-9/chapter-9.ts'
import { scenarioState } from '../src/scenarios/scenario-state.ts'
import { createLab } from '../src/sim/lab.ts'
import { expectNothingFound } from './axe.ts'
import { english, saying } from './english.ts'
import { expect, test, type Podpath } from './podpath-page.ts'

/** The node's own rules with one more that nobody here evaluates. */
const rules = createLab(scenarioState(chapter9))
  .iptablesSave('host01')
  .replace('COMMIT', '-A INPUT -m bpf --bytecode "1,6 0 0 0" -j DROP\nCOMMIT')

const service = `apiVersion: v1
kind: Service
metadata: { name: mine }
spec: { selector: { app: nginx }, ports: [{ port: 8080, targetPort: 80 }] }
`

test('a node’s rules are recognised, and what is not modelled in them is said before they are used', async ({
  podpath,
  page,
}) => {
  await podpath.send()
  await page.getByRole('tab', { name: english('dock.tab.rules') }).click()
  await podpath.button(english('dock.rules.paste')).click()
  const dialog = pasteDialog(page)
  await pasted(page).fill(rules)
  await expect(dialog).toContainText(english('paste.rules.iptables-save'))
  await expect(dialog).toContainText('1 part is not modelled')
  await expect(dialog).toContainText('-m bpf')
  await expectNothingFound(page)
  await dialog.getByLabel(english('paste.node')).selectOption('host02')
  await dialog.getByLabel(english('paste.node')).selectOption('host01')
  await dialog.getByRole('button', { name: english('paste.use') }).click()

  await expect(podpath.editor.tab('host01.iptables-save')).toHaveAccessibleName(/applied$/)
  await expect(page.getByText(english('dock.rules.imported', { file: 'host01.iptables-save' }))).toBeVisible()
  await podpath.send()
  await podpath.choose('dispatch')
  await expect(podpath.inspector).toContainText(english('basis.imported'))
})

test('a line that cannot be read is named, the text is kept, and it waits in a file if one wishes', async ({
  podpath,
  page,
}) => {
  await openPaste(podpath)
  const dialog = pasteDialog(page)
  await pasted(page).fill(rules.replace('*nat', '*nat\nnonsense'))
  await expect(dialog.getByRole('listitem').filter({ hasText: 'iptables-restore' })).toContainText(/line \d+/)
  await expect(dialog.getByRole('button', { name: english('paste.use') })).toBeDisabled()

  await page.keyboard.press('Escape')
  await openPaste(podpath)
  await expect(pasted(page)).toHaveValue(/nonsense/)
  await dialog.getByRole('button', { name: english('paste.wait') }).click()
  await expect(podpath.editor.tab('host01.iptables-save')).toHaveAccessibleName(/1 problem$/)
  await expect(podpath.card('Service nginx,').getByRole('listitem')).toHaveCount(5)
})

test('manifests become a file of their own and are applied', async ({ podpath, page }) => {
  await openPaste(podpath)
  await pasted(page).fill(service)
  await expect(pasteDialog(page)).toContainText('1 Service')
  await pasteDialog(page)
    .getByRole('button', { name: english('paste.apply') })
    .click()
  await expect(podpath.editor.tab('pasted.yaml')).toHaveAccessibleName(/applied$/)
  await expect(podpath.card('Service mine,')).toBeVisible()
})

test('a file that is dropped onto the page opens the dialog under its name', async ({ podpath, page }) => {
  const data = await page.evaluateHandle((text) => {
    const transfer = new DataTransfer()
    transfer.items.add(new File([text], 'mine.yaml', { type: 'text/yaml' }))
    return transfer
  }, service)
  await podpath.stage.dispatchEvent('drop', { dataTransfer: data })
  await expect(pasted(page)).toHaveValue(service)
  await pasteDialog(page)
    .getByRole('button', { name: english('paste.wait') })
    .click()
  await expect(podpath.editor.tab('mine.yaml')).toHaveAccessibleName(/waiting$/)
})

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true })

  test('the dialog fits, and takes a paste', async ({ podpath, page }) => {
    await openPaste(podpath)
    await pasted(page).fill(service)
    await expect(pasteDialog(page)).toContainText('1 Service')
    await expectNothingFound(page)
    const excess = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    )
    expect(excess).toBe(0)
    await pasteDialog(page)
      .getByRole('button', { name: english('paste.apply') })
      .tap()
    await expect(podpath.editor.tab('pasted.yaml')).toHaveAccessibleName(/applied$/)
  })
})

async function openPaste(podpath: Podpath): Promise<void> {
  await podpath.button(english('opening.own')).click()
}

function pasteDialog(page: Page) {
  return page.getByRole('dialog', { name: english('paste.title') })
}

function pasted(page: Page) {
  return pasteDialog(page).getByRole('textbox', { name: saying('paste.lead') })
}
