import { describe, expect, test, vi } from 'vitest'
import { snapshotAt, waitingFile } from '../app/small-lab.fixture.ts'
import { applyOrPatch } from './apply-or-patch.ts'

const nginx = { kind: 'Service', namespace: 'default', name: 'nginx' }
const other = { kind: 'Service', namespace: 'default', name: 'other' }
const files = [
  waitingFile('ingress.yaml', 'kind: Ingress'),
  { ...waitingFile('patch.yaml', 'spec: {type: NodePort}'), patchOf: [nginx, other] },
  { ...waitingFile('lost.yaml', 'spec: {type: NodePort}'), patchOf: [] },
]

describe('Ctrl+Enter', () => {
  test.each([
    { file: 'ingress.yaml', applied: ['ingress.yaml'], patched: [] },
    { file: 'patch.yaml', applied: [], patched: [nginx] },
    { file: 'lost.yaml', applied: [], patched: [] },
  ])('on $file applies $applied and patches $patched', ({ file, applied, patched }) => {
    const applyPressed = vi.fn<(name: string) => void>()
    const patchPressed = vi.fn<(name: string, target: object) => void>()
    applyOrPatch({ snapshot: snapshotAt(1, files), applyPressed, patchPressed }, file)
    expect(applyPressed.mock.calls.flat()).toEqual(applied)
    expect(patchPressed.mock.calls.map(([, target]) => target)).toEqual(patched)
  })
})
