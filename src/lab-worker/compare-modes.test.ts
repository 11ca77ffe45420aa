import { describe, expect, test } from 'vitest'
import { proxyModes } from '../scenarios/proxy-modes/proxy-modes.ts'
import { scenarioState } from '../scenarios/scenario-state.ts'
import { createLab } from '../sim/lab.ts'
import { parseFile } from '../sim/manifest/parse-file.ts'
import { compareModes } from './compare-modes.ts'
import { printRequest } from './print-request.ts'

const state = scenarioState(proxyModes)
const compared = (from: string, url: string) =>
  compareModes(
    state,
    { from, url, method: 'GET', headers: [], seed: 6 },
    { parse: parseFile, print: (lab, request) => printRequest(lab, request, parseFile) },
  )
const client = 'pod/default/client'
const byMode = <T>(iptables: T, nftables: T, ipvs: T) => [iptables, nftables, ipvs]

describe('one request in three modes', () => {
  test.each([
    {
      name: 'ping of a ClusterIP',
      from: client,
      url: 'ping web',
      ends: byMode('timed-out', 'unreachable', 'unreachable'),
    },
    {
      name: 'an undeclared port',
      from: client,
      url: 'http://web:81/',
      ends: byMode('timed-out', 'refused', 'refused'),
    },
    {
      name: 'a node port on localhost',
      from: 'host01',
      url: 'http://127.0.0.1:30080/',
      ends: byMode('answered', 'refused', 'refused'),
    },
    {
      name: 'a node port on the node’s address',
      from: 'laptop',
      url: 'http://192.168.61.11:30080/',
      ends: byMode('answered', 'answered', 'answered'),
    },
    {
      name: 'a Service without endpoints',
      from: client,
      url: 'http://empty/',
      ends: byMode('refused', 'refused', 'refused'),
    },
    {
      name: 'an address that no Service has',
      from: client,
      url: 'http://10.96.77.77/',
      ends: byMode('timed-out', 'timed-out', 'timed-out'),
    },
  ])('$name ends in $ends', ({ from, url, ends }) => {
    expect(compared(from, url).map(({ verdict }) => verdict.kind)).toEqual(ends)
  })

  test('tells who said no, and the rule that did', () => {
    const [iptables, nftables, ipvs] = compared(client, 'http://web:81/')
    expect(iptables?.end).toMatchObject({ host: '192.168.61.1' })
    expect(iptables?.decided?.rule).toBeUndefined()
    expect(nftables).toMatchObject({ end: { host: 'host01' }, decided: { hook: 'filter FORWARD' } })
    expect(nftables?.decided?.rule).toContain('ip daddr @cluster-ips')
    expect(ipvs?.decided).toMatchObject({ host: 'host01', hook: 'filter INPUT' })
    expect(ipvs?.decided?.rule).toContain('-A KUBE-IPVS-FILTER')
  })

  test('tells how the Service was found where somebody answers', () => {
    const rules = compared(client, 'http://web/').map(({ decided }) => decided?.rule)
    expect(rules[0]).toMatch(/^-A KUBE-SERVICES -d .* -j KUBE-SVC-/)
    expect(rules[1]).toContain('@service-ips')
    expect(rules[2]).toMatch(/^TCP {2}10\..*:80 rr/)
  })

  test('counts fewer rules for the first packet where one map holds all Services', () => {
    const [iptables, nftables] = compared(client, 'http://web/')
    expect(iptables?.firstPacket?.says).toBe('SYN')
    expect(nftables?.firstPacket?.rulesTried).toBeLessThan(iptables?.firstPacket?.rulesTried ?? 0)
  })

  test('shows whom the Pod saw: the client itself, or the node that masqueraded it', () => {
    const clientAddress = createLab(state)
      .snapshot()
      .vantages.find(({ id }) => id === client)?.address
    expect(compared(client, 'http://web/').map(({ seenFrom }) => seenFrom)).toEqual(
      byMode(clientAddress, clientAddress, clientAddress),
    )
    const [outside] = compared('laptop', 'http://192.168.61.11:30080/')
    expect(outside?.seenFrom).not.toBe('192.168.61.100')
  })

  test('prints what the client’s own program prints', () => {
    const [iptables, nftables] = compared(client, 'ping web')
    expect(iptables?.prints).toMatch(/^\$ ping -c 1 web\nPING web .*100% packet loss/s)
    expect(nftables?.prints).toMatch(/packet loss/)
    expect(compared('host01', 'http://127.0.0.1:30080/')[1]?.prints).toMatch(/curl: \(7\) Failed to connect/)
    expect(compared(client, 'tcp://web:80')[0]?.prints).toBeUndefined()
  })

  test('is what a person gets who types the mode and sends', () => {
    const text = proxyModes.files.find(({ name }) => name === 'cluster.yaml')?.text ?? ''
    const lab = createLab(state)
    const typed = text.replace('mode: iptables', 'mode: nftables')
    lab.apply(parseFile('cluster.yaml', typed), typed, { prune: true })
    const trace = lab.send({ from: client, url: 'http://web/', method: 'GET', headers: [], seed: 6 })
    expect(compared(client, 'http://web/')[1]?.verdict).toEqual(trace.verdict)
  })

  test('changes nothing in the lab that it was asked of', () => {
    const before = structuredClone(state)
    compared(client, 'http://web/')
    expect(state).toEqual(before)
  })
})
