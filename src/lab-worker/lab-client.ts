/** The lab as the page speaks to it: every answer later, and a failure of ours as a value. */
import type { NodeText, OwnedText } from '../sim/node-text.ts'
import type { FieldChange } from '../sim/change-field.ts'
import type { TextChange } from '../sim/text-change.ts'
import type { ProxyMode } from '../sim/cluster/cluster.ts'
import type { ObjectRef } from '../sim/cluster/object-ref.ts'
import type { Applied } from '../sim/lab.ts'
import type { ConversionDifference } from '../sim/gateway/from-ingress.ts'
import type { ClusterSize, ServicesCost } from '../sim/services-cost.ts'
import type { DnsMessage } from '../sim/dns/message.ts'
import type { SentMessage } from '../sim/dns/wire-format.ts'
import type { Diagnostic } from '../sim/manifest/diagnostic.ts'
import type { SourceCell, SourceQuestion } from '../sim/source-cells/source-cell.ts'
import type { RulesSurvey } from '../sim/survey-paste.ts'
import type { Snapshot } from '../sim/snapshot.ts'
import type { ModeOutcome } from './mode-outcome.ts'
import type { TraceRequest } from '../sim/trace/request.ts'
import type { Trace } from '../sim/trace/trace.ts'

/** What an action did, and the cluster after it. With an error among `diagnostics` the cluster is as it was. */
export interface Acted extends Applied {
  readonly snapshot: Snapshot
}

/** A request's trace and the cluster after it; or what went wrong inside the simulator, which asks to be reported. */
export type Sent =
  | { readonly kind: 'traced'; readonly trace: Trace; readonly snapshot: Snapshot }
  | { readonly kind: 'failed'; readonly diagnostic: Diagnostic }

/** The outcomes, mode by mode; or what went wrong inside the simulator. */
export type Compared =
  | { readonly kind: 'compared'; readonly outcomes: readonly ModeOutcome[] }
  | { readonly kind: 'failed'; readonly diagnostic: Diagnostic }

/** A cell of the table of sources; or what went wrong inside the simulator. */
export type SourceAnswer =
  | { readonly kind: 'cell'; readonly cell: SourceCell }
  | { readonly kind: 'failed'; readonly diagnostic: Diagnostic }

/** The cluster's Ingresses as Gateway API manifests. `yaml` is for reading; `file` has a class before it that is carried out here. */
export type ShownRoutes =
  | {
      readonly kind: 'shown'
      readonly yaml: string
      readonly file: string
      readonly ingresses: readonly ObjectRef[]
      readonly differences: readonly ConversionDifference[]
    }
  | { readonly kind: 'failed'; readonly diagnostic: Diagnostic }

/** `manifests`: the objects that `file` would hold, by kind, in the order of the text. */
export type PasteSurvey =
  | RulesSurvey
  | {
      readonly kind: 'manifests'
      readonly file: string
      readonly objects: readonly { readonly kind: string; readonly count: number }[]
      readonly diagnostics: readonly Diagnostic[]
    }
  | { readonly kind: 'empty' }

/** Actions are carried out in the order in which they were asked for. Nothing rejects but when the worker itself is gone. */
export interface LabClient {
  readonly snapshot: () => Promise<Snapshot>
  readonly send: (request: TraceRequest) => Promise<Sent>
  /** Sends from the state in which the last `send` found the cluster, where nothing was changed since: the same request, disturbed. */
  readonly resend: (request: TraceRequest) => Promise<Sent>
  /** What is wrong with a text, without applying it. */
  readonly check: (file: string, text: string) => Promise<readonly Diagnostic[]>
  /** `kubectl apply -f`; with `prune`, what the file had before and has no longer goes. */
  readonly apply: (file: string, text: string, options: { readonly prune: boolean }) => Promise<Acted>
  /** `kubectl patch`, with the text of a patch file. */
  readonly patch: (file: string, text: string, target: ObjectRef) => Promise<Acted>
  /** `kubectl delete` of one object. */
  readonly remove: (target: ObjectRef) => Promise<Acted>
  /** `kubectl delete -f`: every object of the file; the file itself stays, waiting. */
  readonly removeFile: (file: string) => Promise<Acted>
  /** A file that waits, new or with a new text. */
  readonly addFile: (file: string, text: string) => Promise<Acted>
  /** What to type for another mode of kube-proxy; nothing is applied. `files`: the texts of those that stand applied, as typed. */
  readonly changeMode: (
    files: readonly { readonly file: string; readonly text: string }[],
    mode: ProxyMode,
  ) => Promise<TextChange>
  /** What to type so that a field says another word; nothing is applied. `files` as for `changeMode`. */
  readonly changeField: (
    files: readonly { readonly file: string; readonly text: string }[],
    change: FieldChange,
  ) => Promise<TextChange>
  /** What to type so that a node's condition Ready says this; nothing is applied. `files` as for `changeMode`. */
  readonly changeNode: (
    files: readonly { readonly file: string; readonly text: string }[],
    node: string,
    ready: 'True' | 'Unknown',
  ) => Promise<TextChange>
  /** All kernels forget what they have seen. */
  readonly forget: () => Promise<void>
  /** Whom the Pod sees, in a variant of the cluster; the lab itself stays as it is. */
  readonly source: (question: SourceQuestion) => Promise<SourceAnswer>
  /** Lets the cluster grow by so many Services besides its own. */
  readonly crowd: (count: number) => Promise<Acted>
  /** What the request would cost in a cluster of another size; this one stays as it is. */
  readonly servicesCost: (request: TraceRequest, size: ClusterSize) => Promise<ServicesCost>
  /** What each mode of kube-proxy would make of a request, everything else alike; the lab itself stays as it is. */
  readonly compareModes: (request: TraceRequest) => Promise<Compared>
  /** What a pasted text is, and what is wrong with it; nothing is changed. */
  readonly surveyPaste: (
    text: string,
    asked: { readonly node: string; readonly file: string },
  ) => Promise<PasteSurvey>
  /** The cluster's Ingresses as HTTPRoutes, and what will answer differently. */
  readonly showHttpRoutes: () => Promise<ShownRoutes>
  /** A DNS message as it goes over the wire. */
  readonly encodeDns: (message: DnsMessage, transport: 'UDP' | 'TCP') => Promise<SentMessage>
  /** The node's rules or connections, as their tools print them. */
  readonly nodeText: (node: string, text: NodeText) => Promise<OwnedText>
}

/** What the worker answers to: the lab, once it was told which scenario to open. */
export interface RemoteLab extends LabClient {
  readonly open: (scenario: string) => Promise<void>
}
