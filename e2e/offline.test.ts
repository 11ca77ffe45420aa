import { expect, test } from '@playwright/test'
import { english } from './english.ts'
import { podpathOn } from './podpath-page.ts'
import { serveFolder } from './static-host.ts'

test('works from a sub-path, then without its host, and never asks another origin', async ({
  page,
  context,
}) => {
  const host = await serveFolder('dist', '/a/path/of/some/host/')
  const asked = new Set<string>()
  context.on('request', (request) => asked.add(request.url()))
  await page.goto(host.url)
  const podpath = podpathOn(page)
  await podpath.send()
  await podpath.choose('http-received', { status: '200' })
  // The service worker has every file, and the next load is its own.
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined))
  await page.reload()
  await expect.poll(() => page.evaluate(() => navigator.serviceWorker.controller !== null)).toBe(true)

  await host.close()
  await page.reload()
  await podpath.send()
  await podpath.choose('http-received', { status: '200' })
  await podpath.editor.retype('nginx-deploy.yaml', 'replicas: 5', 'replicas: 2')
  const summary = english('top.summary', { nodes: 3, pods: 13, services: 6 })
  await expect(page.getByRole('banner')).toContainText(summary)
  await page.getByRole('radio', { name: '中文' }).check()
  await expect(page.getByRole('button', { name: english('request.send'), exact: true })).toHaveCount(0)

  expect([...asked].filter((url) => !url.startsWith(host.url) && !url.startsWith('data:'))).toEqual([])
})
