/**
 * The same seed gives the same trace, byte for byte: twice in Node, twice in the browser, and in Node as in the browser. The browser's
 * side is the very worker that the page ships, spoken to as the page speaks to it.
 */
import { createRequire } from 'node:module'
import type { Page } from '@playwright/test'
import type { wrap } from 'comlink'
import type { RemoteLab } from '../src/lab-worker/lab-client.ts'
import { scenarioState } from '../src/scenarios/scenario-state.ts'
import { chapter9 } from '../src/scenarios/chapter-9/chapter-9.ts'
import { nginxIngress } from '../src/scenarios/chapter-9/nginx-ingress.ts'
import { createLab } from '../src/sim/lab.ts'
import { parseFile } from '../src/sim/manifest/parse-file.ts'
import type { TraceRequest } from '../src/sim/trace/request.ts'
import { expect, test } from './podpath-page.ts'

declare const Comlink: { readonly wrap: typeof wrap }

const asked = { method: 'GET', headers: [] } as const
const requests: readonly TraceRequest[] = [
  { ...asked, from: 'pod/default/pod', url: 'http://nginx/', seed: 7 },
  { ...asked, from: 'pod/default/pod', url: 'http://nginx/', seed: 8 },
  { ...asked, from: 'pod/default/pod', url: 'ping nginx', seed: 7 },
  { ...asked, from: 'laptop', url: 'http://192.168.61.10/', headers: [['Host', 'web01']], seed: 7 },
]

test('a seed gives the same traces twice in Node, twice in the browser, and the same in both', async ({
  page,
  podpath,
}) => {
  await expect(podpath.sendButton).toBeVisible()
  const inNode = tracesInNode()
  expect(tracesInNode()).toEqual(inNode)
  await page.addScriptTag({ path: createRequire(import.meta.url).resolve('comlink/dist/umd/comlink.min.js') })
  expect(await tracesInBrowser(page)).toEqual(inNode)
  expect(await tracesInBrowser(page)).toEqual(inNode)
})

test('the page shows the steps of that very trace', async ({ podpath }) => {
  await podpath.send()
  const [first = ''] = tracesInNode()
  const { hops }: { readonly hops: readonly unknown[] } = JSON.parse(first)
  await expect(podpath.steps.getByRole('button')).toHaveCount(hops.length)
})

test('a page that was loaded anew shows the same steps for the same seed', async ({ podpath, page }) => {
  const titles = () => podpath.steps.getByRole('button').allTextContents()
  await podpath.send()
  const first = await titles()
  await page.reload()
  await podpath.send()
  expect(await titles()).toEqual(first)
})

/** One JSON text a request, a line a field, from a lab opened anew; the Ingress is applied first, so that the second journey is in it. */
function tracesInNode(): readonly string[] {
  const lab = createLab(scenarioState(chapter9))
  lab.apply(parseFile('nginx-ingress.yaml', nginxIngress), nginxIngress)
  return requests.map((request) => JSON.stringify(lab.send(request), null, 1))
}

/** The same from a new copy of the page's own worker. */
async function tracesInBrowser(page: Page): Promise<readonly string[]> {
  const worker = page.workers()[0]?.url() ?? ''
  return page.evaluate(
    async ({ worker, scenario, requests, ingress }) => {
      const lab = Comlink.wrap<RemoteLab>(new Worker(worker, { type: 'module' }))
      await lab.open(scenario)
      await lab.apply('nginx-ingress.yaml', ingress, { prune: false })
      const traces: string[] = []
      for (const request of requests) {
        // One after the other: a request finds the connections of the one before it.
        const sent = await lab.send(request)
        traces.push(JSON.stringify(sent.kind === 'traced' ? sent.trace : sent.diagnostic, null, 1))
      }
      return traces
    },
    { worker, scenario: chapter9.id, requests, ingress: nginxIngress },
  )
}
