import { expectNothingFound } from './axe.ts'
import { english } from './english.ts'
import { expect, test } from './podpath-page.ts'

test('one press changes the mode in the text, and the same request ends otherwise', async ({
  podpath,
  page,
}) => {
  const { editor } = podpath
  await podpath.send({ url: 'ping nginx' })
  await page.keyboard.press('End')
  await podpath.hear('verdict.ping-silence')
  await editor.open('cluster.yaml')
  await page.getByRole('radio', { name: 'nftables' }).click()
  await expect(editor.text('cluster.yaml')).toContainText('mode: nftables')
  await expect(editor.tab('cluster.yaml')).toHaveAccessibleName(/applied$/)
  await podpath.send()
  // The first request's steps stand there until the second one plays.
  await expect(podpath.button(english('timeline.pause'))).toBeVisible()
  await page.keyboard.press('End')
  await podpath.hear('verdict.ping-unreachable')
  await page.getByRole('tab', { name: english('dock.tab.rules') }).click()
  await expect(page.getByText(english('dock.rules.mode.nftables'))).toBeVisible()

  await editor.text('cluster.yaml').focus()
  await page.keyboard.press('ControlOrMeta+z')
  await expect(page.getByRole('radio', { name: 'iptables', exact: true })).toBeChecked()
})

test('a file with an error keeps its text, and the control says why the mode stays', async ({
  podpath,
  page,
}) => {
  await podpath.button(english('opening.break')).click()
  await podpath.editor.retype('cluster.yaml', 'mode: iptables', 'mode: [iptables')
  await page.getByRole('radio', { name: 'IPVS' }).click()
  const notice = page.getByRole('alert').filter({ hasText: 'cluster.yaml' })
  await expect(notice).toContainText('error in line')
  await expect(page.getByRole('radio', { name: 'iptables', exact: true })).toBeChecked()
  await notice.getByRole('button', { name: english('notice.mode.open', { file: 'cluster.yaml' }) }).click()
  await expect(podpath.editor.text('cluster.yaml')).toContainText('mode: [iptables')
})

test('the mode survives a reload', async ({ podpath, page }) => {
  await page.getByRole('radio', { name: 'IPVS' }).click()
  await expect(page.getByRole('radio', { name: 'IPVS' })).toBeChecked()
  await page.reload()
  await expect(podpath.card('Service nginx,')).toBeVisible()
  await expect(page.getByRole('radio', { name: 'IPVS' })).toBeChecked()
})

test('one press compares the modes for the request in the bar, and an outcome plays', async ({
  podpath,
  page,
}) => {
  await page.goto('./?scenario=proxy-modes')
  await podpath.button(english('top.compare')).click()
  const dialog = page.getByRole('dialog', { name: english('compare.title') })
  const outcome = (mode: 'iptables' | 'nftables' | 'ipvs') =>
    dialog.getByRole('article', { name: english(`compare.mode.${mode}`) })
  await expect(outcome('iptables')).toContainText('100 % packet loss')
  await expect(outcome('nftables')).toContainText('ip daddr @cluster-ips reject')
  await expect(outcome('ipvs')).toContainText('-A KUBE-IPVS-FILTER')
  await expectNothingFound(page)

  await dialog.getByRole('button', { name: english('compare.example.node-port-localhost') }).click()
  await expect(outcome('iptables')).toContainText('200 OK')
  await expect(outcome('nftables')).toContainText('curl: (7)')
  await expect(podpath.url).toHaveValue('ping web')

  await dialog
    .getByRole('button', { name: english('compare.play', { mode: english('compare.mode.nftables') }) })
    .click()
  await expect(dialog).toHaveCount(0)
  await expect(podpath.url).toHaveValue('http://127.0.0.1:30080/')
  await expect(page.getByRole('radio', { name: 'nftables', exact: true })).toBeChecked()
  await expect(podpath.inspector).toContainText(/Step \d+ of \d+/)
  await page.keyboard.press('End')
  await podpath.hear('verdict.refused')
})

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true })

  test('the mode stands behind one button', async ({ podpath, page }) => {
    await podpath.button(english('top.mode.is', { mode: 'iptables' })).tap()
    await page.getByRole('menuitemradio', { name: 'IPVS' }).tap()
    await expect(podpath.button(english('top.mode.is', { mode: 'IPVS' }))).toBeVisible()
    const excess = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    )
    expect(excess).toBe(0)
    await podpath.button(english('top.mode.is', { mode: 'IPVS' })).tap()
    await page.getByRole('menuitem', { name: english('top.compare.hint') }).tap()
    await expect(page.getByRole('dialog').getByRole('article')).toHaveCount(3)
    await expectNothingFound(page)
  })
})
