/**
 * READY, STATUS and RESTARTS of a Pod: what the server makes of a Pod's status for `kubectl get`
 * (kubernetes pkg/printers/internalversion/printers.go, printPod, 1.32).
 */
import type { Millis } from '../../sim/clock.ts'
import type { JsonObject } from '../../sim/manifest/manifest.ts'
import { printAge } from './print-age.ts'
import { isObject, listAt, objectAt, textAt } from './wire-fields.ts'

/** The three cells. */
export interface PodSummary {
  readonly ready: string
  readonly status: string
  readonly restarts: string
}

/** Sums up a Pod in wire form. Later rules win: phase, init containers, containers from the last to the first, deletion. */
export function summarizePod(body: JsonObject, nowMs: Millis): PodSummary {
  const spec = objectAt(body, 'spec')
  const status = objectAt(body, 'status')
  const containers = listAt(status, 'containerStatuses')
  const inits = listAt(status, 'initContainerStatuses')
  const sidecars = new Set(
    listAt(spec, 'initContainers')
      .filter(isSidecar)
      .map((each) => textAt(each, 'name')),
  )
  const init = initState(inits, sidecars, listAt(spec, 'initContainers').length)
  const isInitializing = init !== undefined && !hasCondition(status, 'Initialized')
  const counted = isInitializing
    ? inits
    : [...inits.filter((each) => sidecars.has(textAt(each, 'name'))), ...containers]
  const readySidecars = inits.filter((each) => sidecars.has(textAt(each, 'name')) && each['ready'] === true)
  const readyContainers = isInitializing ? [] : containers.filter(isRunningAndReady)
  const total = listAt(spec, 'containers').length + sidecars.size
  const word = isInitializing ? init : containersWord(containers, status, init ?? ownWord(status))
  return {
    ready: `${readySidecars.length + readyContainers.length}/${total}`,
    status: afterDeletion(body, status, word),
    restarts: restartsCell(counted, nowMs),
  }
}

/** The phase, or the reason why the Pod was put aside. */
function ownWord(status: JsonObject): string {
  const isGated = listAt(status, 'conditions').some(
    (condition) =>
      textAt(condition, 'type') === 'PodScheduled' && textAt(condition, 'reason') === 'SchedulingGated',
  )
  if (isGated) return 'SchedulingGated'
  const reason = textAt(status, 'reason') ?? ''
  return reason === '' ? (textAt(status, 'phase') ?? 'Unknown') : reason
}

/** The word of the first init container that is not through; `undefined`: all are. */
function initState(
  inits: readonly JsonObject[],
  sidecars: ReadonlySet<string | undefined>,
  total: number,
): string | undefined {
  const index = inits.findIndex((each) => !isThrough(each, sidecars))
  const first = inits[index]
  if (first === undefined) return undefined
  const { terminated, waitingReason } = stateOf(first)
  if (terminated !== undefined) return `Init:${terminationWord(terminated)}`
  if (waitingReason !== '' && waitingReason !== 'PodInitializing') return `Init:${waitingReason}`
  return `Init:${index}/${total}`
}

function isThrough(init: JsonObject, sidecars: ReadonlySet<string | undefined>): boolean {
  const { terminated } = stateOf(init)
  const isStartedSidecar = sidecars.has(textAt(init, 'name')) && init['started'] === true
  return isStartedSidecar || (terminated !== undefined && terminated['exitCode'] === 0)
}

/** The first container's word wins, because the last is read first. */
function containersWord(containers: readonly JsonObject[], status: JsonObject, before: string): string {
  const word = containers.reduceRight((reason, container) => {
    const { terminated, waitingReason } = stateOf(container)
    if (waitingReason !== '') return waitingReason
    return terminated === undefined ? reason : terminationWord(terminated)
  }, before)
  if (word !== 'Completed' || !containers.some(isRunningAndReady)) return word
  return hasCondition(status, 'Ready') ? 'Running' : 'NotReady'
}

function terminationWord(terminated: JsonObject): string {
  const reason = textAt(terminated, 'reason') ?? ''
  if (reason !== '') return reason
  const signal = Number(terminated['signal'] ?? 0)
  return signal === 0 ? `ExitCode:${Number(terminated['exitCode'] ?? 0)}` : `Signal:${signal}`
}

function afterDeletion(body: JsonObject, status: JsonObject, word: string): string {
  if (objectAt(body, 'metadata')['deletionTimestamp'] === undefined) return word
  if (textAt(status, 'reason') === 'NodeLost') return 'Unknown'
  const phase = textAt(status, 'phase')
  return phase === 'Succeeded' || phase === 'Failed' ? word : 'Terminating'
}

/** `3 (2m ago)`: the newest end of a container's earlier life; the count alone where none is known. */
function restartsCell(statuses: readonly JsonObject[], nowMs: Millis): string {
  const count = statuses.reduce((sum, each) => sum + Number(each['restartCount'] ?? 0), 0)
  const ends = statuses
    .map((each) =>
      Date.parse(textAt(objectAt(objectAt(each, 'lastState'), 'terminated'), 'finishedAt') ?? ''),
    )
    .filter((time) => !Number.isNaN(time))
  return count > 0 && ends.length > 0 ? `${count} (${printAge(Math.max(...ends), nowMs)} ago)` : String(count)
}

function stateOf(status: JsonObject): { readonly terminated?: JsonObject; readonly waitingReason: string } {
  const state = objectAt(status, 'state')
  const terminated = state['terminated']
  return {
    ...(isObject(terminated) && { terminated }),
    waitingReason: textAt(objectAt(state, 'waiting'), 'reason') ?? '',
  }
}

function isRunningAndReady(status: JsonObject): boolean {
  return status['ready'] === true && isObject(objectAt(status, 'state')['running'])
}

function isSidecar(container: JsonObject): boolean {
  return textAt(container, 'restartPolicy') === 'Always'
}

function hasCondition(status: JsonObject, type: string): boolean {
  return listAt(status, 'conditions').some(
    (condition) => textAt(condition, 'type') === type && textAt(condition, 'status') === 'True',
  )
}
