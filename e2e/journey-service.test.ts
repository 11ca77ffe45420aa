import { english, saying } from './english.ts'
import { expect, test } from './podpath-page.ts'

test('a visitor first sees the chapter’s cluster with the request ready', async ({ podpath }) => {
  await expect(podpath.page.getByRole('heading', { level: 1 })).toHaveText(english('opening.question'))
  await expect(podpath.page.getByRole('banner')).toContainText(
    english('top.summary', { nodes: 3, pods: 16, services: 6 }),
  )
  await expect(podpath.from).toHaveValue('pod/default/pod')
  await expect(podpath.url).toHaveValue('http://nginx/')
  await expect(podpath.card('Client pod,')).toBeVisible()
  await expect(podpath.card('Service kube-dns, 10.96.0.10:53')).toBeVisible()
  await expect(podpath.card('Pod default/nginx-')).toHaveCount(5)
  await expect(podpath.card('Service nginx,').getByRole('listitem')).toHaveText([
    /^1.*0\.20.*20 %$/,
    /^2.*0\.25.*20 %$/,
    /^3.*0\.33.*20 %$/,
    /^4.*0\.50.*20 %$/,
    /^5.*always.*20 %$/,
  ])
})

test('a click puts a packet on its way', async ({ podpath }) => {
  await podpath.sendButton.click()
  await expect(podpath.button(english('timeline.pause'))).toBeVisible()
  await expect(podpath.step('dns-found', { rcode: 'NOERROR' })).toHaveAttribute('aria-current', 'step')
})

test('a learner follows http://nginx/ from its name to its answer', async ({ podpath }) => {
  const { inspector, evidence, choose } = podpath
  const [was, now] = [inspector.getByRole('deletion'), inspector.getByRole('insertion')]
  const answer = inspector.getByRole('row', { name: english('inspector.dns.answer') })
  const service = (await podpath.card('Service nginx,').getAttribute('aria-label')) ?? ''
  const clusterIp = service.replace('Service nginx, ', '').replace(':80', '')
  await podpath.send()

  await choose('ask', { name: 'nginx.default.svc.cluster.local.' })
  await expect(inspector).toContainText('10.96.0.10:53')
  await choose('dnat', { to: '*:53' })
  await expect(was).toHaveText('10.96.0.10:53')
  await expect(evidence('endpoint')).toContainText('decided: DNAT')
  await choose('dns-found', { rcode: 'NOERROR', data: clusterIp })
  await expect(evidence('records')).toContainText('decided: Service nginx in default')
  await expect(answer).toContainText('nginx.default.svc.cluster.local.')
  await expect(answer).toContainText(clusterIp)

  await choose('send', { says: 'SYN', dst: `${clusterIp}:80` })
  await choose('dispatch')
  await expect(evidence('dispatch')).toContainText('decided: to KUBE-SVC-2CMXP7HKUVJN7L6M')
  await choose('choose')
  const draws = evidence('choice', { chain: 'KUBE-SVC-2CMXP7HKUVJN7L6M' }).getByRole('listitem')
  await expect(draws.filter({ hasText: /drew 0\.\d\d against/ })).not.toHaveCount(0)
  await expect(draws.filter({ hasText: 'decided:' })).toHaveCount(1)
  await expect(inspector).toContainText(/-A KUBE-SVC-2CMXP7HKUVJN7L6M .*-j KUBE-SEP-[A-Z2-7]{16}/)

  await choose('dnat', { to: '*:80' })
  await expect(was).toHaveText(`${clusterIp}:80`)
  const pod = (await now.textContent()) ?? 'no address'
  await expect(inspector).toContainText(`-j DNAT --to-destination ${pod}`)
  await expect(inspector.getByRole('button', { name: /^nginx-service\.yaml:/ })).not.toHaveCount(0)
  await choose('route-via')
  await expect(evidence('routes')).toContainText('decided: the longest prefix')
  await choose('syn-ack')
  await expect(evidence('sockets')).toContainText('0.0.0.0:80/TCP')
  await choose('restore', { service: 'nginx' })
  await expect(was).toHaveText(pod)
  await expect(now).toHaveText(`${clusterIp}:80`)
  await choose('http-received', { status: '200', reason: 'OK' })
  await expect(inspector).toContainText('HTTP/1.1 200 OK')
})

test('a link of the evidence marks the manifest’s line in the editor', async ({ podpath }) => {
  await podpath.send()
  await podpath.choose('syn-ack')
  await podpath.inspector.getByRole('button', { name: /^nginx-deploy\.yaml:/ }).click()
  await expect(podpath.editor.tab('nginx-deploy.yaml')).toHaveAttribute('aria-selected', 'true')
  await expect(podpath.page.getByText(saying('editor.note.step', { count: 1 }))).toBeVisible()
})

test('three replicas instead of five give other rows and probabilities', async ({ podpath }) => {
  await podpath.button(english('opening.break')).click()
  await podpath.editor.retype('nginx-deploy.yaml', 'replicas: 5', 'replicas: 3')
  await expect(podpath.card('Pod default/nginx-')).toHaveCount(3)
  await expect(podpath.card('Service nginx,').getByRole('listitem')).toHaveText([
    /^1.*0\.33.*33\.3 %$/,
    /^2.*0\.50.*33\.3 %$/,
    /^3.*always.*33\.3 %$/,
  ])
})

test('a wrong selector ends in “connection refused”, by a REJECT rule', async ({ podpath }) => {
  await podpath.button(english('opening.break')).click()
  await podpath.editor.retype('nginx-service.yaml', 'app: nginx', 'app: ngnix')
  await expect(podpath.card('Service nginx,').getByRole('listitem')).toHaveCount(0)
  await podpath.send()
  await podpath.choose('rejected')
  await expect(podpath.inspector).toContainText('-j REJECT')
  await expect(podpath.inspector).toContainText('default/nginx has no endpoints')
  await podpath.choose('heard-refused')
  await podpath.hear('verdict.refused')
})

test('ping nginx finds the address and no answer, and the rules say why', async ({ podpath }) => {
  await podpath.send({ url: 'ping nginx' })
  await podpath.choose('resolved-found', { name: 'nginx' })
  await podpath.choose('no-match')
  const tried = podpath.evidence('dispatch')
  await expect(tried.getByRole('listitem').filter({ hasText: 'default/nginx cluster IP' })).toContainText(
    'passed over: icmp, the rule wants tcp',
  )
  await expect(tried).not.toContainText('decided:')
  await podpath.choose('no-echo-service')
  await podpath.hear('hop.no-echo-service.caption', { name: 'nginx' })
  await podpath.hear('verdict.ping-silence')
})

test('the Pod that is to answer is deleted while the request is on its way', async ({ podpath }) => {
  await podpath.send()
  await podpath.choose('dnat', { to: '*:80' })
  const endpoint = (await podpath.inspector.getByRole('insertion').textContent()) ?? 'no endpoint'
  const address = endpoint.replace(':80', '')
  const pod = podpath.stage.getByRole('button', { name: new RegExp(`^Pod default/nginx-.*, ${address}$`) })
  await pod.click()
  await podpath.inspector
    .getByRole('button', { name: english('inspector.card.deletePod'), exact: true })
    .click()

  await podpath.choose('blackhole', { dst: `${address}*` })
  const routes = podpath.evidence('routes').getByRole('listitem')
  await expect(routes.filter({ hasText: 'blackhole' })).toContainText('decided:')
  // The connection is known, so the SYN that is sent again goes the same way: kube-proxy forgets no TCP connection.
  await podpath.choose('repeat', { says: 'SYN' })
  await podpath.choose('gave-up')
  await podpath.hear('verdict.timed-out')
})
