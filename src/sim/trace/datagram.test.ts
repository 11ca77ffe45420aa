import { expect, test } from 'vitest'
import { request } from './chapter-lab.fixture.ts'
import { fivePods, kernelLab, serviceYaml } from './kernel-lab.fixture.ts'

/** How a datagram from `near` ends that a rule of its node rejects. */
function verdictUnder(rejectWith: string): string {
  const lab = kernelLab(...fivePods, serviceYaml(''))
  const rule = `-A FORWARD -p udp -m udp --dport 7000 -j REJECT --reject-with ${rejectWith}\n`
  const [before = '', filter = ''] = lab.iptablesSave('host01').split(/^(?=\*filter$)/m)
  lab.pasteRules('host01.iptables-save', before + filter.replace(/^(?=-A )/m, rule))
  return lab.send(request('pod/default/near', 'udp://172.31.2.14:7000')).verdict.kind
}

test.each([
  { rejectWith: 'icmp-port-unreachable', verdict: 'refused' },
  { rejectWith: 'icmp-admin-prohibited', verdict: 'unreachable' },
  { rejectWith: 'icmp-host-prohibited', verdict: 'unreachable' },
  { rejectWith: 'icmp-proto-unreachable', verdict: 'unreachable' },
  // These may pass: a UDP socket keeps them to itself.
  { rejectWith: 'icmp-net-unreachable', verdict: 'timed-out' },
  { rejectWith: 'icmp-host-unreachable', verdict: 'timed-out' },
])('a datagram that is rejected with $rejectWith ends $verdict', ({ rejectWith, verdict }) => {
  expect(verdictUnder(rejectWith)).toBe(verdict)
})
