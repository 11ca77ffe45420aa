import { expect, test } from 'vitest'
import { differenceIds, knownDifferences, type DifferenceId } from '../known-differences.ts'
import { parseFile } from '../manifest/parse-file.ts'
import { applyChapterFile, chapterLab, request } from './chapter-lab.fixture.ts'
import { applyText, fivePods, kernelLab, pool, sendTo, serviceYaml } from './kernel-lab.fixture.ts'
import type { Trace } from './trace.ts'

const pod = 'pod/default/pod'

/** Traces that between them meet every difference that a step can have. */
function manyTraces(): readonly Trace[] {
  const chapter = chapterLab()
  const send = (url: string, from = pod) => chapter.send(request(from, url))
  const overlayIn = (mode: string) => {
    const lab = chapterLab()
    applyChapterFile(lab, 'cluster.yaml', (text) => text.replace('vxlanMode: CrossSubnet', mode))
    return lab.send(http)
  }
  const ipvs = chapterLab()
  applyChapterFile(ipvs, 'cluster.yaml', (text) => text.replace('mode: iptables', 'mode: ipvs'))
  const nobody = kernelLab(...fivePods, serviceYaml('selector: { app: nobody }'))
  const bare = chapterLab()
  applyText(
    bare,
    'bare.yaml',
    'apiVersion: v1\nkind: Pod\nmetadata: { name: bare }\nspec: { containers: [{ name: a, image: nginx }] }\n',
  )
  const address = bare.cluster.pods.find(({ ref }) => ref.name === 'bare')?.ip ?? ''
  const http = request(pod, 'http://nginx/')
  const connected = chapter.send(http).hops.find((hop) => hop.title.id === 'hop.choose.title')?.index ?? 0
  const nginx = chapter.cluster.pods.filter(({ ref }) => ref.name.startsWith('nginx-')).map(({ ref }) => ref)
  const deletedBefore = (beforeHop: number) =>
    chapterLab().send({
      ...http,
      interruptions: nginx.map(({ namespace, name }) => ({ beforeHop, deletePod: { namespace, name } })),
    })
  const ingress = (text: (yaml: string) => string) => {
    const lab = chapterLab()
    applyChapterFile(lab, 'nginx-ingress.yaml', text)
    return lab.send(request('laptop', 'http://192.168.61.10/', { headers: [['Host', 'web01']] }))
  }
  const unknown = chapterLab()
  const [tables = '', filter = ''] = unknown.iptablesSave('host01').split(/^(?=\*filter$)/m)
  for (const node of ['host01', 'host02', 'host03'])
    unknown.pasteRules(
      `${node}.iptables-save`,
      tables + filter.replace(/^(?=-A )/m, '-A FORWARD -j NFQUEUE --queue-num 0\n'),
    )
  const plugin = chapterLab()
  applyChapterFile(plugin, 'system.yaml', (text) =>
    text.replace(/^( *)kubernetes /m, '$1autopath @kubernetes\n$&'),
  )
  const rotating = chapterLab()
  applyText(
    rotating,
    'rotating.yaml',
    'apiVersion: v1\nkind: Pod\nmetadata: { name: rotating }\nspec: { dnsConfig: { options: [{ name: rotate }] }, containers: [{ name: a, image: nginx }] }\n',
  )
  applyText(
    rotating,
    'meshed.yaml',
    'apiVersion: v1\nkind: Pod\nmetadata: { name: meshed }\nspec: { initContainers: [{ name: istio-init, image: "istio/proxyv2:1.24.0" }], containers: [{ name: a, image: nginx }] }\n',
  )
  const policy =
    'apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: { name: none }\nspec: { podSelector: {} }\n'
  rotating.apply(parseFile('policy.yaml', policy), policy)
  const balanced = kernelLab(...fivePods, pool, serviceYaml('type: LoadBalancer'))
  const local = kernelLab(...fivePods, serviceYaml('type: NodePort\nexternalTrafficPolicy: Local'))
  const cutOff = chapterLab()
  applyChapterFile(cutOff, 'cluster.yaml', (text) => text.replace('status: "True"', 'status: Unknown'))
  const astray = Array.from({ length: 10 }, (_, drawn) =>
    sendTo(local, 'pod/default/far', 'tcp://192.168.61.11:NODEPORT', drawn),
  )
  return [
    cutOff.send(request('laptop', 'http://192.168.61.11/')),
    send('http://nginx/'),
    send('tcp://192.168.61.77:80', 'laptop'),
    send('dig www.example.com'),
    chapterLab().send({ ...http, faults: ['conntrack-race'] }),
    sendTo(balanced, 'laptop', 'tcp://BALANCER:80'),
    ingress((text) => text),
    ingress((text) =>
      text.replace(/^metadata:$/m, `$&\n  annotations: { nginx.ingress.kubernetes.io/limit-rps: '5' }`),
    ),
    unknown.send(http),
    plugin.send(http),
    rotating.send(request('pod/default/rotating', 'http://nginx/')),
    rotating.send(request('pod/default/meshed', 'tcp://10.96.0.1:443')),
    ...astray,
    send('https://kubernetes/'),
    send('https://192.168.61.10/', 'laptop'),
    send('ping nginx'),
    ...[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12].map((more) => deletedBefore(connected + more)),
    overlayIn('vxlanMode: Always'),
    overlayIn('ipipMode: Always'),
    ipvs.send(http),
    nobody.send(request('pod/default/near', 'tcp://10.96.0.80:80')),
    bare.send(request(pod, `http://${address}/`)),
  ]
}

test('every difference that steps have is met by a step, and no step names another', () => {
  const met = new Set<DifferenceId>(
    manyTraces().flatMap(({ hops }) => hops.flatMap(({ differences }) => differences)),
  )
  expect([...met].toSorted()).toEqual(differenceIds.filter((id) => knownDifferences[id].onHops).toSorted())
})

test('a computed step of a cluster without Calico has no difference of Calico', () => {
  const trace = kernelLab(...fivePods, serviceYaml('')).send(
    request('pod/default/near', 'tcp://10.96.0.80:80'),
  )
  expect(trace.hops.flatMap(({ differences }) => differences)).not.toContain('calico-chains')
})
