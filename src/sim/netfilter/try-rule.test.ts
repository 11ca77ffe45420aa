import { describe, expect, test } from 'vitest'
import type { Draw } from '../draw.ts'
import { ip } from '../network/address.ts'
import type { Moment } from './moment.ts'
import { packetOf } from './packet-notation.ts'
import { parseIptablesSave } from './parse-iptables-save.ts'
import type { Rule } from './ruleset.ts'
import { tryRule } from './try-rule.ts'

const tcp = packetOf('tcp 10.0.0.1:40000 > 10.96.0.10:80')
const udp = packetOf('udp 10.0.0.1:40000 > 10.96.0.10:53')
const ping = packetOf('icmp 10.0.0.1 > 10.96.0.10')

const neverDraws: Draw = () => {
  throw new Error('chance was asked')
}

describe('a rule with --probability 0.20000000019', () => {
  const oneInFive = rule('-p tcp -m statistic --mode random --probability 0.20000000019 -j ACCEPT')

  test.each([
    { drawn: 429496729, kind: 'taken' },
    { drawn: 429496730, kind: 'skipped' }, // the threshold itself: the kernel asks for less than
  ])('is $kind when $drawn is drawn', ({ drawn, kind }) => {
    expect(tryRule(oneInFive, tcp, () => drawn)).toMatchObject({ kind })
  })

  test('says what was drawn, taken or not', () => {
    expect(tryRule(oneInFive, tcp, () => 5)).toMatchObject({ drawn: 5 })
    expect(tryRule(oneInFive, tcp, () => 2 ** 30)).toMatchObject({
      because: { drawn: 2 ** 30 },
    })
  })

  test('draws nothing when an earlier match fails', () => {
    expect(tryRule(oneInFive, udp, neverDraws)).toMatchObject({
      kind: 'skipped',
      because: { match: { kind: 'protocol' }, actual: 'udp' },
    })
  })
})

describe('a rule is taken when all its matches hold, and is skipped by the first that fails', () => {
  test.each([
    { rule: '-s 10.0.0.0/8', packet: tcp, failed: undefined },
    { rule: '! -s 10.0.0.0/8', packet: tcp, failed: '10.0.0.1' },
    { rule: '-d 10.96.0.10/32', packet: tcp, failed: undefined },
    { rule: '-d 10.96.0.1/32', packet: tcp, failed: '10.96.0.10' }, // its text begins like the other's
    { rule: '-p tcp -m tcp --dport 80', packet: tcp, failed: undefined },
    { rule: '-p tcp -m tcp --dport 443', packet: tcp, failed: '--dport 80' },
    { rule: '-p tcp -m tcp ! --sport 40000', packet: tcp, failed: '--sport 40000' },
    { rule: '-p tcp -m tcp --dport 1:79', packet: tcp, failed: '--dport 80' },
    { rule: '-p tcp -m tcp --dport 80', packet: ping, failed: 'icmp' },
    { rule: '-p tcp -m multiport --dports 22,80,8000:9000', packet: tcp, failed: undefined },
    { rule: '-p tcp -m multiport ! --ports 80', packet: tcp, failed: '40000,80' },
    { rule: '-p icmp -m icmp --icmp-type 8', packet: ping, failed: undefined },
    { rule: '-p icmp -m icmp --icmp-type 3/3', packet: ping, failed: '8/0' },
    { rule: '-i cali+', packet: tcp, failed: undefined },
    { rule: '-o eth0', packet: tcp, failed: '-' },
    { rule: '! -o eth0', packet: tcp, failed: undefined },
    { rule: '-m mark --mark 0x4000/0x4000', packet: { ...tcp, mark: 0x4001 }, failed: undefined },
    { rule: '-m mark ! --mark 0x4000/0x4000', packet: { ...tcp, mark: 0x4001 }, failed: '0x4001' },
    { rule: '-m conntrack --ctstate RELATED,ESTABLISHED', packet: tcp, failed: 'NEW' },
    { rule: '-m addrtype --dst-type LOCAL', packet: tcp, failed: '10.96.0.10' },
    { rule: '-m addrtype --src-type LOCAL', packet: tcp, failed: undefined },
    { rule: '-m set --match-set pods src', packet: tcp, failed: undefined },
    { rule: '-m set --match-set pods dst', packet: tcp, failed: '10.96.0.10' },
    { rule: '-m set ! --match-set pods src', packet: tcp, failed: '10.0.0.1' },
    { rule: '-m set ! --match-set pods dst', packet: tcp, failed: undefined },
    { rule: '-p esp', packet: tcp, failed: 'tcp' },
    { rule: '-m nfacct --nfacct-name counted', packet: tcp, failed: undefined },
  ])('$rule', ({ rule: text, packet, failed }) => {
    const outcome = tryRule(rule(`${text} -j ACCEPT`), packet, neverDraws, onNode)
    expect(outcome).toMatchObject(
      failed === undefined ? { kind: 'taken' } : { kind: 'skipped', because: { actual: failed } },
    )
  })
})

describe('a rule with something that is not modelled', () => {
  const withSet = rule('-p udp -m set --match-set blocked src -m udp --dport 53 -j DROP')

  test('is said to be not modelled where all else holds', () => {
    expect(tryRule(withSet, udp, neverDraws)).toEqual({
      kind: 'not-modelled',
      text: '-m set --match-set blocked src',
    })
  })

  test('is skipped where a match fails, before or after it', () => {
    expect(tryRule(withSet, tcp, neverDraws).kind).toBe('skipped')
    expect(tryRule(withSet, packetOf('udp 10.0.0.1:1 > 10.0.0.2:54'), neverDraws).kind).toBe('skipped')
  })

  test('is not modelled for its target alone', () => {
    expect(tryRule(rule('-j TPROXY --on-port 15001'), tcp, neverDraws)).toEqual({
      kind: 'not-modelled',
      text: '-j TPROXY --on-port 15001',
    })
  })
})

const onNode: Moment = {
  inInterface: 'cali1234',
  isLocal: (address) => address === ip('10.0.0.1'),
  ctStates: ['NEW'],
  recent: {},
  sets: { pods: { type: 'hash:net', version: 4, entries: ['10.0.0.0/24', '10.1.0.0/16'] } },
  now: 0,
}

function rule(text: string): Rule {
  const { ruleset, problems } = parseIptablesSave(`*filter\n:INPUT ACCEPT [0:0]\n-A INPUT ${text}\n`)
  const first = ruleset.tables[0]?.chains[0]?.rules[0]
  if (!first) throw new Error(JSON.stringify(problems))
  return first
}
