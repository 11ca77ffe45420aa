/** `sctp://host:port`: an association through rules, conntrack and silence. */
import { describe, expect, test } from 'vitest'
import type { Lab } from '../lab.ts'
import { request } from './chapter-lab.fixture.ts'
import { applyText, fivePods, kernelLab, outcome } from './kernel-lab.fixture.ts'

const pods = fivePods.map((text) => text.replace('80/TCP', '80/TCP, 38412/SCTP'))
const near = 'pod/default/near'

function service(name: string, address: string, app: string, spec = '', port = '38412'): string {
  return `apiVersion: v1
kind: Service
metadata: { name: ${name} }
spec:
  clusterIP: ${address}
  selector: { app: ${app} }
  ports: [{ name: amf, protocol: SCTP, port: ${port}${spec.includes('NodePort') ? ', nodePort: 30412' : ''} }]
  ${spec}
`
}

const amf = service('amf', '10.96.0.80', 'web', 'type: NodePort')
const nobody = service('nobody', '10.96.0.81', 'nobody')

const mode = (lab: Lab, proxy: string) =>
  applyText(
    lab,
    'mode.yaml',
    `apiVersion: kubeproxy.config.k8s.io/v1alpha1\nkind: KubeProxyConfiguration\nmode: ${proxy}\nclusterCIDR: 172.31.0.0/16\n`,
  )

function labIn(proxy: string): Lab {
  const lab = kernelLab(...pods, amf, nobody)
  if (proxy !== 'iptables') mode(lab, proxy)
  return lab
}

describe.each(['iptables', 'nftables', 'ipvs'])('an association in %s mode', (proxy) => {
  const lab = labIn(proxy)
  const seen = (from: string, url: string) => {
    const lines = Array.from({ length: 40 }, (_, seed) => outcome(lab.send({ ...request(from, url), seed })))
    return [...new Set(lines)].toSorted()
  }

  test('to a ClusterIP reaches a Pod, which sees the client', () => {
    const each = seen(near, 'sctp://10.96.0.80:38412')
    expect(each.length).toBeGreaterThan(proxy === 'ipvs' ? 0 : 3)
    for (const line of each) expect(line).toMatch(/^web-\d saw 172\.31\.1\.2, port kept$/)
  })

  test('to a node port is masqueraded', () => {
    for (const line of seen('laptop', 'sctp://192.168.61.11:30412'))
      expect(line).toMatch(/^web-\d saw 192\.168\.61\.11, another port$/)
  })
})

describe('an association', () => {
  test('is told chunk by chunk, and ends green', () => {
    const { hops, verdict } = labIn('iptables').send(request(near, 'sctp://10.96.0.80:38412'))
    expect(verdict.kind).toBe('answered')
    expect(hops.map(({ title }) => title.id).filter((id) => /send|sctp/.test(id))).toEqual([
      'hop.send.title',
      'hop.sctp-init-ack.title',
      'hop.sctp-associated.title',
      'hop.sctp-shutdown.title',
    ])
  })

  test('goes through conntrack’s states', () => {
    const lab = labIn('iptables')
    lab.send(request(near, 'sctp://10.96.0.80:38412'))
    expect(lab.conntrack('host01')).toMatch(
      /^sctp {5}132 \d+ (CLOSED|SHUTDOWN_ACK_SENT) src=172\.31\.1\.2 dst=10\.96\.0\.80 sport=\d+ dport=38412 src=172\.31\.\d\.1\d dst=172\.31\.1\.2 sport=38412 .*\[ASSURED\]/,
    )
  })

  test('is refused with ABORT where nobody listens on that port of SCTP', () => {
    const { verdict, hops } = labIn('iptables').send(request(near, 'sctp://172.31.2.14:80'))
    expect(verdict.kind).toBe('refused')
    const abort = hops.find(({ title }) => title.id === 'hop.sctp-abort.title')
    expect(abort?.evidence[0]?.candidates.map(({ name, verdict: each }) => `${name} ${each}`)).toEqual([
      '0.0.0.0:80/TCP web lost',
      '0.0.0.0:38412/SCTP web lost',
      '0.0.0.0:5353/UDP web lost',
    ])
  })

  test('is not ended by a REJECT: INIT is sent again, and the client gives up after five minutes and a half', () => {
    const { verdict, hops, result } = labIn('iptables').send(request(near, 'sctp://10.96.0.81:38412'))
    expect(hops.map(({ title }) => title.id)).toEqual(
      expect.arrayContaining(['hop.heard-by-sctp.title', 'hop.retransmit.title', 'hop.sctp-gave-up.title']),
    )
    expect(verdict.kind).toBe('timed-out')
    expect(result).toMatchObject({ kind: 'connect-failed', error: 'timed-out', afterMs: 333_000 })
  })

  test('waits no longer than its program', () => {
    const { result } = labIn('iptables').send({
      ...request(near, 'sctp://10.96.0.99:38412'),
      timeoutMs: 5000,
    })
    expect(result).toMatchObject({ error: 'timed-out', afterMs: 5000 })
  })

  test('is refused at once by a rule that says protocol unreachable', () => {
    const lab = labIn('iptables')
    const text = lab
      .iptablesSave('host01')
      .replace(
        /(?<=\*filter\n(?::.*\n)*)(?=-A )/,
        '-A FORWARD -p sctp -j REJECT --reject-with icmp-proto-unreachable\n',
      )
    expect(lab.pasteRules('host01.iptables-save', text).diagnostics).toEqual([])
    expect(lab.send(request(near, 'sctp://10.96.0.80:38412')).verdict.kind).toBe('refused')
  })
})
