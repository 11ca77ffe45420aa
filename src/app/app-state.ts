/** The page's choices and what the lab last said. No copy of anything that can be derived from snapshot, trace and step. */
import type { ShownRoutes, PasteSurvey } from '../lab-worker/lab-client.ts'
import type { ModeOutcome } from '../lab-worker/mode-outcome.ts'
import type { PlaybackClock } from '../playback/playback-clock.ts'
import type { Schedule } from '../playback/schedule.ts'
import type { ProxyMode } from '../sim/cluster/cluster.ts'
import type { Diagnostic } from '../sim/manifest/diagnostic.ts'
import type { ObjectRef } from '../sim/cluster/object-ref.ts'
import type { DifferenceId } from '../sim/known-differences.ts'
import type { ScenarioCard } from '../scenarios/scenario.ts'
import type { ClusterSize, ServicesCost } from '../sim/services-cost.ts'
import type { Snapshot } from '../sim/snapshot.ts'
import type { SourceCell, SourceQuestion } from '../sim/source-cells/source-cell.ts'
import type { Fault, TraceRequest } from '../sim/trace/request.ts'
import type { Because, Trace } from '../sim/trace/trace.ts'
import type { ChangeProblem } from './type-change.ts'
import type { RequestProblem } from './read-request.ts'

export type Theme = 'system' | 'light' | 'dark'
export type Language = 'en' | 'zh-CN'
export type DockTab = 'timeline' | 'rules' | 'conntrack'
/** On a phone one sheet shows one of these. */
export type SheetTab = 'step' | 'steps' | 'files' | 'rules'
export type Speed = 0.25 | 0.5 | 1 | 2 | 4

export interface RequestDraft {
  readonly from: string
  readonly url: string
  readonly method: string
  /** As typed, one `Name: value` a line. */
  readonly headersText: string
  readonly body: string
  readonly sni: string
  readonly seed: number
  /** What goes wrong on purpose. */
  readonly faults: readonly Fault[]
}

/** What one request costs in clusters of other sizes. Without `request` the bar holds none that can be sent. */
export interface SizeCosts {
  readonly request?: TraceRequest
  readonly rows: readonly SizeRow[]
  /** All Services of the cluster: as it is, or as it was chosen and is being made. */
  readonly services: number
}

/** A cluster with so many Services in all; a mode without an entry is still being worked out. */
export interface SizeRow {
  readonly services: number
  readonly costs: Readonly<Partial<Record<ClusterSize['mode'], ServicesCost>>>
}

/** What the last apply of a file said, for the note under the editor. */
export interface ApplyNote {
  readonly file: string
  readonly changed: readonly { readonly ref: ObjectRef; readonly verb: string }[]
}

/** A request in the three modes of kube-proxy. `answer` is absent while the lab works it out. */
export interface Comparison {
  readonly request: RequestDraft
  readonly answer:
    | { readonly kind: 'compared'; readonly outcomes: readonly ModeOutcome[] }
    | { readonly kind: 'problem'; readonly problem: RequestProblem }
    | undefined
}

/** Whom the Pods of a Service see: a cell a question, as far as they are answered. */
export interface SourcesTable {
  readonly service: ObjectRef
  /** In the order in which they are asked. */
  readonly questions: readonly SourceQuestion[]
  /** By {@link sourceKey}. */
  readonly cells: Readonly<Record<string, SourceCell>>
  /** Why a cell's trace could not be opened, or no cell worked out. */
  readonly problem?:
    | {
        readonly kind: 'field'
        readonly field: string
        readonly change: ChangeProblem
      }
    | { readonly kind: 'simulator-failed'; readonly detail: string }
}

/** The cluster's Ingresses as HTTPRoutes; `answer` is absent while the lab writes them. */
export interface RoutesView {
  readonly answer: ShownRoutes | undefined
}

/** A file that was dropped onto the page. */
export interface DroppedFile {
  readonly name: string
  readonly text: string
}

/** What came from elsewhere and is on its way into a file. */
export interface Paste extends DroppedFile {
  readonly isOpen: boolean
  /** Whose rules these are, if they are rules. */
  readonly node: string
  /** What the lab makes of it; absent while it looks. */
  readonly survey: PasteSurvey | undefined
  /** Files that were dropped along with it, in order. */
  readonly waiting: readonly DroppedFile[]
}

export interface AppState {
  // ── what the lab said
  readonly snapshot: Snapshot
  /** Absent before the first Send. */
  readonly trace: Trace | undefined
  readonly schedule: Schedule | undefined
  /** The lab works longer than 150 ms. */
  readonly busy: boolean
  /** The revision of the cluster that `trace` left behind. */
  readonly tracedRevision: number
  /** The cluster that `trace` ran on and left behind: what its picture shows, whatever became of the cluster since. */
  readonly tracedSnapshot: Snapshot | undefined
  /** What the stage shows. An edit shows the cluster at rest; the next playback control, step or scrub the trace again. */
  readonly picture: 'trace' | 'cluster'
  /** The trace was made before the cluster changed, or an edit is broken and the last good picture stands. */
  readonly traceIsStale: boolean
  /** The simulator's worker is gone; only loading the page anew helps. */
  readonly labIsGone: boolean
  readonly applyNote: ApplyNote | undefined

  // ── scenarios
  /** All that ship, in the order of the menu. The open one is `snapshot.scenario`. */
  readonly scenarios: readonly ScenarioCard[]
  /** `unknown`: the address names none that ships. `unopened`: it could not be opened. The one in sight stands in its place. */
  readonly scenarioProblem: { readonly kind: 'unknown' | 'unopened'; readonly id: string } | undefined

  /** Why the mode asked for was not set: an error in the file that would say it, or no file that could. */
  readonly modeProblem: ChangeProblem | undefined

  /** Why a node could not be cut off, or brought back. */
  readonly nodeProblem: { readonly node: string; readonly change: ChangeProblem } | undefined

  // ── request
  readonly request: RequestDraft
  readonly requestProblem: RequestProblem | undefined
  /** URLs sent, the last first. */
  readonly urlHistory: readonly string[]

  // ── comparison of the modes
  /** Absent: its dialog is closed. */
  readonly comparison: Comparison | undefined
  /** The dialog that shows Ingresses as HTTPRoutes; absent while it is closed. */
  readonly routes: RoutesView | undefined

  // ── whom the Pod sees
  /** Absent: its dialog is closed. */
  readonly sources: SourcesTable | undefined

  // ── playback
  /** Index into trace.hops; -1 with no trace. */
  readonly step: number
  readonly playing: boolean
  readonly speed: Speed
  readonly clock: PlaybackClock

  // ── view
  /** Files, steps and dock stand round the stage. False for a first visitor until the first Send. */
  readonly boardOpen: boolean
  /** On a narrow page: the files lie over the stage. */
  readonly filesOpen: boolean
  /** One key stops all motion; steps then change at once. */
  readonly motionOff: boolean
  readonly theme: Theme
  readonly language: Language
  /** The page "How true is this?" lies over the others, opened at a difference or at its head. */
  readonly truthAt: DifferenceId | 'head' | undefined
  /** The dialog on the number of Services lies over the page: what the request in the bar costs, as far as it is known. */
  readonly sizes: SizeCosts | undefined
  /** Why the number of Services that was chosen could not be had. */
  readonly sizeProblems: readonly Diagnostic[]
  readonly dockTab: DockTab
  readonly sheetTab: SheetTab
  /** The node whose rules or connections the dock shows. */
  readonly dockNode: string
  /** A stage card's id. */
  readonly selectedCard: string | undefined
  /** A rule to show and mark in the Rules dock. */
  readonly ruleToShow: string | undefined

  // ── files
  readonly openFile: string
  /** Text typed and not (or not yet) applied, by file. A file without an entry shows its snapshot text. */
  readonly drafts: Readonly<Record<string, string>>
  readonly problems: Readonly<Record<string, readonly Diagnostic[]>>
  /** Files whose text this browser refused to keep over a reload. */
  readonly unkept: readonly string[]
  /** Lines that a person asked to see, besides those of the current step. */
  readonly revealed: Because | undefined

  /** The dialog for what comes from elsewhere. Its text outlives closing. */
  readonly paste: Paste

  // ── what a person did
  readonly sendPressed: () => void
  readonly requestEdited: (change: Partial<RequestDraft>) => void
  readonly seedRerolled: () => void
  readonly playPressed: () => void
  readonly pausePressed: () => void
  readonly stepForward: () => void
  readonly stepBack: () => void
  readonly firstPressed: () => void
  readonly lastPressed: () => void
  /** A step chosen in a list, a lane or on the stage. */
  readonly stepChosen: (step: number) => void
  /** The playhead was dragged. */
  readonly scrubbed: (positionMs: number) => void
  readonly speedChosen: (speed: Speed) => void
  readonly themeChosen: (theme: Theme) => void
  readonly languageChosen: (language: Language) => void
  readonly truthShown: (at: DifferenceId | 'head') => void
  readonly truthClosed: () => void
  readonly clusterSizeShown: () => void
  readonly clusterSizeClosed: () => void
  /** All Services of the cluster, its own among them. */
  readonly servicesChosen: (services: number) => Promise<void>
  readonly dockTabChosen: (tab: DockTab) => void
  readonly sheetTabChosen: (tab: SheetTab) => void
  readonly dockNodeChosen: (node: string) => void
  readonly cardSelected: (card: string | undefined) => void
  readonly ruleShown: (ruleId: string, node: string) => void
  readonly fileOpened: (file: string) => void
  readonly fileAdded: (name: string) => void
  readonly fileTyped: (file: string, text: string) => void
  /** Back to the text that the cluster holds. */
  readonly draftDiscarded: (file: string) => void
  readonly applyPressed: (file: string) => void
  /** `kubectl delete -f`. */
  readonly fileDeleted: (file: string) => void
  readonly patchPressed: (file: string, target: ObjectRef) => void
  /** Deletes a Pod; with a trace on its way, the trace is computed anew with the Pod gone from the next step on. */
  readonly podDeleted: (pod: ObjectRef) => void
  /** Opens the dialog for a paste, for the rules of a node where one is named. */
  readonly pasteShown: (node?: string) => void
  readonly pasteClosed: () => void
  readonly pasteTyped: (text: string) => void
  readonly pasteNodeChosen: (node: string) => void
  /** Opens the dialog with the first; the others follow. */
  readonly filesDropped: (files: readonly DroppedFile[]) => void
  /** Makes a file of it, and applies it or lets it wait; resolves when that is done. */
  readonly pasteTaken: (how: 'apply' | 'wait') => Promise<void>
  readonly because: (because: Because) => void
  readonly boardOpened: () => void
  readonly filesToggled: () => void
  readonly motionToggled: () => void
  /** Another scenario, with what was typed there; what was typed here stays kept. */
  readonly scenarioChosen: (id: string) => Promise<void>
  readonly scenarioProblemSeen: () => void
  /** Types another mode of kube-proxy into the file that says it, and applies the file; resolves when the cluster has it. */
  readonly modeChosen: (mode: ProxyMode) => Promise<void>
  readonly modeProblemSeen: () => void
  /** Cuts a machine off, or brings it back; resolves when the cluster has it. */
  readonly nodeCutOff: (node: string, isCut: boolean) => Promise<void>
  readonly nodeProblemSeen: () => void
  /** Compares the modes for what stands in the bar, with a change for this once. */
  readonly modesCompared: (change?: Partial<RequestDraft>) => Promise<void>
  readonly comparisonClosed: () => void
  /** Puts the compared request into the bar, chooses the mode and sends. */
  readonly outcomePlayed: (mode: ProxyMode) => Promise<void>
  /** Opens the table of sources, for a Service where one is named; else for the last one, or the first that serves. */
  readonly sourcesShown: (service?: ObjectRef) => void
  readonly sourcesClosed: () => void
  /** Brings the cluster to the cell's mode and policy, puts its request into the bar and sends. */
  readonly sourcePlayed: (question: SourceQuestion) => Promise<void>
  /** Shows the cluster's Ingresses as HTTPRoutes. */
  readonly routesShown: () => Promise<void>
  readonly routesClosed: () => void
  /** Puts them into a tab of their own, where they wait. */
  readonly routesTaken: () => Promise<void>
  /** Forgets every edit of this scenario that the browser keeps, and opens it anew. */
  readonly startedOver: () => void
}
