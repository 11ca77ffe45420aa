import { describe, expect, test } from 'vitest'
import { applyChapterFile, chapterLab } from '../trace/chapter-lab.fixture.ts'
import {
  applyText,
  calicoPool,
  fivePods,
  kernelLab,
  onlyNear,
  pool,
  serviceYaml,
} from '../trace/kernel-lab.fixture.ts'
import type { Lab } from '../lab.ts'
import { parseFile } from '../manifest/parse-file.ts'
import { sourceCell, type SourceCell, type SourceQuestion } from './source-cell.ts'
import { policyFieldOf, sourceVantages, trafficPolicies } from './source-vantages.ts'
import { whatWasSeen } from './what-was-seen.ts'

const modes = ['iptables', 'nftables', 'ipvs'] as const
const [host01, laptop, near, far] = ['192.168.61.11', '192.168.61.100', '172.31.1.2', '172.31.2.2']

type Asked = Omit<SourceQuestion, 'service'>

function cellIn(lab: Lab, asked: Asked, name = 'web'): SourceCell {
  const service = { kind: 'Service', namespace: 'default', name }
  return sourceCell(lab.cluster, lab.nowMs, { service, ...asked })
}

/** `reached: WHOM by CHAIN` where it was masqueraded, `reached: WHOM, kept`, `no: the rule that ended it`, or why nobody can ask so. */
function line(cell: SourceCell): string {
  if (cell.kind === 'none') return cell.reason.id
  const { reached, seen, decided } = cell
  if (decided?.kind === 'ended') return `${reached}: ${chainOf(decided.rule ?? decided.title.id)}`
  const by =
    decided?.kind === 'masqueraded' ? ` by ${chainOf((decided.marked ?? decided.by).text)}` : ', kept'
  return `${reached}: ${seen?.address ?? 'nobody'}${by}`
}

/** The chain of a rule; hashes differ from Service to Service. */
function chainOf(rule: string): string {
  const [chain = rule] = /^(?:-A )?(\S+)/.exec(rule)?.slice(1) ?? []
  return chain
    .replace(/^(KUBE-(?:SVC|SVL|SEP|EXT))-.*/, '$1')
    .replace(/^(service|local|external|endpoint)-.*/, '$1')
}

const balanced = () => kernelLab(...fivePods, pool, serviceYaml('type: LoadBalancer'))
const onOneNode = () =>
  kernelLab(...fivePods, onlyNear, serviceYaml('type: NodePort\nselector: { app: only }'))

describe('the Pod that was asked sees', () => {
  test.each([
    { vantage: 'pod-same-node', policy: 'Cluster', mode: 'iptables', sees: `yes: ${far}, kept` },
    { vantage: 'pod-other-node', policy: 'Cluster', mode: 'iptables', sees: `yes: ${far}, kept` },
    { vantage: 'self', policy: 'Cluster', mode: 'iptables', sees: `yes: ${host01} by KUBE-SEP` },
    { vantage: 'node', policy: 'Cluster', mode: 'iptables', sees: `yes: ${host01} by KUBE-SVC` },
    { vantage: 'node-port', policy: 'Cluster', mode: 'iptables', sees: `yes: ${host01} by KUBE-EXT` },
    { vantage: 'node-port', policy: 'Local', mode: 'iptables', sees: `yes: ${laptop}, kept` },
    { vantage: 'load-balancer', policy: 'Local', mode: 'iptables', sees: `yes: ${laptop}, kept` },
    { vantage: 'pod-same-node', policy: 'Local', mode: 'nftables', sees: `yes: ${far}, kept` },
    { vantage: 'self', policy: 'Cluster', mode: 'nftables', sees: `yes: ${host01} by endpoint` },
    { vantage: 'node', policy: 'Local', mode: 'nftables', sees: `yes: ${host01} by local` },
    { vantage: 'node-port', policy: 'Cluster', mode: 'nftables', sees: `yes: ${host01} by external` },
    { vantage: 'node-port', policy: 'Local', mode: 'nftables', sees: `yes: ${laptop}, kept` },
    { vantage: 'pod-other-node', policy: 'Cluster', mode: 'ipvs', sees: `yes: ${far}, kept` },
    { vantage: 'self', policy: 'Cluster', mode: 'ipvs', sees: `yes: ${host01} by KUBE-POSTROUTING` },
    { vantage: 'node-port', policy: 'Cluster', mode: 'ipvs', sees: `yes: ${host01} by KUBE-NODE-PORT` },
    { vantage: 'node-port', policy: 'Local', mode: 'ipvs', sees: `yes: ${laptop}, kept` },
  ] as const)('$sees ($vantage, $policy, $mode)', ({ sees, ...asked }) => {
    expect(line(cellIn(balanced(), asked))).toBe(sees)
  })

  test('the address of the node that answers for the balancer, whoever of the nodes that is', () => {
    const cell = cellIn(balanced(), { vantage: 'load-balancer', policy: 'Cluster', mode: 'iptables' })
    expect(line(cell)).toMatch(/^yes: 192\.168\.61\.1[12] by KUBE-EXT$/)
  })

  test('a node’s own address with its port changed where that node asks', () => {
    const cell = cellIn(balanced(), { vantage: 'node', policy: 'Cluster', mode: 'iptables' })
    if (cell.kind !== 'sent' || cell.decided?.kind !== 'masqueraded') throw new Error(line(cell))
    expect(cell.decided.by.text).toMatch(/-j MASQUERADE --random-fully$/)
  })
})

describe('a Service with endpoints on one node alone', () => {
  test.each([
    { vantage: 'pod-same-node', policy: 'Local', mode: 'iptables', is: `yes: ${near}, kept` },
    { vantage: 'pod-other-node', policy: 'Cluster', mode: 'iptables', is: `yes: ${far}, kept` },
    { vantage: 'pod-other-node', policy: 'Local', mode: 'iptables', is: 'no: KUBE-SERVICES' },
    {
      vantage: 'node-port-elsewhere',
      policy: 'Cluster',
      mode: 'iptables',
      is: 'yes: 192.168.61.12 by KUBE-EXT',
    },
    { vantage: 'node-port-elsewhere', policy: 'Local', mode: 'iptables', is: 'no: KUBE-EXTERNAL-SERVICES' },
    {
      vantage: 'node-port-elsewhere',
      policy: 'Cluster',
      mode: 'nftables',
      is: 'yes: 192.168.61.12 by external',
    },
    // Without a local endpoint IPVS takes all (kubernetes PR 97081): the Pod sees the client, whose answer comes past the node that rewrote.
    { vantage: 'node-port-elsewhere', policy: 'Local', mode: 'ipvs', is: `one-way: ${laptop}, kept` },
  ] as const)('$vantage with $policy in $mode: $is', ({ is, ...asked }) => {
    expect(line(cellIn(onOneNode(), asked))).toBe(is)
  })
})

describe('a source that was kept', () => {
  test('comes with each masquerade rule that was tried, and why it did not fit', () => {
    const cell = cellIn(balanced(), { vantage: 'pod-same-node', policy: 'Cluster', mode: 'iptables' })
    if (cell.kind !== 'sent' || cell.decided?.kind !== 'kept') throw new Error(line(cell))
    expect(cell.decided.tried.map(({ text, reason }) => `${chainOf(text)} ${reason.id}`)).toEqual([
      'KUBE-SVC reason.source-inside',
      'KUBE-SEP reason.source-outside',
    ])
  })

  test('is kept although natOutgoing is on, as the Service’s Pods are in the pool', () => {
    const lab = kernelLab(calicoPool(true), ...fivePods, serviceYaml(''))
    const asked = { vantage: 'pod-other-node', policy: 'Cluster', mode: 'iptables' } as const
    expect(line(cellIn(lab, asked))).toBe(`yes: ${far}, kept`)
  })
})

describe('a cell that cannot be', () => {
  test.each([
    { vantage: 'vip', policy: 'Cluster', because: 'no-vip' },
    { vantage: 'ingress', policy: 'Cluster', because: 'no-ingress' },
    { vantage: 'node-port', policy: 'Local', because: 'no-node-port' },
    { vantage: 'load-balancer', policy: 'Local', because: 'no-balancer-address' },
    { vantage: 'pod-other-node', policy: 'Local', because: 'local-stays' },
  ] as const)('says $because for $vantage', ({ because, ...asked }) => {
    const lab = kernelLab(...fivePods, serviceYaml(''))
    expect(line(cellIn(lab, { ...asked, mode: 'iptables' }))).toBe(`source.${because}`)
  })

  test('has no node without an endpoint where every node has one', () => {
    const asked = { vantage: 'node-port-elsewhere', policy: 'Cluster', mode: 'iptables' } as const
    expect(line(cellIn(balanced(), asked))).toBe('source.every-node-serves')
  })

  test('has no address to connect to for a headless Service', () => {
    const lab = kernelLab(...fivePods)
    applyText(
      lab,
      'h.yaml',
      'apiVersion: v1\nkind: Service\nmetadata: {name: h}\nspec: {clusterIP: None, selector: {app: web}, ports: [{port: 80}]}\n',
    )
    const asked = { vantage: 'self', policy: 'Cluster', mode: 'iptables' } as const
    expect(line(cellIn(lab, asked, 'h'))).toBe('source.no-cluster-ip')
  })
})

describe('a Service without endpoints', () => {
  test.each(modes)('is refused from everywhere inside in %s', (mode) => {
    const lab = kernelLab(...fivePods, serviceYaml('selector: { app: nobody }'))
    const cell = cellIn(lab, { vantage: 'pod-same-node', policy: 'Cluster', mode })
    expect([cell.kind === 'sent' && cell.verdict.kind, cell.kind === 'sent' && cell.reached]).toEqual([
      'refused',
      'no',
    ])
  })
})

/** The chapter with its node port, its Ingress and an address for the Service: everything that can be asked is there. */
function chapterWithAll(): Lab {
  const lab = chapterLab()
  const text = service('Cluster', 'Cluster')
  lab.apply(parseFile('nginx-service.yaml', text), text, { prune: true })
  applyChapterFile(lab, 'nginx-ingress.yaml')
  return lab
}

function service(internal: string, external: string): string {
  return `apiVersion: v1
kind: Service
metadata: { name: nginx }
spec:
  type: NodePort
  internalTrafficPolicy: ${internal}
  externalTrafficPolicy: ${external}
  selector: { app: nginx }
  ports: [{ port: 80, targetPort: 80, nodePort: 30080 }]
`
}

describe('through an Ingress', () => {
  test('the Pod sees the controller, and is told of the node that masqueraded (Cluster)', () => {
    const cell = cellIn(
      chapterWithAll(),
      { vantage: 'ingress', policy: 'Cluster', mode: 'iptables' },
      'nginx',
    )
    if (cell.kind !== 'sent') throw new Error(line(cell))
    const controller = chapterWithAll().cluster.pods.find(({ ref }) => ref.namespace === 'ingress-nginx')
    expect([cell.seen?.address, cell.controllerSaw?.address, cell.forwardedFor]).toEqual([
      controller?.ip,
      host01,
      host01,
    ])
    expect([cell.policyOf?.name, cell.decided?.kind]).toEqual(['ingress-nginx-controller', 'masqueraded'])
  })

  test('nobody is reached where the VIP’s node has no controller (Local)', () => {
    const cell = cellIn(chapterWithAll(), { vantage: 'ingress', policy: 'Local', mode: 'iptables' }, 'nginx')
    expect(line(cell)).toBe('no: KUBE-EXTERNAL-SERVICES')
  })

  test('the client is told of where the VIP’s node has one (Local)', () => {
    const lab = chapterWithAll()
    const deployment = { kind: 'Deployment', namespace: 'ingress-nginx', name: 'ingress-nginx-controller' }
    lab.scale(deployment, 3)
    const cell = cellIn(lab, { vantage: 'ingress', policy: 'Local', mode: 'iptables' }, 'nginx')
    if (cell.kind !== 'sent') throw new Error(line(cell))
    expect([cell.controllerSaw?.address, cell.forwardedFor, cell.decided?.kind]).toEqual([
      laptop,
      laptop,
      'kept',
    ])
  })
})

describe('every cell', () => {
  const questions = sourceVantages.flatMap((vantage) =>
    trafficPolicies.flatMap((policy) => modes.map((mode) => ({ vantage, policy, mode }))),
  )

  test.each(questions)('agrees with its request sent by hand ($vantage, $policy, $mode)', (asked) => {
    const lab = chapterWithAll()
    const cell = cellIn(lab, asked, 'nginx')
    if (cell.kind === 'none') return
    const byHand = typedBy(asked)
    const trace = byHand.send(cell.request)
    const seen = whatWasSeen(byHand.cluster, trace, asked.vantage === 'ingress')
    expect({
      verdict: trace.verdict,
      peer: seen.peer,
      endpoint: seen.endpoint?.ref.name,
      forwardedFor: seen.forwardedFor,
    }).toEqual({
      verdict: cell.verdict,
      peer: cell.seen,
      endpoint: cell.endpoint?.pod.name,
      forwardedFor: cell.forwardedFor,
    })
  })

  test.each(questions.filter(({ vantage }) => vantage !== 'ingress'))(
    'heeds one policy alone: with the other one changed the Pod sees the same ($vantage, $policy, $mode)',
    (asked) => {
      const lab = chapterWithAll()
      const isInternal = policyFieldOf(asked.vantage) === 'internalTrafficPolicy'
      const text = isInternal ? service('Cluster', 'Local') : service('Local', 'Cluster')
      lab.apply(parseFile('nginx-service.yaml', text), text, { prune: true })
      const seenIn = (cell: SourceCell) => (cell.kind === 'none' ? cell : { ...cell, decided: line(cell) })
      expect(seenIn(cellIn(lab, asked, 'nginx'))).toEqual(seenIn(cellIn(chapterWithAll(), asked, 'nginx')))
    },
  )
})

/** The chapter's cluster brought to a question's mode and policy as a person does it: by its files. */
function typedBy({ vantage, policy, mode }: Asked): Lab {
  const lab = chapterWithAll()
  const files = lab.files
    .filter(({ applied, patch }) => applied && patch === undefined)
    .map(({ name, text }) => ({ parsed: parseFile(name, text), text }))
  const change = lab.changeMode(files, mode)
  if (change.kind === 'edit') lab.apply(parseFile(change.file, change.text), change.text, { prune: true })
  if (vantage === 'ingress') {
    const system = files.find(({ parsed }) => parsed.file === 'system.yaml')?.text ?? ''
    const head = '  name: ingress-nginx-controller\n'
    const at = system.indexOf('  type: NodePort\n', system.indexOf(head))
    const text = `${system.slice(0, at)}  externalTrafficPolicy: ${policy}\n${system.slice(at)}`
    lab.apply(parseFile('system.yaml', text), text, { prune: true })
    return lab
  }
  const isInternal = policyFieldOf(vantage) === 'internalTrafficPolicy'
  const text = service(isInternal ? policy : 'Cluster', isInternal ? 'Cluster' : policy)
  lab.apply(parseFile('nginx-service.yaml', text), text, { prune: true })
  return lab
}
