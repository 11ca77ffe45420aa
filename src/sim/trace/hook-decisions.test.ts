import { describe, expect, test } from 'vitest'
import { packetOf } from '../netfilter/packet-notation.ts'
import { passHook } from '../netfilter/pass-hook.ts'
import type { HookPass } from '../netfilter/evaluation.ts'
import type { Hook } from '../netfilter/ruleset.ts'
import { verdicts } from './chapter-lab.fixture.ts'
import { filterEvidence, natDecision } from './hook-decisions.ts'
import { fivePods, kernelLab, openRun, serviceYaml } from './kernel-lab.fixture.ts'

function passage(
  spec: string,
  hook: Hook,
  line: string,
): { pass: HookPass; decision: ReturnType<typeof natDecision> } {
  const { world } = openRun(kernelLab(...fivePods, serviceYaml(spec)).cluster)
  const pass = passHook(world.netfilter('host01'), hook, packetOf(line), {
    isLocal: (address) => address === '192.168.61.11' || address.startsWith('127.'),
    now: world.now(),
    draw: () => 2 ** 30,
  })
  return { pass, decision: natDecision(pass, world.rules('host01')) }
}

const toService = 'tcp 172.31.1.2:40000 > 10.96.0.80:80'

describe('nat’s decision on a packet for a ClusterIP', () => {
  const { decision } = passage('', 'PREROUTING', toService)

  test('names the Service, its chain and the rule that led there', () => {
    expect(decision.service).toEqual({ kind: 'Service', namespace: 'default', name: 'web' })
    expect(decision.serviceChain).toMatch(/^KUBE-SVC-/)
    expect(decision.dispatchedBy?.chain).toBe('KUBE-SERVICES')
    expect(decision.byNodePort).toBe(false)
  })
  test('shows each draw until a rule takes the packet', () => {
    expect(verdicts(decision.choice)).toEqual([
      'lost KUBE-MARK-MASQ',
      'lost p 0.20',
      'lost p 0.25',
      'lost p 0.33',
      'lost p 0.50',
      expect.stringMatching(/^won KUBE-SEP-/),
    ])
  })
  test('keeps what the endpoint’s chain did apart', () => {
    expect(decision.rewrite?.texts.map(({ text }) => text.replace(/KUBE-SEP-\w+/, 'SEP'))).toEqual([
      expect.stringContaining('-j DNAT --to-destination 172.31.2.15:80'),
    ])
  })
})

describe('nat’s decision', () => {
  test('knows a node port by its chain', () => {
    const spec = 'type: NodePort\nselector: { app: web }'
    const { cluster } = kernelLab(...fivePods, serviceYaml(spec))
    const port = cluster.services.find((each) => each.ref.name === 'web')?.ports[0]?.nodePort
    const { decision } = passage(spec, 'PREROUTING', `tcp 192.168.61.100:40000 > 192.168.61.11:${port}`)
    expect(decision).toMatchObject({ byNodePort: true, service: { name: 'web' } })
  })
  test('has no choice and no winner where no rule is for the packet', () => {
    const { decision } = passage('', 'PREROUTING', 'icmp 172.31.1.2 > 10.96.0.80')
    expect(decision.choice).toBeUndefined()
    expect(decision.dispatch.candidates.map((each) => each.verdict)).not.toContain('won')
    expect(decision.dispatch.texts).toEqual([])
  })
})

describe('filter’s word', () => {
  test('is the jump that led to the rule, and the rule itself', () => {
    const { pass } = passage('selector: { app: nobody }', 'FORWARD', toService)
    const evidence = filterEvidence(pass)
    expect(verdicts(evidence).filter((each) => each.startsWith('won'))).toEqual(['won KUBE-SERVICES'])
    expect(evidence.texts[0]?.text).toContain('-j REJECT --reject-with icmp-port-unreachable')
  })
  test('has no text where every chain came back', () => {
    const { pass } = passage('', 'FORWARD', 'tcp 172.31.1.2:40000 > 172.31.2.14:80')
    expect(filterEvidence(pass).texts).toEqual([])
  })
})
