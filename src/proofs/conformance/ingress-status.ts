/** Golden `objects` rows: the addresses that the controller writes into an Ingress. */
import { parseAllDocuments } from 'yaml'
import { openStore } from '../../sim/cluster/object-store.ts'
import { syncIngressAddresses } from '../../sim/cluster/ingress-addresses.ts'
import { readClusterConfig } from '../../sim/cluster/read-cluster-config.ts'
import { listAt, objectAt, textAt } from '../../sim/manifest/json-fields.ts'
import type { JsonObject, JsonValue } from '../../sim/manifest/manifest.ts'
import type { IngressFailure } from './ingress.ts'
import type { GoldenController, GoldenFile, GoldenObjectRow } from './ingress-golden.ts'
import { apiObject } from './ingress-manifests.ts'

/** Lets the controller's syncer run once; undefined where the status is as expected. */
export function runStatus(
  file: GoldenFile,
  row: GoldenObjectRow,
  { flags }: Required<Pick<GoldenController, 'flags'>>,
): IngressFailure | undefined {
  const text = [file.manifests ?? '', ...(row.manifests === undefined ? [] : [row.manifests])].join('---\n')
  const bodies = parseAllDocuments(text).map((document) => document.toJS() as JsonObject)
  const store = openStore({})
  const all = bodies.some(isController) ? bodies : [...bodies, controllerPod]
  for (const [index, body] of all.entries())
    store.put(apiObject(isController(body) ? withFlags(body, flags) : body, index))
  syncIngressAddresses({ store, config: readClusterConfig(undefined, undefined), seed: 1, nowMs: 0 })
  const found = store.get(row.object)
  const got = listAt(found?.body, 'status', 'loadBalancer', 'ingress')
  const expected = row.expect.loadBalancerEmpty === true ? [] : (row.expect.loadBalancer ?? [])
  return JSON.stringify(got) === JSON.stringify(expected)
    ? undefined
    : { name: row.id, expected: JSON.stringify(expected), got: JSON.stringify(got) }
}

/** The files leave the controller's own Pod out where it decides nothing. */
const controllerPod: JsonObject = {
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: {
    name: 'controller',
    namespace: 'ingress-nginx',
    labels: { 'app.kubernetes.io/component': 'controller' },
  },
  spec: { containers: [{ name: 'controller', image: 'controller' }] },
  status: { phase: 'Running', conditions: [{ type: 'Ready', status: 'True' }] },
}

function isController(body: JsonObject): boolean {
  return (
    textAt(body, 'kind') === 'Pod' &&
    textAt(body, 'metadata', 'labels', 'app.kubernetes.io/component') === 'controller'
  )
}

function withFlags(body: JsonObject, flags: Readonly<Record<string, string>>): JsonObject {
  const all = { 'controller-class': 'k8s.io/ingress-nginx', ...flags }
  const args = Object.entries(all).map(([name, value]) => `--${name}=${value}`)
  const containers = listAt(body, 'spec', 'containers').map((each): JsonValue => ({
    ...objectAt(each),
    args,
  }))
  return { ...body, spec: { ...objectAt(body, 'spec'), containers } }
}
