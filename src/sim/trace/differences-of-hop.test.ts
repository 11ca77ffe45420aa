import { expect, test } from 'vitest'
import { differenceIds, knownDifferences, type DifferenceId } from '../known-differences.ts'
import { applyChapterFile, chapterLab, request } from './chapter-lab.fixture.ts'
import { applyText, fivePods, kernelLab, serviceYaml } from './kernel-lab.fixture.ts'
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
  return [
    send('http://nginx/'),
    send('https://192.168.61.10/', 'laptop'),
    send('ping nginx'),
    ...[1, 2, 3, 4, 5, 6].map((more) => deletedBefore(connected + more)),
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
