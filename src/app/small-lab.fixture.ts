/** A cluster of one Pod, one file, and a lab that says what it is told to, for the store's tests. */
import { vi } from 'vitest'
import type { Acted, LabClient, Sent } from '../lab-worker/lab-client.ts'
import type { PlaybackClock } from '../playback/playback-clock.ts'
import { encodeSent } from '../sim/dns/wire-format.ts'
import { ip } from '../sim/network/address.ts'
import type { Packet } from '../sim/network/packet.ts'
import type { Diagnostic } from '../sim/manifest/diagnostic.ts'
import { phrase } from '../sim/phrase.ts'
import type { PhraseId } from '../sim/phrase-ids.ts'
import type { FileView, Snapshot } from '../sim/snapshot.ts'
import type { TraceRequest } from '../sim/trace/request.ts'
import type { Hop, Trace, Verdict } from '../sim/trace/trace.ts'
import type { ScenarioCard } from '../scenarios/scenario.ts'
import { createAppStore } from './create-app-store.ts'
import { keptIn, type KeptStorage } from './kept-storage.ts'
import type { Scenarios } from './scenarios-door.ts'

/** The cluster at a revision, with these files. */
export function snapshotAt(
  revision: number,
  files: readonly FileView[] = [appliedFile('web.yaml', 'replicas: 5')],
): Snapshot {
  return {
    revision,
    scenario: 'test',
    proxyMode: 'iptables',
    nodes: [
      {
        name: 'host01',
        address: '192.168.61.11',
        ready: true,
        lost: false,
        floating: [],
        proxyMode: 'iptables',
        rules: [{ text: 'iptables-save' }],
      },
    ],
    pods: [],
    services: [],
    crowd: 0,
    ingresses: [],
    gateways: [],
    routes: [],
    vips: [],
    outsideNames: [],
    vantages: [
      {
        id: 'pod/default/pod',
        kind: 'pod',
        name: 'pod',
        address: '172.31.0.1',
        namespace: 'default',
        node: 'host01',
      },
    ],
    files,
    diagnostics: [],
  }
}

/** A file that the cluster holds. */
export function appliedFile(name: string, text: string): FileView {
  return { name, text, applied: true, system: false }
}

/** A file in its tab only. */
export function waitingFile(name: string, text: string): FileView {
  return { name, text, applied: false, system: false }
}

/** An error in a file. */
export function errorIn(file: string): Diagnostic {
  return { severity: 'error', code: 'yaml-syntax', values: {}, message: 'bad indentation', file }
}

/** A trace of `steps` hops from node to node; nothing moves in it and nothing is decided. */
export function traceOf(request: TraceRequest, steps: number, kind: Verdict['kind'] = 'answered'): Trace {
  const said = phrase('verdict' as PhraseId)
  return {
    request,
    exchanges: [{ id: 0, kind: 'http', leg: 'client', title: said }],
    hops: Array.from({ length: steps }, (_, index) => hopAt(index)),
    packets: [],
    verdict: { kind, phrase: said },
    startedAtMs: 0,
    endedAtMs: 0,
    result: { kind: 'bad-request', phrase: said },
  }
}

function hopAt(index: number): Hop {
  const said = phrase('hop' as PhraseId)
  const packet: Packet = {
    protocol: 'icmp',
    src: ip('172.31.0.1'),
    dst: ip('10.96.0.1'),
    ttl: 64,
    mark: 0,
    type: 8,
    code: 0,
    id: 1,
  }
  return {
    index,
    exchange: 0,
    kind: 'route',
    phase: 'nat',
    packetId: 0,
    direction: 'request',
    atMs: index,
    place: { host: 'host01', hostKind: 'node', node: 'host01' },
    subject: { kind: 'node', node: 'host01' },
    title: said,
    caption: said,
    label: said,
    before: packet,
    after: packet,
    basis: 'computed',
    evidence: [],
    because: [{ object: { kind: 'Service', namespace: 'default', name: `of-step-${index}` } }],
    differences: [],
  }
}

/** A lab whose every answer a test can replace. */
function fakeLab(): { readonly [Name in keyof LabClient]: ReturnType<typeof vi.fn<LabClient[Name]>> } {
  const acted = (snapshot = snapshotAt(2)): Acted => ({ changed: [], diagnostics: [], snapshot })
  const traced = (request: TraceRequest): Sent => ({
    kind: 'traced',
    trace: traceOf(request, 5),
    snapshot: snapshotAt(1),
  })
  return {
    snapshot: vi.fn<LabClient['snapshot']>(async () => snapshotAt(1)),
    send: vi.fn<LabClient['send']>(async (request: TraceRequest) => traced(request)),
    resend: vi.fn<LabClient['resend']>(async (request: TraceRequest) => traced(request)),
    check: vi.fn<LabClient['check']>(async () => []),
    apply: vi.fn<LabClient['apply']>(async (file: string, text: string) =>
      acted(snapshotAt(2, [appliedFile(file, text)])),
    ),
    patch: vi.fn<LabClient['patch']>(async () => acted()),
    remove: vi.fn<LabClient['remove']>(async () => acted()),
    removeFile: vi.fn<LabClient['removeFile']>(async () => acted()),
    addFile: vi.fn<LabClient['addFile']>(async (file: string, text: string) =>
      acted(snapshotAt(2, [appliedFile('web.yaml', 'replicas: 5'), waitingFile(file, text)])),
    ),
    changeMode: vi.fn<LabClient['changeMode']>(async () => ({ kind: 'unchanged' })),
    changeField: vi.fn<LabClient['changeField']>(async () => ({ kind: 'unchanged' })),
    changeNode: vi.fn<LabClient['changeNode']>(async () => ({ kind: 'unchanged' })),
    forget: vi.fn<LabClient['forget']>(async () => undefined),
    source: vi.fn<LabClient['source']>(async () => ({
      kind: 'cell',
      cell: { kind: 'none', reason: phrase('source.no-vip') },
    })),
    crowd: vi.fn<LabClient['crowd']>(async () => acted()),
    servicesCost: vi.fn<LabClient['servicesCost']>(async () => ({ kind: 'nothing-sent' })),
    compareModes: vi.fn<LabClient['compareModes']>(async () => ({ kind: 'compared', outcomes: [] })),
    surveyPaste: vi.fn<LabClient['surveyPaste']>(async () => ({ kind: 'empty' })),
    showHttpRoutes: vi.fn<LabClient['showHttpRoutes']>(async () => ({
      kind: 'shown',
      yaml: 'kind: HTTPRoute\n',
      file: '# note\nkind: HTTPRoute\n',
      ingresses: [],
      differences: [],
    })),
    encodeDns: vi.fn<LabClient['encodeDns']>(async (message, transport) => encodeSent(message, transport)),
    nodeText: vi.fn<LabClient['nodeText']>(async () => ({ text: '', owners: {} })),
  }
}

/** A clock that a test turns by hand: `runTo` is a frame. */
function handClock(): PlaybackClock & { readonly runTo: (positionMs: number) => void } {
  const listeners = new Set<(positionMs: number) => void>()
  let [position, total, playing] = [0, 0, false]
  const tell = () => listeners.forEach((listener) => listener(position))
  return {
    positionMs: () => position,
    isPlaying: () => playing,
    load: (totalMs) => {
      ;[position, total, playing] = [0, totalMs, false]
      tell()
    },
    play: () => {
      playing = true
      tell()
    },
    pause: () => {
      playing = false
      tell()
    },
    seek: (positionMs) => {
      position = positionMs
      tell()
    },
    setSpeed: () => undefined,
    subscribe: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    runTo: (positionMs) => {
      position = Math.min(positionMs, total)
      if (position === total) playing = false
      tell()
    },
  }
}

/** A storage in memory. `room`: the longest text that it keeps; beyond, it throws as a full browser does. */
export function memoryStorage(room = Number.POSITIVE_INFINITY): KeptStorage {
  const texts = new Map<string, string>()
  return keptIn({
    get length() {
      return texts.size
    },
    key: (index) => [...texts.keys()][index] ?? null,
    getItem: (key) => texts.get(key) ?? null,
    setItem: (key, text) => {
      if (text.length > room) throw new Error('QuotaExceededError')
      texts.set(key, text)
    },
    removeItem: (key) => void texts.delete(key),
    clear: () => texts.clear(),
  })
}

function cardOf(id: string): ScenarioCard {
  const request = { from: 'pod/default/pod', url: '', method: 'GET', headers: [] }
  return { id, title: { en: id, 'zh-CN': id }, request }
}

/** A page's store over a fake lab, with what the browser kept. */
export function pageOver(storage: KeptStorage = memoryStorage(), snapshot: Snapshot = snapshotAt(1)) {
  const lab = fakeLab()
  const clock = handClock()
  const scenarios = {
    cards: [cardOf('test'), cardOf('other')],
    open: vi.fn<Scenarios['open']>(async () => undefined),
    openAnew: vi.fn<Scenarios['openAnew']>(async () => undefined),
  }
  const store = createAppStore({ lab, storage, clock, scenarios, snapshot, language: 'en' })
  return { lab, clock, scenarios, store, state: () => store.getState(), storage }
}
