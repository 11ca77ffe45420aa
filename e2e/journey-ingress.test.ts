import { english } from './english.ts'
import { expect, test } from './podpath-page.ts'

const vip = { from: 'laptop', url: 'http://192.168.61.10/', headers: 'Host: web01' }

test('http://web01/ from the laptop ends at the name, and the page says why', async ({ podpath }) => {
  await podpath.send({ from: 'laptop', url: 'http://web01/' })
  await podpath.choose('unknown-outside', { name: 'web01' })
  await expect(podpath.step('send')).toHaveCount(0)
  await podpath.hear('hop.unknown-outside.caption')
  await podpath.hear('verdict.name-not-found', { name: 'web01' })
})

test('the first screen offers the way in from outside', async ({ podpath }) => {
  await podpath.button(english('opening.outside')).click()
  await expect(podpath.from).toHaveValue('laptop')
  await expect(podpath.url).toHaveValue(/^http:\/\/192\.168\.61\.\d+/)
})

test('the VIP with a Host header is the controller’s 404, and with the Ingress a Pod’s 200', async ({
  podpath,
}) => {
  const { inspector, evidence, choose, hear, editor } = podpath
  await podpath.send(vip)
  await choose('ingress-no-ingress', { status: '404' })
  await hear('hop.ingress-no-ingress.caption', { status: '404' })
  await expect(evidence('servers')).toContainText(english('reason.nginx-catch-all'))
  await expect(inspector).toContainText('ingress-nginx-controller-')

  await editor.open('nginx-ingress.yaml')
  await editor.apply.click()
  await expect(editor.tab('nginx-ingress.yaml')).toHaveAccessibleName('nginx-ingress.yaml, applied')
  await expect(editor.note).toContainText('ingress/web01 created')
  await expect(inspector).toContainText(english('inspector.stale'))

  await podpath.send()
  await expect(inspector).not.toContainText(english('inspector.stale'))
  await choose('enter-vip', { dst: '192.168.61.10' })
  await choose('dispatch-node-port', { service: 'ingress-nginx-controller' })
  await expect(inspector).toContainText('--dst-type LOCAL -j KUBE-NODEPORTS')
  await choose('dnat', { to: '*:80' })
  await expect(inspector.getByRole('deletion').first()).toHaveText('192.168.61.10:80')
  await choose('ingress-proxy', { server: 'web01' })
  await expect(evidence('servers')).toContainText(`decided: ${english('reason.nginx-host-equal')}`)
  await expect(evidence('locations')).toContainText('decided: longest prefix of /')
  await expect(inspector).toContainText('server_name "web01"')
  // The controller picks the Pod itself: after its choice no rule rewrites a destination any more.
  const titles = await podpath.steps.getByRole('button').allTextContents()
  const afterChoice = titles.slice(titles.findIndex((title) => title.startsWith('server web01')))
  expect(afterChoice.filter((title) => title.startsWith('DNAT'))).toEqual([])
  await choose('http-received', { status: '200', reason: 'OK', name: 'laptop' })
  await expect(inspector).toContainText('HTTP/1.1 200 OK')
  await podpath.page.keyboard.press('End')
  await hear('verdict.http', { status: '200', reason: 'OK' })
})
