import { wrap } from 'comlink'
import type { SentMessage } from '../sim/dns/wire-format.ts'
import type { SourceQuestion } from '../sim/source-cells/source-cell.ts'
import type { TextChange } from '../sim/text-change.ts'
import type { ClusterSize, ServicesCost } from '../sim/services-cost.ts'
import type { TraceRequest } from '../sim/trace/request.ts'
import type {
  Compared,
  LabClient,
  PasteSurvey,
  RemoteLab,
  Sent,
  ShownRoutes,
  SourceAnswer,
} from './lab-client.ts'

/** A lab with a worker of its own. `close` ends it: what was asked is then never answered. */
export interface ConnectedLab extends LabClient {
  readonly close: () => void
}

/** Starts a worker and gives its lab, on a scenario by its id. A worker that cannot start, or dies, rejects whatever was asked of it. */
export function connectLab(scenario: string): ConnectedLab {
  const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' })
  const gone = new Promise<never>((_, reject) => {
    worker.addEventListener('error', (event) => reject(new Error(event.message)))
  })
  // Nobody may be asking when it happens.
  gone.catch(() => undefined)
  const remote = wrap<RemoteLab>(worker)
  const ask =
    <Question extends readonly unknown[], Answer>(question: (...asked: Question) => Promise<Answer>) =>
    (...asked: Question): Promise<Answer> =>
      Promise.race([question(...asked), gone])
  ask(remote.open)(scenario).catch(() => undefined)
  return {
    close: () => worker.terminate(),
    snapshot: ask(remote.snapshot),
    send: ask<[TraceRequest], Sent>(remote.send),
    resend: ask<[TraceRequest], Sent>(remote.resend),
    check: ask(remote.check),
    apply: ask(remote.apply),
    patch: ask(remote.patch),
    remove: ask(remote.remove),
    removeFile: ask(remote.removeFile),
    addFile: ask(remote.addFile),
    changeMode: ask<Parameters<LabClient['changeMode']>, TextChange>(remote.changeMode),
    changeField: ask<Parameters<LabClient['changeField']>, TextChange>(remote.changeField),
    changeNode: ask<Parameters<LabClient['changeNode']>, TextChange>(remote.changeNode),
    forget: ask(remote.forget),
    source: ask<[SourceQuestion], SourceAnswer>(remote.source),
    crowd: ask(remote.crowd),
    servicesCost: ask<[TraceRequest, ClusterSize], ServicesCost>(remote.servicesCost),
    compareModes: ask<[TraceRequest], Compared>(remote.compareModes),
    surveyPaste: ask<Parameters<LabClient['surveyPaste']>, PasteSurvey>(remote.surveyPaste),
    showHttpRoutes: ask<[], ShownRoutes>(remote.showHttpRoutes),
    encodeDns: ask<Parameters<LabClient['encodeDns']>, SentMessage>(remote.encodeDns),
    nodeText: ask(remote.nodeText),
  }
}
