/** What the rules of real nodes do beside kube-proxy's: Calico's, Docker's, a mesh's. */
import { describe, expect, test } from 'vitest'
import { openStream } from '../draw.ts'
import { ip } from '../network/address.ts'
import type { HookContext } from './evaluation.ts'
import { packetLine, packetOf } from './packet-notation.ts'
import type { Sender } from './sender.ts'
import { testHost, ways } from './test-host.ts'

const hostWith = (rules: string) => testHost(rules, openStream(1, 'rules'))
const filterWith = (...rules: readonly string[]) =>
  hostWith(`*filter\n:INPUT DROP [0:0]\n${rules.map((rule) => `-A INPUT ${rule}\n`).join('')}COMMIT\n`)
const syn = packetOf('tcp 10.0.0.7:40000 > 192.168.61.11:80')

describe('a rule of filter', () => {
  test.each<{ rule: string; packet: string; on?: Partial<HookContext>; verdict: 'accept' | 'drop' }>([
    { rule: '-p tcp -m tcp --syn', packet: 'tcp 10.0.0.7:1 > 192.168.61.11:80 SYN', verdict: 'accept' },
    { rule: '-p tcp -m tcp --syn', packet: 'tcp 10.0.0.7:1 > 192.168.61.11:80 SYN ACK', verdict: 'drop' },
    {
      rule: '-p tcp -m tcp --tcp-flags FIN,SYN FIN,SYN',
      packet: 'tcp 10.0.0.7:1 > 192.168.61.11:80 SYN',
      verdict: 'drop',
    },
    {
      rule: '-m addrtype --dst-type LOCAL,MULTICAST',
      packet: 'udp 10.0.0.7:1 > 224.0.0.1:5',
      verdict: 'accept',
    },
    { rule: '-m addrtype --src-type UNICAST', packet: 'udp 10.0.0.7:1 > 192.168.61.11:5', verdict: 'accept' },
    { rule: '-m pkttype --pkt-type unicast', packet: 'udp 10.0.0.7:1 > 192.168.61.11:5', verdict: 'accept' },
    { rule: '-m pkttype ! --pkt-type unicast', packet: 'udp 10.0.0.7:1 > 192.168.61.11:5', verdict: 'drop' },
    { rule: '-m physdev ! --physdev-is-in', packet: 'udp 10.0.0.7:1 > 192.168.61.11:5', verdict: 'accept' },
    { rule: '-m physdev --physdev-in eth1', packet: 'udp 10.0.0.7:1 > 192.168.61.11:5', verdict: 'drop' },
    {
      rule: '-p icmp -m icmp --icmp-type any',
      packet: 'icmp 10.0.0.7 > 192.168.61.11 8/0 id 1',
      verdict: 'accept',
    },
    {
      rule: '-m conntrack --ctdir ORIGINAL --ctorigdstport 80 --ctorigdst 192.168.61.0/24 ! --ctproto 17',
      packet: 'tcp 10.0.0.7:1 > 192.168.61.11:80',
      verdict: 'accept',
    },
    {
      rule: '-m conntrack --ctstatus ASSURED',
      packet: 'tcp 10.0.0.7:1 > 192.168.61.11:80',
      verdict: 'drop',
    },
    { rule: '-m state --state NEW', packet: 'tcp 10.0.0.7:1 > 192.168.61.11:80', verdict: 'accept' },
    {
      rule: '-m rpfilter',
      packet: 'tcp 10.0.0.7:1 > 192.168.61.11:80',
      on: { inInterface: 'eth0', routeTo: () => 'eth0' },
      verdict: 'accept',
    },
    {
      rule: '-m rpfilter --validmark --invert',
      packet: 'tcp 10.0.0.7:1 > 192.168.61.11:80',
      on: { inInterface: 'cali1', routeTo: () => 'eth0' },
      verdict: 'accept',
    },
    {
      rule: '-m addrtype ! --dst-type LOCAL --limit-iface-in',
      packet: 'tcp 10.0.0.7:1 > 192.168.61.11:80',
      on: { inInterface: 'eth1', isLocal: (_, name) => name === undefined || name === 'eth0' },
      verdict: 'accept',
    },
  ])('$rule is a matter of $verdict for $packet', ({ rule, packet, on = {}, verdict }) => {
    const { passes } = filterWith(`${rule} -j ACCEPT`).send(packetOf(packet), ['INPUT'], on)
    expect(passes.at(-1)?.verdict.kind).toBe(verdict)
  })

  test.each<{ readonly rule: string; readonly sender: Sender; readonly verdict: string }>([
    { rule: '--uid-owner 1337', sender: { kind: 'process', uid: 1337, gid: 0 }, verdict: 'accept' },
    { rule: '--uid-owner 1337', sender: { kind: 'process', uid: 0, gid: 1337 }, verdict: 'drop' },
    { rule: '! --uid-owner 1000-2000', sender: { kind: 'process', uid: 1500, gid: 0 }, verdict: 'drop' },
    { rule: '! --uid-owner 1000-2000', sender: { kind: 'process', uid: 2001, gid: 0 }, verdict: 'accept' },
    {
      rule: '--uid-owner 1337 ! --gid-owner 0',
      sender: { kind: 'process', uid: 1337, gid: 0 },
      verdict: 'drop',
    },
    { rule: '--socket-exists', sender: { kind: 'unknown' }, verdict: 'accept' },
    { rule: '--gid-owner 0', sender: { kind: 'unknown' }, verdict: 'unknown' },
    { rule: '--uid-owner 0', sender: { kind: 'kernel' }, verdict: 'drop' },
    { rule: '! --uid-owner 0', sender: { kind: 'kernel' }, verdict: 'accept' },
    { rule: '--socket-exists', sender: { kind: 'kernel' }, verdict: 'accept' },
    { rule: '! --socket-exists', sender: { kind: 'elsewhere' }, verdict: 'accept' },
    { rule: '! --socket-exists --uid-owner 0', sender: { kind: 'elsewhere' }, verdict: 'drop' },
  ])('-m owner $rule is a matter of $verdict for $sender', ({ rule, sender, verdict }) => {
    const host = testHost(
      `*filter\n:OUTPUT DROP [0:0]\n-A OUTPUT -m owner ${rule} -j ACCEPT\nCOMMIT\n`,
      () => 0,
    )
    expect(host.send(syn, ['OUTPUT'], { sender }).passes[0]?.verdict.kind).toBe(verdict)
  })

  test('is said to be beyond us where only the sending process can tell', () => {
    const { passes } = filterWith('-m owner --uid-owner 1337 -j ACCEPT').send(syn, ['INPUT'])
    expect(passes[0]?.verdict).toMatchObject({ kind: 'unknown', text: '-m owner --uid-owner 1337' })
  })

  test('that cannot decide anything is passed, and said all the same', () => {
    const { passes } = filterWith('-m limit --limit 5/min -j LOG --log-prefix "x "', '-j ACCEPT').send(syn, [
      'INPUT',
    ])
    expect(passes[0]?.verdict.kind).toBe('accept')
    expect(passes[0]?.tried().map(({ outcome }) => outcome.kind)).toEqual(['not-modelled', 'taken'])
  })

  test('takes every third packet with nth, beginning at the one it names', () => {
    const host = filterWith('-m statistic --mode nth --every 3 --packet 1 -j ACCEPT')
    const verdicts = Array.from({ length: 6 }, () => host.send(syn, ['INPUT']).line === 'drop')
    expect(verdicts).toEqual([true, false, true, true, false, true])
  })

  test('refuses the fourth connection within a minute, and forgets', () => {
    const host = filterWith(
      '-m recent --update --seconds 60 --hitcount 4 --name SSH --rsource -j DROP',
      '-m recent --set --name SSH --rsource -j ACCEPT',
    )
    const arrive = () => host.send(syn, ['INPUT']).line !== 'drop'
    expect([arrive(), arrive(), arrive(), arrive(), arrive()]).toEqual([true, true, true, true, false])
    host.wait(61_000)
    expect(arrive()).toBe(true)
  })

  test('remembers a whole subnet where the mask says so', () => {
    const host = filterWith(
      '-m recent --remove --name N --mask 255.255.255.0 --rsource -j ACCEPT',
      '-m recent --set --name N --mask 255.255.255.0 --rsource -j DROP',
    )
    host.send(syn, ['INPUT'])
    const neighbour = packetOf('tcp 10.0.0.99:40000 > 192.168.61.11:80')
    expect([host.send(neighbour, ['INPUT']).line, host.send(neighbour, ['INPUT']).line]).toEqual([
      packetLine(neighbour),
      'drop',
    ])
  })
})

/** Six datagrams over loopback each, sent to a Linux kernel with these rules: `-` accepted, `x` dropped. */
describe('as a kernel answered', () => {
  const rules = `
*raw
:OUTPUT ACCEPT [0:0]
-A OUTPUT -p udp --dport 17 -j NOTRACK
-A OUTPUT -p udp --dport 20 -j NOTRACK
COMMIT
*filter
:INPUT ACCEPT [0:0]
-A INPUT -p udp --dport 10 -m statistic --mode nth --every 3 --packet 1 -j DROP
-A INPUT -p udp --dport 11 -m recent --update --seconds 60 --hitcount 4 --name SSH --rsource -j DROP
-A INPUT -p udp --dport 11 -m recent --set --name SSH --rsource -j ACCEPT
-A INPUT -p udp --dport 12 -m recent --remove --name N --mask 255.255.255.0 --rsource -j ACCEPT
-A INPUT -p udp --dport 12 -m recent --set --name N --mask 255.255.255.0 --rsource -j DROP
-A INPUT -p udp --dport 13 -m conntrack --ctdir ORIGINAL --ctorigdstport 13 ! --ctproto 6 -j DROP
-A INPUT -p udp --dport 14 -m conntrack --ctstatus NONE -j DROP
-A INPUT -p udp --dport 15 -m conntrack ! --ctstatus NONE -j DROP
-A INPUT -p udp --dport 16 -m addrtype --dst-type UNICAST -j DROP
-A INPUT -p udp --dport 17 -m connmark ! --mark 0x5 -j DROP
-A INPUT -p udp --dport 18 -m physdev ! --physdev-is-in -j DROP
-A INPUT -p udp --dport 19 -m pkttype --pkt-type unicast -j DROP
-A INPUT -p udp --dport 20 -m conntrack --ctdir ORIGINAL -j DROP
COMMIT
`
  test.each([
    [10, '-x--x-'],
    [11, '----xx'],
    [12, 'x-x-x-'],
    [13, 'xxxxxx'],
    [14, '------'],
    [15, 'xxxxxx'],
    [16, '------'],
    [17, '------'],
    [18, 'xxxxxx'],
    [19, 'xxxxxx'],
    [20, '------'],
  ])('port %i: %s', (port, answers) => {
    const host = hostWith(rules)
    const packet = packetOf(`udp 127.0.0.1:40000 > 127.0.0.1:${port}`)
    const way = ['OUTPUT', 'POSTROUTING', 'PREROUTING', 'INPUT'] as const
    const sent = Array.from({ length: 6 }, () => host.send(packet, way, { inInterface: 'lo' }).line)
    expect(sent.map((line) => (line === 'drop' ? 'x' : '-')).join('')).toBe(answers)
  })
})

describe('a connection’s mark', () => {
  const rules = `
*mangle
:PREROUTING ACCEPT [0:0]
:OUTPUT ACCEPT [0:0]
-A PREROUTING -j MARK --set-xmark 0x539/0xffffffff
-A PREROUTING -m conntrack --ctstate NEW -j CONNMARK --save-mark --nfmask 0xffff --ctmask 0xffff
-A OUTPUT -m connmark --mark 0x539/0xffff -j CONNMARK --restore-mark --nfmask 0xff --ctmask 0xff
COMMIT
`
  test('is saved with the first packet, shown by conntrack, and restored to the answer', () => {
    const host = hostWith(rules)
    host.send(syn, ways.in)
    expect(host.state().conntrack.entries.map(({ mark }) => mark)).toEqual([0x539])
    const answer = host.send(packetOf('tcp 192.168.61.11:80 > 10.0.0.7:40000 SYN ACK'), ['OUTPUT'])
    expect(answer.packet.mark).toBe(0x39)
  })
})

describe('a packet whose tracking a rule of raw turned off', () => {
  const rules = `
*raw
:PREROUTING ACCEPT [0:0]
-A PREROUTING -p udp -j NOTRACK
COMMIT
*nat
:PREROUTING ACCEPT [0:0]
-A PREROUTING -j DNAT --to-destination 172.31.0.5
COMMIT
*filter
:FORWARD DROP [0:0]
-A FORWARD -m conntrack --ctstate UNTRACKED -j ACCEPT
COMMIT
`
  test('is UNTRACKED, passes nat untouched, and leaves no entry', () => {
    const host = hostWith(rules)
    const packet = packetOf('udp 10.0.0.7:40000 > 10.96.0.10:53')
    expect(host.send(packet, ways.forward).line).toBe(packetLine(packet))
    expect(host.state().conntrack.entries).toEqual([])
  })

  test('is the only one: others are translated', () => {
    const sent = hostWith(rules).send(syn, ['PREROUTING'])
    expect(sent.packet.dst).toBe(ip('172.31.0.5'))
  })
})

describe('nat to a range', () => {
  const rewritten = (target: string, packet: string) =>
    hostWith(`*nat\n:PREROUTING ACCEPT [0:0]\n-A PREROUTING -j ${target}\nCOMMIT\n`).send(packetOf(packet), [
      'PREROUTING',
    ]).line

  test('keeps a port that lies within', () => {
    expect(rewritten('DNAT --to-destination 172.31.0.5:80-90', 'tcp 10.0.0.7:1000 > 10.96.0.10:85')).toBe(
      'tcp 10.0.0.7:1000 > 172.31.0.5:85',
    )
  })

  test('chooses one within where the port lies outside', () => {
    expect(rewritten('DNAT --to-destination 172.31.0.5:80-90', 'tcp 10.0.0.7:1000 > 10.96.0.10:443')).toMatch(
      /> 172\.31\.0\.5:(8\d|90)$/,
    )
  })

  test('masquerades with the ports that the rule allows', () => {
    const host = hostWith(
      '*nat\n:POSTROUTING ACCEPT [0:0]\n-A POSTROUTING -p tcp -j MASQUERADE --to-ports 2000-2010\nCOMMIT\n',
    )
    expect(host.send(packetOf('tcp 10.0.0.7:40000 > 1.1.1.1:80'), ways.forward).line).toMatch(
      /^tcp 192\.168\.61\.11:20(0\d|10) > 1\.1\.1\.1:80$/,
    )
  })
})
