import { english } from './english.ts'
import { productionIngress } from '../src/scenarios/chapter-9/production-ingress.ts'
import { expect, test } from './podpath-page.ts'

test('https:// of the production set-up is trusted, and the page shows by whom', async ({ podpath }) => {
  const { inspector, evidence, choose, hear, editor } = podpath
  await podpath.send({ from: 'laptop', url: 'https://web01.cluster.example.com/' })
  await editor.open('production-ingress.yaml')
  await editor.apply.click()
  await expect(editor.note).toContainText('certificate/wildcard created')

  await podpath.send()
  await choose('tls-secret', { secret: 'default/wildcard-tls' })
  await expect(evidence('certificates')).toContainText(english('reason.nginx-sni-equal'))
  await expect(inspector).toContainText('DNS:*.cluster.example.com')
  await expect(inspector).toContainText('CN=Classroom CA')
  await choose('tls-verified', { client: 'laptop' })
  await expect(evidence('verification', { name: 'web01.cluster.example.com' })).toContainText(
    'CN=Classroom CA',
  )
  await expect(podpath.page.getByText(english('inspector.lock.verified')).first()).toBeVisible()

  await podpath.send({ url: 'https://web02.cluster.example.com/' })
  await choose('tls-fake')
  await expect(inspector).toContainText('Kubernetes Ingress Controller Fake Certificate')
  await choose('tls-refused', { client: 'laptop', why: 'self-signed certificate' })
  await hear('hop.tls-refused.caption', { client: 'laptop', why: 'self-signed certificate' })
  await expect(inspector).toContainText(english('reason.tls-self-signed'))
})

test('a Secret that is not there is a warning of the file while it is typed', async ({ podpath }) => {
  const { editor } = podpath
  await podpath.send()
  await editor.pasteOver(
    'production-ingress.yaml',
    productionIngress.replace('secretName: wildcard-tls\n  rules', 'secretName: forgotten\n  rules'),
  )
  await expect(editor.tab('production-ingress.yaml')).toHaveAccessibleName(/1 warning/)
})
