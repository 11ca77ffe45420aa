import { expectNothingFound } from './axe.ts'
import { english } from './english.ts'
import { expect, test } from './podpath-page.ts'

test('the table says whom the Pod sees from each vantage, and a cell opens its trace', async ({
  podpath,
  page,
}) => {
  await page.goto('./?scenario=proxy-modes')
  await podpath.button(english('top.sources')).click()
  const dialog = page.getByRole('dialog', { name: english('sources.title') })
  const cell = (policy: 'Cluster' | 'Local') =>
    dialog.getByRole('button', {
      name: new RegExp(`^${english('sources.vantage.node-port')}, ${policy}, nftables: `),
    })
  await expect(cell('Cluster')).toHaveAccessibleName(/masqueraded 192\.168\.61\.1[12]:\d+$/)
  await expect(cell('Local')).toHaveAccessibleName(/source kept 192\.168\.61\.100:\d+$/)
  await expect(dialog.getByText(english('source.no-vip'))).toBeVisible()
  await expect(dialog.getByRole('progressbar')).toHaveCount(0)

  await cell('Cluster').click()
  const detail = dialog.getByRole('region', { name: english('sources.detail') })
  await expect(detail).toContainText('jump mark-for-masquerade')
  await cell('Local').click()
  await expect(detail).toContainText('fib saddr type local')
  await expectNothingFound(page)

  await detail.getByRole('button', { name: english('sources.play') }).click()
  await expect(dialog).toBeHidden()
  await expect(page.getByRole('radio', { name: 'nftables' })).toBeChecked()
  await expect(podpath.step('nft-dispatch-node-port')).toBeVisible()
  // The Pod answers to the laptop itself: nothing has rewritten the source.
  await podpath.choose('syn-ack')
  await expect(podpath.inspector).toContainText('192.168.61.100')
  await podpath.editor.open('web.yaml')
  await expect(podpath.editor.text('web.yaml')).toContainText('externalTrafficPolicy: Local')
})

test('a Service’s card leads to its table', async ({ podpath, page }) => {
  await podpath.send()
  await podpath.card('Service nginx,').click()
  await podpath.inspector.getByRole('button', { name: english('inspector.card.sources') }).click()
  const dialog = page.getByRole('dialog', { name: english('sources.title') })
  await expect(dialog.getByRole('combobox')).toHaveValue('Service/default/nginx')
})
