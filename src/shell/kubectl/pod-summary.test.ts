import { describe, expect, test } from 'vitest'
import type { JsonObject } from '../../sim/manifest/manifest.ts'
import { summarizePod } from './pod-summary.ts'

const now = Date.UTC(2026, 0, 10, 12)
const running = { running: { startedAt: '2026-01-10T11:50:00Z' } }
const up = { name: 'a', ready: true, restartCount: 0, state: running }

function pod(status: JsonObject, metadata: JsonObject = {}, spec: JsonObject = {}): JsonObject {
  return { metadata, spec: { containers: [{ name: 'a' }, { name: 'b' }], ...spec }, status }
}

// kubectl v1.32.5, get pods: printers.go, printPod.
describe('a Pod', () => {
  test.each<{ what: string; body: JsonObject; cells: readonly [string, string, string] }>([
    { what: 'without a node', body: pod({ phase: 'Pending' }), cells: ['0/2', 'Pending', '0'] },
    {
      what: 'with one container up and one that crashes',
      body: pod({
        phase: 'Running',
        containerStatuses: [
          up,
          {
            name: 'b',
            restartCount: 3,
            state: { waiting: { reason: 'CrashLoopBackOff' } },
            lastState: { terminated: { finishedAt: '2026-01-10T11:58:00Z' } },
          },
        ],
      }),
      cells: ['1/2', 'CrashLoopBackOff', '3 (2m ago)'],
    },
    {
      what: 'whose first container waits and whose second ended',
      body: pod({
        phase: 'Running',
        containerStatuses: [
          { name: 'a', state: { waiting: { reason: 'ImagePullBackOff' } } },
          { name: 'b', state: { terminated: { exitCode: 1, reason: 'Error' } } },
        ],
      }),
      cells: ['0/2', 'ImagePullBackOff', '0'],
    },
    {
      what: 'with one container through and one running, ready',
      body: pod({
        phase: 'Running',
        conditions: [{ type: 'Ready', status: 'True' }],
        containerStatuses: [
          { ...up, name: 'b' },
          { name: 'a', state: { terminated: { exitCode: 0, reason: 'Completed' } } },
        ],
      }),
      cells: ['1/2', 'Running', '0'],
    },
    {
      what: 'killed by a signal',
      body: pod({
        phase: 'Failed',
        containerStatuses: [{ name: 'a', state: { terminated: { exitCode: 137, signal: 9 } } }],
      }),
      cells: ['0/2', 'Signal:9', '0'],
    },
    {
      what: 'at its second init container',
      body: pod(
        {
          phase: 'Pending',
          initContainerStatuses: [
            { name: 'i', state: { terminated: { exitCode: 0 } } },
            { name: 'j', state: { waiting: { reason: 'PodInitializing' } } },
          ],
          containerStatuses: [{ name: 'a', state: { waiting: { reason: 'PodInitializing' } } }],
        },
        {},
        { initContainers: [{ name: 'i' }, { name: 'j' }] },
      ),
      cells: ['0/2', 'Init:1/2', '0'],
    },
    {
      what: 'with a sidecar',
      body: pod(
        {
          phase: 'Running',
          initContainerStatuses: [{ name: 's', started: true, ready: true, restartCount: 1, state: running }],
          containerStatuses: [up, { ...up, name: 'b' }],
        },
        {},
        { initContainers: [{ name: 's', restartPolicy: 'Always' }] },
      ),
      cells: ['3/3', 'Running', '1'],
    },
    {
      what: 'evicted',
      body: pod({ phase: 'Failed', reason: 'Evicted' }),
      cells: ['0/2', 'Evicted', '0'],
    },
    {
      what: 'being deleted',
      body: pod(
        { phase: 'Running', containerStatuses: [up, up] },
        { deletionTimestamp: '2026-01-10T12:00:30Z' },
      ),
      cells: ['2/2', 'Terminating', '0'],
    },
    {
      what: 'that has ended, being deleted',
      body: pod(
        {
          phase: 'Succeeded',
          containerStatuses: [{ name: 'a', state: { terminated: { exitCode: 0, reason: 'Completed' } } }],
        },
        { deletionTimestamp: '2026-01-10T12:00:30Z' },
      ),
      cells: ['0/2', 'Completed', '0'],
    },
  ])('$what', ({ body, cells }) => {
    const { ready, status, restarts } = summarizePod(body, now)
    expect([ready, status, restarts]).toEqual(cells)
  })
})
