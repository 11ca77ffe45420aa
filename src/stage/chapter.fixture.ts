/** The chapter's cluster and two traces on it, as the lab computes them, for tests of the page. */
import { applyChapterFile, chapterLab, hopOf, request } from '../sim/trace/chapter-lab.fixture.ts'

const asWritten = chapterLab()
const misspelt = chapterLab()
applyChapterFile(misspelt, 'nginx-service.yaml', (text) => text.replace('app: nginx', 'app: ngnix'))

/** The cluster as the chapter opens. */
export const chapterSnapshot = asWritten.snapshot()

/** The same cluster after the Service's selector was spelt wrong. */
export const mismatchSnapshot = misspelt.snapshot()

/** `http://nginx/` from the Pod; its seed lets the fifth endpoint win, a Pod of another node. */
export const answeredTrace = asWritten.send(request('pod/default/pod', 'http://nginx/', { seed: 6 }))

/** The same request after the selector was spelt wrong: REJECT at the node. */
export const refusedTrace = misspelt.send(request('pod/default/pod', 'http://nginx/', { seed: 6 }))

/** What the DNAT of {@link answeredTrace} put in the place of the ClusterIP: both `ADDRESS:PORT`. */
export const [clusterIp, endpoint] = (() => {
  const { before, after } = hopOf(answeredTrace, 'rewrite', 'nginx')
  return [`${before.dst}:80`, `${after.dst}:80`]
})()

/** The card of the Pod that answered, and of one that lost the draw. */
export const [winnerCard = '', loserCard = ''] = [true, false].map((won) => {
  const pod = chapterSnapshot.pods.find(
    ({ ref, address }) => ref.name.startsWith('nginx-') && (`${address}:80` === endpoint) === won,
  )
  return `Pod/default/${pod?.ref.name}`
})
