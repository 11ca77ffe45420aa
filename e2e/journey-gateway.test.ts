import { expectNothingFound } from './axe.ts'
import { english, saying } from './english.ts'
import { expect, test } from './podpath-page.ts'

test('a learner sees which rule of a Route led the request, and what the controller says of the Gateway', async ({
  podpath,
  page,
}) => {
  await page.goto('./?scenario=gateway')
  await expect(podpath.card('Gateway web')).toBeVisible()
  await podpath.send()
  await page.keyboard.press('End')
  await podpath.choose('gateway-proxy')
  await expect(podpath.evidence('listeners')).toContainText('the wildcard covers web.example.com')
  await expect(podpath.evidence('route-rules').getByRole('listitem')).toHaveCount(3)
  await expect(podpath.evidence('backends')).toContainText('nginx-next:80')
  await podpath.send({ headers: 'x-canary: always' })
  await page.keyboard.press('End')
  await podpath.choose('gateway-proxy')
  await expect(podpath.evidence('route-rules')).toContainText('names more headers')
  await expectNothingFound(page)
})

test('an Ingress is shown as HTTPRoutes with what will answer differently, and opens as a tab that waits', async ({
  podpath,
  page,
}) => {
  await page.goto('./?scenario=gateway')
  await podpath.button(english('opening.break')).click()
  await podpath.editor.open('old-ingress.yaml')
  await podpath.button(english('editor.apply')).click()
  await podpath.card('Ingress web').click()
  await podpath.button(english('inspector.card.asRoute')).click()
  const dialog = page.getByRole('dialog', { name: english('routes.title') })
  await expect(dialog).toContainText('value: (?i)/api.*')
  await expect(dialog).toContainText('http://web.example.com/API')
  await expect(dialog.getByText(saying('routes.topic.regex-prefix', { about: 'use-regex' }))).toBeVisible()
  await expectNothingFound(page)
  await dialog.getByRole('button', { name: english('routes.take') }).click()
  await expect(podpath.editor.text('from-ingress.yaml')).toContainText('kind: GatewayClass')
  await expect(podpath.editor.tab('from-ingress.yaml')).not.toHaveAccessibleName(/applied$/)
})
