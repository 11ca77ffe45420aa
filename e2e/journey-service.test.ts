import { english } from './english.ts'
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
  await expect(podpath.steps.getByRole('button', { name: /^NOERROR/ })).toHaveAttribute(
    'aria-current',
    'step',
  )
})

test('a learner follows http://nginx/ from its name to its answer', async ({ podpath }) => {
  const { inspector, evidence, choose, announced } = podpath
  await podpath.send()

  await choose(/^A, AAAA\? nginx\.default\.svc\.cluster\.local\./)
  await expect(inspector).toContainText('10.96.0.10:53')
  await choose(/^DNAT → .*:53/)
  await expect(inspector.getByRole('deletion')).toHaveText('10.96.0.10:53')
  await expect(evidence('The endpoint’s chain')).toContainText('decided: DNAT')
  await choose(/^NOERROR/)
  await expect(evidence('Plugins, in order')).toContainText('decided: Service nginx in default')
  await expect(inspector.getByRole('row', { name: 'Answer' })).toContainText(
    'nginx.default.svc.cluster.local.',
  )
  const clusterIp =
    (await inspector.getByRole('row', { name: 'Answer' }).getByRole('mark').textContent()) ?? ''

  await choose(`SYN → ${clusterIp}:80`)
  await expect(announced).toContainText(`SYN to ${clusterIp}:80`)
  await choose(/^KUBE-SERVICES: rule/)
  await expect(evidence('Which Service?')).toContainText('decided: to KUBE-SVC-2CMXP7HKUVJN7L6M')
  await choose(/^KUBE-SVC-2CMXP7HKUVJN7L6M:/)
  const draws = evidence('Which endpoint? KUBE-SVC-2CMXP7HKUVJN7L6M')
  await expect(draws.getByRole('listitem').filter({ hasText: /drew 0\.\d\d against/ })).not.toHaveCount(0)
  await expect(draws.getByRole('listitem').filter({ hasText: 'decided:' })).toHaveCount(1)
  await expect(inspector).toContainText(/-A KUBE-SVC-2CMXP7HKUVJN7L6M .*-j KUBE-SEP-[A-Z2-7]{16}/)

  await choose(/^DNAT → .*:80/)
  await expect(inspector.getByRole('deletion')).toHaveText(`${clusterIp}:80`)
  const pod = (await inspector.getByRole('insertion').textContent()) ?? ''
  await expect(inspector).toContainText(`-j DNAT --to-destination ${pod}`)
  await expect(inspector.getByRole('button', { name: /^nginx-service\.yaml:/ })).not.toHaveCount(0)
  await choose(/^route: /)
  await expect(evidence('Routing table')).toContainText('decided: the longest prefix')
  await choose(/answers SYN-ACK/)
  await expect(evidence('Who listens?')).toContainText('0.0.0.0:80/TCP')
  await choose('reply: source is nginx again')
  await expect(inspector.getByRole('deletion')).toHaveText(pod)
  await expect(inspector.getByRole('insertion')).toHaveText(`${clusterIp}:80`)
  await choose('200 OK reaches the client')
  await expect(inspector).toContainText('HTTP/1.1 200 OK')
})

test('a link of the evidence marks the manifest’s line in the editor', async ({ podpath }) => {
  await podpath.send()
  await podpath.choose(/answers SYN-ACK/)
  await podpath.inspector.getByRole('button', { name: /^nginx-deploy\.yaml:/ }).click()
  await expect(podpath.editor.tab('nginx-deploy.yaml')).toHaveAttribute('aria-selected', 'true')
  await expect(podpath.page.getByText(/^Lines? .* behind the step that you are looking at\.$/)).toBeVisible()
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
  await expect(podpath.editor.tab('nginx-service.yaml')).toHaveAccessibleName('nginx-service.yaml, applied')
  await expect(podpath.card('Service nginx,').getByRole('listitem')).toHaveCount(0)
  await podpath.send()
  await podpath.choose(/REJECT/)
  await expect(podpath.inspector).toContainText('-j REJECT')
  await expect(podpath.inspector).toContainText('default/nginx has no endpoints')
  await podpath.choose('connect: Connection refused')
  await podpath.button(english('timeline.last')).or(podpath.announced).first().waitFor()
  await expect(podpath.announced).toContainText(/Connection refused by .*:80/)
})

test('ping nginx finds the address and no answer, and the rules say why', async ({ podpath }) => {
  await podpath.send({ url: 'ping nginx' })
  await podpath.choose(/^nginx is 10\./)
  await podpath.choose(/^no nat rule matches/)
  const tried = podpath.evidence('Which Service?')
  await expect(tried.getByRole('listitem').filter({ hasText: 'default/nginx cluster IP' })).toContainText(
    'passed over: icmp, the rule wants tcp',
  )
  await expect(tried).not.toContainText('decided:')
  await podpath.choose(/^no answer from/)
  await expect(podpath.announced).toContainText(
    'every rule of nginx names a protocol and a port, ICMP has neither',
  )
  await expect(podpath.announced).toContainText('100 % packet loss')
})

test('the Pod that is to answer is deleted while the request is on its way', async ({ podpath }) => {
  await podpath.send()
  await podpath.choose(/^DNAT → .*:80/)
  const address = (await podpath.inspector.getByRole('insertion').textContent())?.replace(':80', '') ?? ''
  const card = podpath.stage.getByRole('button', { name: new RegExp(`^Pod default/nginx-.*, ${address}$`) })
  await card.click()
  await podpath.inspector
    .getByRole('button', { name: english('inspector.card.deletePod'), exact: true })
    .click()
  await expect(podpath.steps).not.toContainText('200 OK')
  await podpath.page.keyboard.press('End')
  await expect(podpath.announced).toContainText('x')
})
