import { describe, expect, test } from 'vitest'
import { parseIptablesSave } from './parse-iptables-save.ts'
import { printIptablesSave, printRule } from './print-iptables-save.ts'

describe('a rule as it is sent prints as iptables-save 1.8.9 printed it', () => {
  test.each([
    [
      '-m comment --comment "ns6/svc6:p80 has no endpoints" -m tcp -p tcp -d 172.30.0.46 --dport 80 -j REJECT',
      '-d 172.30.0.46/32 -p tcp -m comment --comment "ns6/svc6:p80 has no endpoints" -m tcp --dport 80 -j REJECT --reject-with icmp-port-unreachable',
    ],
    [
      '-d 127.0.0.0/8 ! -s 127.0.0.0/8 -m conntrack ! --ctstate RELATED,ESTABLISHED,DNAT -j DROP',
      '! -s 127.0.0.0/8 -d 127.0.0.0/8 -m conntrack ! --ctstate RELATED,ESTABLISHED,DNAT -j DROP',
    ],
    ['-m conntrack --ctstate DNAT,SNAT,NEW,INVALID', '-m conntrack --ctstate INVALID,NEW,SNAT,DNAT'],
    ['-j MARK --or-mark 0x00004000', '-j MARK --set-xmark 0x4000/0x4000'],
    ['-j MARK --xor-mark 0x4000', '-j MARK --set-xmark 0x4000/0x0'],
    ['-j MARK --set-mark 0x4000', '-j MARK --set-xmark 0x4000/0xffffffff'],
    ['-j MARK --and-mark 0xff', '-j MARK --set-xmark 0x0/0xffffff00'],
    [
      '-m statistic --mode random --probability 0.3333333333 -j CHAIN',
      '-m statistic --mode random --probability 0.33333333349 -j CHAIN',
    ],
    ['-m statistic --mode nth --every 3 --packet 1', '-m statistic --mode nth --every 3 --packet 1'],
    ['-m recent --name X --set', '-m recent --set --name X --mask 255.255.255.255 --rsource'],
    [
      '-m recent --name X --rcheck --seconds 10800 --reap',
      '-m recent --rcheck --seconds 10800 --reap --name X --mask 255.255.255.255 --rsource',
    ],
    [
      '-s fd00::1 -m recent --name X --set',
      '-s fd00::1/128 -m recent --set --name X --mask ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff --rsource',
    ],
    ['-m comment --comment ns/svc', '-m comment --comment "ns/svc"'],
    ['-m comment --comment plain_word-1', '-m comment --comment plain_word-1'],
    [String.raw`-m comment --comment "a\"b'c\\d"`, String.raw`-m comment --comment "a\"b\'c\\d"`],
    ['-p 6 --dport 80', '-p tcp -m tcp --dport 80'],
    ['-p tcp -m tcp ! --sport 5 --dport 1:20', '-p tcp -m tcp ! --sport 5 --dport 1:20'],
    ['-i lo -p tcp --dport 0:65535', '-i lo -p tcp -m tcp'],
    ['-p tcp -m multiport ! --dports 80,1000:2000', '-p tcp -m multiport ! --dports 80,1000:2000'],
    ['-p icmp -m icmp --icmp-type echo-request', '-p icmp -m icmp --icmp-type 8'],
    ['-p icmpv6 -m icmp6 --icmpv6-type 128', '-p ipv6-icmp -m icmp6 --icmpv6-type 128'],
    ['-s 10.1.2.3/255.255.0.0 -j RETURN', '-s 10.1.0.0/16 -j RETURN'],
    ['-s 0.0.0.0/0 -g CHAIN', '-g CHAIN'],
    ['-m nfacct --nfacct-name counted', '-m nfacct --nfacct-name  counted'],
    [
      '-m set ! --match-set cali40all-ipam-pools dst -m set --match-set cali40masq-ipam-pools src',
      '-m set ! --match-set cali40all-ipam-pools dst -m set --match-set cali40masq-ipam-pools src',
    ],
    ['-j DNAT --to-destination 10.0.0.1:80', '-j DNAT --to-destination 10.0.0.1:80'],
    ['-j DNAT --to-destination [fd00::1]:80', '-j DNAT --to-destination [fd00::1]:80'],
    ['-j MASQUERADE --random-fully', '-j MASQUERADE --random-fully'],
    ['-j REDIRECT --to-ports 15001', '-j REDIRECT --to-ports 15001'],
  ])('%s', (sent, printed) => {
    expect(reprinted(sent)).toBe(`-A INPUT ${printed}`)
  })
})

describe('what is not understood is kept as it stands', () => {
  test.each([
    '-m set --match-set cali40all-hosts-net src,dst',
    '-m set --match-set cali40all-hosts-net src --return-nomatch',
    '-p tcp -m tcp --tcp-flags FIN,SYN,RST,ACK SYN',
    '-m rpfilter --validmark --invert',
    '-m addrtype --dst-type LOCAL --limit-iface-in',
    '-m comment --comment "cali:abc" -m set ! --match-set x dst,dst -j CHAIN',
    '-m mark --mark 0x5 -j LOG --log-prefix "a b"',
    '-j CT --notrack',
    '-j SNAT --to-source 1.2.3.4-1.2.3.9',
    '-p esp -j ACCEPT',
    '-p tcp -f -j ACCEPT',
  ])('%s', (text) => {
    expect(reprinted(text)).toBe(`-A INPUT ${text}`)
  })
})

describe('a line that cannot be read is a problem, and the lines around it are read', () => {
  test.each([
    ['-A NOWHERE -j ACCEPT', 'no chain NOWHERE was declared before'],
    ['-A INPUT -m comment --comment "open', 'a quote is not closed'],
    ['-A INPUT stray -j ACCEPT', 'a word belongs to no option'],
    ['-A INPUT -s 10.0.0.300 -j ACCEPT', 'an address, interface or protocol cannot be read'],
    ['-I INPUT -j ACCEPT', 'neither a chain nor a rule'],
    ['hello', 'neither a chain nor a rule'],
  ])('%s', (line, detail) => {
    const text = `*filter\n:INPUT ACCEPT [0:0]\n${line}\n-A INPUT -j DROP\nCOMMIT\n`
    const { ruleset, problems } = parseIptablesSave(text)
    expect(problems).toEqual([{ line: 3, text: line, detail }])
    expect(ruleset.tables[0]?.chains[0]?.rules).toEqual([{ matches: [], target: { kind: 'DROP' } }])
  })

  test('outside any table too', () => {
    expect(parseIptablesSave('-A INPUT -j DROP\n*broute\n').problems).toMatchObject([
      { line: 1, detail: 'stands in no table' },
      { line: 2, detail: 'no such table' },
    ])
  })
})

describe('a whole text', () => {
  test('comes back unchanged, counters and comment lines read over', () => {
    const { ruleset, problems } = parseIptablesSave(saved)
    expect(problems).toEqual([])
    expect(printIptablesSave(ruleset, { version: '1.8.9 (nf_tables)', printedAt })).toBe(
      saved.replaceAll(/\[\d+:\d+\] -A/g, '-A').replaceAll(/\[\d+:\d+\]/g, '[0:0]'),
    )
  })

  test('shows counters of rules and policies where they are asked for', () => {
    const counters = {
      'filter INPUT 0': { packets: 5, bytes: 300 },
      'filter INPUT 1': { packets: 2, bytes: 120 },
    }
    const { ruleset } = parseIptablesSave('*filter\n:INPUT ACCEPT [0:0]\n-A INPUT -j RETURN\n-A INPUT\n')
    const lines = printIptablesSave(ruleset, { version: 'x', printedAt, counters }).split('\n')
    expect(lines.slice(2, 5)).toEqual([
      ':INPUT ACCEPT [5:300]',
      '[2:120] -A INPUT -j RETURN',
      '[0:0] -A INPUT',
    ])
  })

  test('a chain that is deleted at the end is gone', () => {
    const { ruleset } = parseIptablesSave('*nat\n:KUBE-SVC-OLD - [0:0]\n-X KUBE-SVC-OLD\nCOMMIT\n')
    expect(ruleset.tables).toEqual([{ name: 'nat', chains: [] }])
  })
})

const printedAt = 'Wed Nov 25 01:12:33 2026'

const saved = `# Generated by iptables-save v1.8.9 (nf_tables) on ${printedAt}
*mangle
:PREROUTING ACCEPT [7:420]
:FORWARD ACCEPT [0:0]
:KUBE-PROXY-CANARY - [0:0]
COMMIT
# Completed on ${printedAt}
# Generated by iptables-save v1.8.9 (nf_tables) on ${printedAt}
*nat
:PREROUTING ACCEPT [1:60]
:POSTROUTING ACCEPT [0:0]
:KUBE-MARK-MASQ - [0:0]
:KUBE-SERVICES - [0:0]
[3:180] -A PREROUTING -m comment --comment "kubernetes service portals" -j KUBE-SERVICES
[0:0] -A KUBE-MARK-MASQ -j MARK --set-xmark 0x4000/0x4000
[0:0] -A KUBE-SERVICES ! -s 172.31.0.0/16 -d 10.96.0.1/32 -p tcp -m tcp --dport 443 -j KUBE-MARK-MASQ
COMMIT
# Completed on ${printedAt}
`

function reprinted(text: string): string {
  const { ruleset, problems } = parseIptablesSave(
    `*filter\n:INPUT ACCEPT [0:0]\n:CHAIN - [0:0]\n-A INPUT ${text}\n`,
  )
  expect(problems).toEqual([])
  const rule = ruleset.tables[0]?.chains[0]?.rules[0]
  return rule ? printRule('INPUT', rule) : ''
}
