import { describe, expect, test } from 'vitest'
import { ip } from '../network/address.ts'
import type { Packet, TcpFlag } from '../network/packet.ts'
import { emptyIpvs, loadsOf, withServers, type IpvsState } from './ipvs-state.ts'
import type { VirtualServerSpec } from './ipvs-server.ts'
import { packetLine, packetOf } from './packet-notation.ts'
import { passReply, passRequest, type IpvsPass } from './pass-ipvs.ts'
import { printIpvsadm, printIpvsConnections } from './print-ipvsadm.ts'

const spec = (...hosts: readonly number[]): VirtualServerSpec => ({
  address: ip('10.96.0.80'),
  port: 80,
  protocol: 'tcp',
  scheduler: 'rr',
  realServers: hosts.map((host) => ({ address: ip(`172.31.1.${host}`), port: 8080, weight: 1 })),
})

/** A segment; without flags a SYN. */
function tcp(from: string, to: string, ...flags: readonly TcpFlag[]): Packet {
  return packetOf(`tcp ${from} > ${to} ${flags.join(' ')}`)
}

const client = '172.31.2.2:40000'
const virtual = '10.96.0.80:80'

/** A host's IPVS that remembers from packet to packet; each call gives the packet as it left, or what became of it. */
function ipvsWith(...specs: readonly VirtualServerSpec[]) {
  let state: IpvsState = withServers(emptyIpvs, specs)
  let now = 0
  const take = (pass: IpvsPass) => {
    state = pass.state
    return 'packet' in pass.outcome ? packetLine(pass.outcome.packet) : pass.outcome.kind
  }
  return {
    request: (packet: Packet, isOld = false) => take(passRequest(state, packet, now, isOld)),
    reply: (packet: Packet) => take(passReply(state, packet, now)),
    want: (...next: readonly VirtualServerSpec[]) => {
      state = withServers(state, next)
    },
    wait: (seconds: number) => {
      now += seconds * 1000
    },
    weights: () => state.servers[0]?.realServers.map(({ address, weight }) => `${address} ${weight}`),
    loads: () =>
      state.servers.flatMap((server) =>
        loadsOf(state, server).map(({ active, inactive }) => `${active}/${inactive}`),
      ),
    list: () => printIpvsadm(state, now),
    connections: () => printIpvsConnections(state, now),
  }
}

describe('a connection through IPVS', () => {
  const host = ipvsWith(spec(11, 12))

  test('is given a real server by its first segment, and keeps it', () => {
    expect(host.request(tcp(client, virtual, 'SYN'))).toContain('172.31.1.11:8080')
    expect(host.request(tcp(client, virtual, 'ACK'), true)).toContain('172.31.1.11:8080')
    expect(host.request(tcp('172.31.2.2:40001', virtual, 'SYN'))).toContain('172.31.1.12:8080')
  })
  test('has the virtual server’s address in its replies', () => {
    expect(host.reply(tcp('172.31.1.11:8080', client, 'SYN', 'ACK'))).toContain('10.96.0.80:80')
  })
  test('takes no reply that belongs to none', () => {
    expect(host.reply(tcp('172.31.1.12:8080', client, 'SYN', 'ACK'))).toBe('ignored')
  })
  test('is active while it stands, inactive when it is closed, and gone two minutes later', () => {
    expect(host.loads()).toEqual(['1/0', '1/0'])
    host.request(tcp(client, virtual, 'FIN', 'ACK'), true)
    host.reply(tcp('172.31.1.11:8080', client, 'FIN', 'ACK'))
    expect(host.loads()).toEqual(['0/1', '1/0'])
    host.wait(121)
    host.request(tcp('172.31.2.2:40002', virtual, 'SYN'))
    expect(host.loads()).toEqual(['1/0', '0/0'])
  })
})

describe('IPVS', () => {
  test.each([
    {
      claim: 'leaves a segment that opens nothing to the host',
      packet: tcp(client, virtual, 'ACK'),
      seen: 'ignored',
    },
    {
      claim: 'leaves another port to the host',
      packet: tcp(client, '10.96.0.80:81', 'SYN'),
      seen: 'ignored',
    },
  ])('$claim', ({ packet, seen }) => {
    expect(ipvsWith(spec(11)).request(packet)).toBe(seen)
  })
  test('refuses where no real server may be chosen', () => {
    expect(ipvsWith(spec()).request(tcp(client, virtual, 'SYN'))).toBe('refused')
  })
  test('gives a new SYN of a closed connection another turn, but gives it up where conntrack still has the old one', () => {
    for (const isOld of [false, true]) {
      const host = ipvsWith(spec(11, 12))
      host.request(tcp(client, virtual, 'SYN'))
      host.request(tcp(client, virtual, 'FIN', 'ACK'))
      expect(host.request(tcp(client, virtual, 'SYN'), isOld)).toContain(isOld ? 'dropped' : '172.31.1.12')
    }
  })
  test('says a scheduler that it does not know', () => {
    expect(ipvsWith({ ...spec(11), scheduler: 'lblc' }).request(tcp(client, virtual, 'SYN'))).toBe(
      'not-modelled',
    )
  })
})

describe('a real server that is no longer wanted', () => {
  test('goes at once where it has no connection', () => {
    const host = ipvsWith(spec(11, 12))
    host.want(spec(12))
    expect(host.weights()).toEqual(['172.31.1.12 1'])
  })
  test('waits with weight 0 for its connections, and goes with the last', () => {
    const host = ipvsWith(spec(11, 12))
    host.request(tcp(client, virtual, 'SYN'))
    host.request(tcp(client, virtual, 'ACK'))
    host.want(spec(12))
    expect(host.weights()).toEqual(['172.31.1.11 0', '172.31.1.12 1'])
    expect(host.request(tcp(client, virtual, 'ACK'), true)).toContain('172.31.1.11')
    host.wait(901)
    host.request(tcp('172.31.2.2:40001', virtual, 'SYN'))
    expect(host.weights()).toEqual(['172.31.1.12 1'])
  })
  test('is wanted again as it was', () => {
    const host = ipvsWith(spec(11))
    host.request(tcp(client, virtual, 'SYN'))
    host.want(spec())
    host.want(spec(11))
    expect(host.weights()).toEqual(['172.31.1.11 1'])
  })
  test('leaves the turn with the one that had it, when others come', () => {
    const host = ipvsWith(spec(11, 12, 13))
    host.request(tcp('172.31.2.2:1001', virtual, 'SYN'))
    host.request(tcp('172.31.2.2:1002', virtual, 'SYN'))
    host.want(spec(11, 12, 13, 14))
    expect(host.request(tcp('172.31.2.2:1003', virtual, 'SYN'))).toContain('172.31.1.13')
  })
})

describe('ipvsadm', () => {
  const udp: VirtualServerSpec = { ...spec(), address: ip('10.96.0.10'), port: 53, protocol: 'udp' }
  const host = ipvsWith(udp, { ...spec(11), persistentSeconds: 60 })
  host.request(tcp(client, virtual, 'SYN'))

  test('lists TCP before UDP, real servers below', () => {
    expect(host.list()).toBe(
      [
        'IP Virtual Server version 1.2.1 (size=4096)',
        'Prot LocalAddress:Port Scheduler Flags',
        '  -> RemoteAddress:Port           Forward Weight ActiveConn InActConn',
        'TCP  10.96.0.80:80 rr persistent 60',
        '  -> 172.31.1.11:8080             Masq    1      1          0         ',
        'UDP  10.96.0.10:53 rr',
        '',
      ].join('\n'),
    )
  })
  test('-c lists the template before the connection that it made', () => {
    expect(host.connections().split('\n').slice(2, 4)).toEqual([
      'TCP 01:00   NONE        172.31.2.2:0       10.96.0.80:80      172.31.1.11:8080',
      'TCP 01:00   SYN_RECV    172.31.2.2:40000   10.96.0.80:80      172.31.1.11:8080',
    ])
  })
})
