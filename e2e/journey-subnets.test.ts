import { twoSubnets } from '../src/scenarios/two-subnets/two-subnets.ts'
import { english } from './english.ts'
import { expect, test } from './podpath-page.ts'

test.beforeEach(async ({ podpath }) => {
  await podpath.page.goto(`./?scenario=${twoSubnets.id}`)
  await expect(podpath.card('Service web,')).toBeVisible()
})

test('a learner sees a request go through the tunnel to the other subnet', async ({ podpath }) => {
  const { inspector, evidence, choose } = podpath
  await podpath.send()

  await choose('encapsulate', { device: 'vxlan.calico', peer: 'host03' })
  await expect(inspector.getByRole('insertion')).toContainText('192.168.61.11')
  await expect(inspector.getByRole('insertion')).toContainText('192.168.62.13:4789')
  await expect(inspector.getByRole('deletion')).toHaveCount(0)
  await expect(evidence('tunnel-peer').getByRole('listitem').filter({ hasText: 'decided:' })).toContainText(
    '172.31.89.192 dev vxlan.calico',
  )
  await expect(inspector.getByRole('button', { name: /^pod-network\.yaml:/ })).not.toHaveCount(0)
  await choose('cross-router')
  await choose('decapsulate', { node: 'host03' })
  await expect(inspector.getByRole('deletion')).toContainText('192.168.62.13:4789')
})

test('a learner takes the tunnel away: the router does not know the Pods', async ({ podpath }) => {
  await podpath.button(english('opening.break')).click()
  await podpath.editor.retype('pod-network.yaml', 'vxlanMode: CrossSubnet', 'vxlanMode: Never')
  await expect(podpath.editor.tab('pod-network.yaml')).toHaveAccessibleName(/applied/)
  await podpath.send()

  await expect(podpath.step('encapsulate', { device: 'vxlan.calico', peer: 'host03' })).toHaveCount(0)
  await podpath.choose('refused-by-router-pod')
  await podpath.hear('hop.refused-by-router-pod.caption', { dst: '172.31.89.193:80', src: '172.31.239.195' })
  await expect(podpath.inspector).toContainText('192.168.61.1')
})
