import { english } from './english.ts'
import { expect, test } from './podpath-page.ts'

test('a node fails, its VIP moves to another, and the same request enters there', async ({
  podpath,
  page,
}) => {
  await page.goto('./?scenario=production')
  const { inspector, stage } = podpath
  await podpath.send()
  const entry = podpath.steps.getByRole('button', { name: / answers for 192\.168\.61\.200/ })
  const entered = async () => /host\d+/.exec((await entry.first().textContent()) ?? '')?.[0] ?? ''
  const first = await entered()
  expect(first).toMatch(/^host0[23]$/)

  await stage.getByRole('button', { name: new RegExp(`^${first}`) }).click()
  await expect(inspector).toContainText('192.168.61.200')
  await inspector.getByRole('button', { name: english('inspector.card.cutOff') }).click()
  await expect(inspector).toContainText(english('inspector.card.lost'))
  await podpath.send()
  await expect.poll(entered).not.toBe(first)
  await entry.first().click()
  await expect(podpath.evidence('announcers', { address: '192.168.61.200' })).toContainText(
    english('reason.announcer-node-not-ready'),
  )
  await page.keyboard.press('End')
  await podpath.hear('verdict.http', { status: 200, reason: 'OK' })
})
