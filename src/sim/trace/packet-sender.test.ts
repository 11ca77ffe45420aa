/** A node's rules that ask who sent a packet: its own processes, by what is known of their users. */
import { describe, expect, test } from 'vitest'
import { request } from './chapter-lab.fixture.ts'
import { fivePods, kernelLab, outcome, podYaml, serviceYaml } from './kernel-lab.fixture.ts'

function onHost(name: string, securityContext: string): string {
  return podYaml(name, 'host01', '192.168.61.11', 'client').replace(
    'spec: { nodeName',
    `spec: { hostNetwork: true, ${securityContext} nodeName`,
  )
}

/** host01 keeps root from port 80. */
function lab() {
  const made = kernelLab(
    ...fivePods,
    onHost('user', 'securityContext: { runAsUser: 1000 },'),
    onHost('image', ''),
    serviceYaml(''),
  )
  const dump = made
    .iptablesSave('host01')
    .replace('-A OUTPUT', '-A OUTPUT -p tcp -m tcp --dport 80 -m owner --uid-owner 0 -j REJECT\n-A OUTPUT')
  made.pasteRules('host01.iptables-save', dump)
  return made
}

describe('a rule that refuses what root sends', () => {
  test.each([
    { from: 'host01', ends: /^refused/, who: 'a person at the node’s terminal' },
    {
      from: 'pod/default/user',
      ends: /^web-/,
      who: 'a container on the host’s network that runs as another',
    },
    { from: 'pod/default/image', ends: /not-modelled|unknown/, who: 'one that runs as its image says' },
    {
      from: 'pod/default/near',
      ends: /^web-/,
      who: 'a Pod of its own network: its packets have no socket here',
    },
    { from: 'host02', ends: /^web-/, who: 'another node' },
  ])('ends as $ends for $who', ({ from, ends }) => {
    expect(outcome(lab().send(request(from, 'tcp://10.96.0.80:80')))).toMatch(ends)
  })
})
