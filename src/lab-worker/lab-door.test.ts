import { describe, expect, test } from 'vitest'
import { openState, type LabState } from '../sim/lab.ts'
import { parseFile } from '../sim/manifest/parse-file.ts'
import type { TraceRequest } from '../sim/trace/request.ts'
import { createLabDoor, type ParseFile } from './lab-door.ts'

const deployment = (replicas: number) => `apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: ${replicas}
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: web, image: nginx}]}
`
const service = `apiVersion: v1
kind: Service
metadata: {name: web, namespace: default}
spec: {selector: {app: web}, ports: [{port: 80}]}
`
const node = `apiVersion: v1
kind: Node
metadata: {name: host01}
spec: {podCIDR: 10.1.0.0/24}
status: {addresses: [{type: InternalIP, address: 192.168.61.11}], conditions: [{type: Ready, status: "True"}]}
`

function smallState(): LabState {
  const files = [
    { name: 'node.yaml', text: node, role: 'cluster' as const },
    { name: 'web.yaml', text: deployment(2), role: 'applied' as const },
    { name: 'service.yaml', text: service, role: 'applied' as const },
  ]
  return openState({
    scenario: 'small',
    seed: 1,
    nowMs: 0,
    files: files.map(({ name, text, role }) => ({ parsed: parseFile(name, text), text, role })),
  })
}

const openDoor = (parse: ParseFile = parseFile) => createLabDoor(smallState(), async () => parse)
const webPods = (snapshot: { readonly pods: readonly { readonly ref: { readonly name: string } }[] }) =>
  snapshot.pods.filter((pod) => pod.ref.name.startsWith('web-')).length
const request: TraceRequest = {
  from: 'host01',
  url: 'http://10.96.0.200/',
  method: 'GET',
  headers: [],
  seed: 7,
}

describe('the lab’s door', () => {
  test('applies a text and gives the cluster after it', async () => {
    const door = openDoor()
    const acted = await door.apply('web.yaml', deployment(3), { prune: true })
    expect(acted.diagnostics.filter(({ severity }) => severity === 'error')).toEqual([])
    expect(webPods(acted.snapshot)).toBe(3)
  })

  test('leaves the cluster as it was where a text is broken, and says where', async () => {
    const door = openDoor()
    const acted = await door.apply('web.yaml', 'kind: [', { prune: true })
    expect(acted).toMatchObject({ changed: [], diagnostics: [{ severity: 'error', file: 'web.yaml' }] })
    expect(webPods(acted.snapshot)).toBe(2)
  })

  test('carries actions out in the order asked, however long a parse takes', async () => {
    const slow = new Promise((resume) => setTimeout(resume, 20))
    const door = createLabDoor(smallState(), async () => {
      await slow
      return parseFile
    })
    const applied = door.apply('web.yaml', deployment(4), { prune: true })
    const seen = await door.snapshot()
    expect(webPods(seen)).toBe(4)
    await applied
  })

  test('turns an exception into a diagnostic, and goes on', async () => {
    const door = openDoor(() => {
      throw new Error('a rule without a chain')
    })
    const acted = await door.apply('web.yaml', deployment(3), { prune: true })
    expect(acted.diagnostics).toMatchObject([{ code: 'internal-error', file: 'web.yaml' }])
    expect(webPods(await door.snapshot())).toBe(2)
  })

  test('refuses to patch with a file that is no patch', async () => {
    const door = openDoor()
    const target = { kind: 'Service', namespace: 'default', name: 'web' }
    const acted = await door.patch('service.yaml', service, target)
    expect(acted.diagnostics).toMatchObject([{ severity: 'error', code: 'patch-without-target' }])
  })

  test('gives only what a message port carries', async () => {
    const door = openDoor()
    const sent = await door.send(request)
    expect(structuredClone(sent)).toEqual(sent)
    expect(JSON.parse(JSON.stringify(sent))).toEqual(sent)
  })
})

describe('a request sent again, disturbed', () => {
  test('begins where the first began: its steps before the disturbance are the same', async () => {
    const door = openDoor()
    const first = await door.send(request)
    const again = await door.resend(request)
    expect(again).toEqual(first)
  })

  test('begins at the cluster as it is, where something was changed in between', async () => {
    const door = openDoor()
    await door.send(request)
    await door.apply('web.yaml', deployment(3), { prune: true })
    const again = await door.resend(request)
    expect(again.kind === 'traced' && webPods(again.snapshot)).toBe(3)
  })
})
