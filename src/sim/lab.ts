/**
 * The one door to the simulator. Everything outside `sim/` imports from here, and from `manifest/parse-file.ts`, which is a door
 * of its own because the YAML parser loads later than the first picture.
 */
import { askIngressWebhooks } from './ask-ingress-webhooks.ts'
import { changeField, type FieldChange } from './change-field.ts'
import { changeMode } from './change-mode.ts'
import { changeNode } from './change-node.ts'
import { applyManifests } from './cluster/apply-manifests.ts'
import { corefileDiagnostics } from './corefile-diagnostics.ts'
import { tlsDiagnostics } from './tls-diagnostics.ts'
import { createCluster } from './cluster/build-cluster.ts'
import type { Change, Cluster, ProxyMode } from './cluster/cluster.ts'
import type { ClusterChange } from './cluster/cluster-change.ts'
import { withCrowd } from './cluster/crowd.ts'
import { deleteObject } from './cluster/delete-object.ts'
import { objectKey, sameObject, type ObjectRef } from './cluster/object-ref.ts'
import { hasIpv6Rules, withoutPaste } from './cluster/pasted-rules.ts'
import { patchObject } from './cluster/patch-object.ts'
import { scaleObject } from './cluster/scale-object.ts'
import type { Millis } from './clock.ts'
import { conversionOf, type IngressConversion } from './gateway/from-ingress.ts'
import { printHosts } from './dns/hosts-file.ts'
import { printResolvConf } from './dns/resolv-conf.ts'
import type { Owners } from './kube-proxy/rule-owner.ts'
import type { Diagnostic } from './manifest/diagnostic.ts'
import type { JsonObject, ParsedFile } from './manifest/manifest.ts'
import {
  emptyConntrack,
  expire,
  printConntrackEntry,
  removeEntries,
  type ConntrackEntry,
} from './netfilter/conntrack.ts'
import { countAll, printConntrackStatistics } from './netfilter/conntrack-statistics.ts'
import type { IpVersion } from './network/address.ts'
import { showHost, type Iproute } from './network/iproute.ts'
import { networkOf } from './trace/cluster-network.ts'
import { emptyIpvs } from './netfilter/ipvs-state.ts'
import { listNft, type NftListed, type NftWanted } from './netfilter/list-nft.ts'
import type { NftDynamic } from './netfilter/tried-nft.ts'
import { printIpsets, printIpsetSave } from './netfilter/print-ipset.ts'
import { printIptablesSave } from './netfilter/print-iptables-save.ts'
import { printIpvsadm, printIpvsConnections, type NamedServer } from './netfilter/print-ipvsadm.ts'
import { buildSnapshot } from './build-snapshot.ts'
import { pasteRules } from './paste-rules.ts'
import { runCoreDns } from './run-coredns.ts'
import { servicesCost, type ClusterSize, type ServicesCost } from './services-cost.ts'
import { sourceCell, type SourceCell, type SourceQuestion } from './source-cells/source-cell.ts'
import { surveyPaste, type RulesSurvey } from './survey-paste.ts'
import type { TextChange, TypedText } from './text-change.ts'
import type { FileView, Snapshot } from './snapshot.ts'
import type { TraceRequest, Vantage } from './trace/request.ts'
import { sendRequest } from './trace/send-request.ts'
import type { Trace } from './trace/trace.ts'
import { listeningOn, type ListeningSocket } from './trace/node-sockets.ts'
import { findVantage, hostsOf, nodeResolvConf, resolvConfOfPod } from './trace/vantage.ts'
import {
  kernelName,
  netfilterOf,
  nodeIpv6Rules,
  nodeRules,
  syncedKernels,
  type Kernels,
  type Rations,
} from './trace/world.ts'
import { warnAboutIngresses } from './warn-about-ingresses.ts'

/** What an action did. With an error among `diagnostics` nothing changed at all. */
export interface Applied {
  readonly changed: readonly Change[]
  readonly diagnostics: readonly Diagnostic[]
}

/** A file of the lab. `patch` is there for a file that is a patch and no object. */
export interface LabFile {
  readonly name: string
  readonly text: string
  readonly applied: boolean
  readonly system: boolean
  readonly patch?: JsonObject
}

/** All of a lab as plain data: what a snapshot at build time, a link or a worker carries. */
export interface LabState {
  readonly scenario: string
  readonly cluster: Cluster
  readonly kernels: Kernels
  readonly rations: Rations
  readonly nowMs: Millis
  readonly files: readonly LabFile[]
  readonly revision: number
  readonly diagnostics: readonly Diagnostic[]
}

/** The lab: a cluster, its nodes' kernels and a simulated clock. Plain values in and out. */
export interface Lab {
  /** The immutable cluster, as it is now. */
  readonly cluster: Cluster
  readonly nowMs: Millis
  readonly files: readonly LabFile[]
  state(): LabState
  snapshot(): Snapshot
  /**
   * `kubectl apply -f`: all of a file or nothing of it. `prune` also deletes what an earlier version of the file had and this one has
   * not. `load` takes the file as the cluster's own from the start: it makes missing namespaces and puts itself in the place of what is there.
   */
  apply(
    file: ParsedFile,
    text: string,
    options?: { readonly prune?: boolean; readonly namespace?: string; readonly load?: boolean },
  ): Applied
  /** What {@link Lab.apply} would say, without doing it. */
  check(file: ParsedFile, text: string): readonly Diagnostic[]
  /** `kubectl patch`, strategic merge. `file` is the patch's file, which then counts as applied. */
  patch(target: ObjectRef, patch: JsonObject, file?: string): Applied
  scale(target: ObjectRef, replicas: number): Applied
  /** Sets how many Services stand in the cluster besides those that somebody wrote: real ones, which only make it large. */
  crowd(count: number): Applied
  /** `kubectl delete`. */
  remove(target: ObjectRef): Applied
  /** The output of `iptables-save`, in a file named `NODE.iptables-save`, in place of that node's computed rules. */
  pasteRules(file: string, text: string): Applied
  /** What to type for another mode of kube-proxy; nothing is applied. `files`: those that stand applied, as typed. */
  changeMode(files: readonly TypedText[], mode: ProxyMode): TextChange
  /** What to type so that a field says another word; nothing is applied. `files` as for {@link Lab.changeMode}. */
  changeField(files: readonly TypedText[], change: FieldChange): TextChange
  /** What to type so that a node's condition Ready says this: `Unknown` is a machine that is cut off. Nothing is applied. */
  changeNode(files: readonly TypedText[], node: string, ready: 'True' | 'Unknown'): TextChange
  /** What of a text that is a node's rules could be read and evaluated there; undefined where it is none. Nothing is changed. */
  surveyPaste(node: string, text: string): RulesSurvey | undefined
  /** A file that waits: shown in a tab and in the terminal's /opt, not applied. */
  addFile(file: ParsedFile, text: string): void
  /** `kubectl delete -f`, and the file waits again; a paste's node has its computed rules again. */
  removeFile(name: string): Applied
  /** Sends one request and lets the clock run on until everything is at rest. */
  send(request: TraceRequest): Trace
  /** All kernels forget what they have seen, as after a reboot of every node: connections, turns, affinity, what was sent of ICMP. */
  forget(): void
  /** Whom the Pod sees that answers a Service, asked from a vantage in a variant of this cluster; this one stays as it is. */
  source(question: SourceQuestion): SourceCell
  /** What the request would cost in a cluster of another size; this one stays as it is. */
  servicesCost(request: TraceRequest, size: ClusterSize): ServicesCost
  /** The Gateways and HTTPRoutes that the Ingresses of a namespace, or of all, become, and what will answer differently. */
  convertIngresses(namespace?: string): IngressConversion
  /** The node's rules as `iptables-save` prints them. */
  iptablesSave(node: string, options?: { readonly counters?: boolean }): string
  /** The node's IPv6 rules as `ip6tables-save` prints them. */
  ip6tablesSave(node: string, options?: { readonly counters?: boolean }): string
  /** Which of these chains and rules are not kube-proxy's. */
  ruleOwners(node: string, version: IpVersion): Owners
  /**
   * `ipvsadm -Ln` of the node, or with `only` of one virtual server; undefined where there is no such one. Without IPVS an empty table.
   */
  ipvsadm(node: string, only?: NamedServer): string | undefined
  /** `ipvsadm -Lnc`: IPVS's own connections. */
  ipvsConnections(node: string): string
  /** `ipset list [NAME]` of the node; undefined where it has no such set. */
  ipset(node: string, name?: string): string | undefined
  /** `ipset save [NAME]` of the node; undefined where it has no such set. */
  ipsetSave(node: string, name?: string): string | undefined
  /** `nft list …` of the node: kube-proxy's table in nftables mode, and none in another. What iptables keeps is not among it. */
  nft(node: string, wanted: NftWanted): NftListed
  /** The node's connections as `conntrack -L` prints them, a line each; `version`: those of one family. */
  conntrack(node: string, version?: IpVersion): string
  /** What the node has counted of its connections, as `conntrack -S` prints it. */
  conntrackStatistics(node: string): string
  /** `conntrack -D`: the node forgets the connections of these lines of {@link Lab.conntrack}. */
  deleteConntrack(node: string, lines: readonly string[]): void
  /** The Pod's /etc/resolv.conf, or the node's; undefined for a vantage that is not there or has none. */
  resolvConf(at: Vantage): string | undefined
  /** /etc/hosts of the vantage, as the file reads; undefined for one that is not there. */
  hostsFile(at: Vantage): string | undefined
  /** What listens on a node, as `ss -l` shows it. */
  listeningSockets(node: string): readonly ListeningSocket[]
  /** A machine as iproute2 shows it: a node, a Pod as `NAMESPACE/NAME`, the laptop; undefined where there is none. */
  iproute(host: string): Iproute | undefined
  /** Lets simulated time pass. */
  advance(ms: Millis): void
}

/** A scenario's files, read. `role` as in `scenarios/scenario.ts`. */
export interface LabInput {
  readonly scenario: string
  readonly seed: number
  readonly nowMs: Millis
  readonly files: readonly {
    readonly parsed: ParsedFile
    readonly text: string
    readonly role: 'cluster' | 'system' | 'applied' | 'waiting'
  }[]
}

/** The name of what comes by a pipe, as kubectl calls it. */
const STANDARD_INPUT = 'STDIN'

/** How long after a change everything is at rest again: Pods started, slices and rules written. */
const SETTLE_MS = 3000

/** How old the cluster is when a scenario opens: the chapter's listings show its own objects at `14d`. */
const CLUSTER_AGE_MS = 14 * 24 * 3600 * 1000

/** The state of a scenario: cluster and system first, as one; then what stands applied, file by file, in the order given. */
export function openState(input: LabInput): LabState {
  const isBase = (role: string) => role === 'cluster' || role === 'system'
  const base = input.files.filter(({ role }) => isBase(role))
  const built = createCluster(
    base.flatMap(({ parsed }) => parsed.manifests),
    { seed: input.seed, nowMs: input.nowMs - CLUSTER_AGE_MS },
  )
  const opened: LabState = {
    scenario: input.scenario,
    cluster: runCoreDns(built.cluster, input.nowMs),
    kernels: {},
    rations: {},
    nowMs: input.nowMs,
    files: input.files.map(({ parsed, text, role }) => labFile(parsed, text, isBase(role), isBase(role))),
    revision: 1,
    diagnostics: [...base.flatMap(({ parsed }) => parsed.diagnostics), ...built.diagnostics],
  }
  const lab = createLab(opened)
  for (const { parsed, text, role } of input.files) if (role === 'applied') lab.apply(parsed, text)
  return lab.state()
}

/** Opens a lab on a state. The state itself never changes; {@link Lab.state} gives the current one. */
export function createLab(opened: LabState): Lab {
  let state = opened

  /** A node's sets of both families, and the rules that refer to them. */
  const setsOf = (node: string) => {
    const [ipv4, ipv6] = [nodeRules(state.cluster, node), nodeIpv6Rules(state.cluster, node)]
    const tables = [...ipv4.ruleset.tables, ...ipv6.ruleset.tables]
    return { sets: { ...ipv4.sets, ...ipv6.sets }, ruleset: { tables } }
  }
  const take = (change: ClusterChange, files: readonly LabFile[] = state.files): Applied => {
    const { changed, diagnostics } = change
    if (diagnostics.some((each) => each.severity === 'error')) return { changed: [], diagnostics }
    const nowMs = state.nowMs + SETTLE_MS
    const cluster = runCoreDns(change.cluster, state.nowMs)
    const kernels = syncedKernels(state.kernels, cluster)
    const textOf = textIn(files)
    const found = [...corefileDiagnostics(cluster, textOf), ...tlsDiagnostics(cluster, nowMs, textOf)]
    state = {
      ...state,
      cluster,
      kernels,
      nowMs,
      files,
      revision: state.revision + 1,
      diagnostics: [...diagnostics, ...found],
    }
    return { changed, diagnostics }
  }
  // Standard input is a text without a file: it stands in no tab and in no folder.
  const withFile = (file: LabFile) => {
    if (file.name === STANDARD_INPUT) return state.files
    const known = state.files.some((each) => each.name === file.name)
    return known ? state.files.map((each) => (each.name === file.name ? file : each)) : [...state.files, file]
  }
  return {
    get cluster() {
      return state.cluster
    },
    get nowMs() {
      return state.nowMs
    },
    get files() {
      return state.files
    },
    state: () => state,
    snapshot: () =>
      buildSnapshot(state.cluster, {
        ...state,
        files: state.files.map((file) => fileView(state.cluster, file)),
      }),
    apply: (file, text, options = {}) => {
      const failed = refused(file)
      if (failed !== undefined) return failed
      const known = state.files.find((each) => each.name === file.file)
      const change = applyManifests(state.cluster, file.manifests, {
        nowMs: state.nowMs,
        review: askIngressWebhooks,
        ...(options.namespace === undefined ? {} : { namespace: options.namespace }),
        ...(options.prune === true ? { pruneFile: file.file } : {}),
        ...(options.load === true ? { replace: true, createNamespaces: true } : {}),
      })
      const applied = take(change, withFile(labFile(file, text, true, known?.system ?? false)))
      const found = corefileDiagnostics(state.cluster, textIn(state.files)).filter(isOf(file.file))
      const warnings = hasError(applied) ? [] : warningsIn(state.cluster, state.nowMs, file.file, text)
      return {
        ...applied,
        diagnostics: [...file.diagnostics, ...applied.diagnostics, ...found, ...warnings],
      }
    },
    check: (file, text) => {
      if (refused(file) !== undefined || file.patch !== undefined) return file.diagnostics
      const change = applyManifests(state.cluster, file.manifests, {
        nowMs: state.nowMs,
        pruneFile: file.file,
        review: askIngressWebhooks,
      })
      const found = corefileDiagnostics(runCoreDns(change.cluster, state.nowMs), () => text).filter(
        isOf(file.file),
      )
      const warnings = hasError(change) ? [] : warningsIn(change.cluster, state.nowMs, file.file, text)
      return [...file.diagnostics, ...change.diagnostics, ...found, ...warnings]
    },
    patch: (target, patch, file) => {
      const files = state.files.map((each) => (each.name === file ? { ...each, applied: true } : each))
      return take(patchObject(state.cluster, target, patch, state.nowMs, askIngressWebhooks), files)
    },
    scale: (target, replicas) => take(scaleObject(state.cluster, target, replicas, state.nowMs)),
    crowd: (count) => take(withCrowd(state.cluster, count, state.nowMs)),
    remove: (target) => take(deleteObject(state.cluster, target, state.nowMs)),
    pasteRules: (file, text) => take(pasteRules(state.cluster, file, text), withFile(pasteFile(file, text))),
    changeMode: (files, mode) => changeMode(state.cluster, files, mode),
    changeField: (files, change) => changeField(state.cluster, files, change),
    changeNode: (files, node, ready) => changeNode(state.cluster, files, node, ready),
    forget: () => {
      state = { ...state, kernels: {}, rations: {} }
    },
    source: (question) => sourceCell(state.cluster, state.nowMs, question),
    surveyPaste: (node, text) => surveyPaste(state.cluster, node, text),
    convertIngresses: (namespace) => conversionOf(state.cluster, namespace),
    addFile: (file, text) => {
      state = { ...state, files: withFile(labFile(file, text, false, false)), revision: state.revision + 1 }
    },
    removeFile: (name) => {
      const cluster = withoutPaste(state.cluster, name)
      const change = applyManifests(cluster, [], { nowMs: state.nowMs, pruneFile: name })
      return take(
        change,
        state.files.map((each) => (each.name === name ? { ...each, applied: false } : each)),
      )
    },
    send: (request) => {
      const sent = sendRequest(state, request)
      const changed = sent.cluster !== state.cluster
      const cluster = changed ? runCoreDns(sent.cluster, sent.nowMs) : state.cluster
      state = {
        ...state,
        cluster,
        kernels: changed ? syncedKernels(sent.kernels, cluster) : sent.kernels,
        rations: sent.rations,
        nowMs: sent.nowMs + (changed ? SETTLE_MS : 0),
        revision: changed ? state.revision + 1 : state.revision,
      }
      return sent.trace
    },
    servicesCost: (request, size) => servicesCost(state.cluster, state.nowMs, request, size),
    iptablesSave: (node, options = {}) =>
      printIptablesSave(nodeRules(state.cluster, node).ruleset, {
        version: '1.8.9 (nf_tables)',
        printedAt: printedAt(state.nowMs),
        ...(options.counters === true ? { counters: state.kernels[node]?.counters ?? {} } : {}),
      }),
    ip6tablesSave: (node, options = {}) =>
      printIptablesSave(nodeIpv6Rules(state.cluster, node).ruleset, {
        ipVersion: 6,
        version: '1.8.9 (nf_tables)',
        printedAt: printedAt(state.nowMs),
        ...(options.counters === true
          ? { counters: state.kernels[kernelName(node, 6)]?.counters ?? {} }
          : {}),
      }),
    ruleOwners: (node, version) =>
      (version === 4 ? nodeRules : nodeIpv6Rules)(state.cluster, node).owners ?? {},
    ipvsadm: (node, only) =>
      printIpvsadm(netfilterOf(state.kernels, state.cluster, node).ipvs ?? emptyIpvs, state.nowMs, only),
    ipvsConnections: (node) =>
      printIpvsConnections(netfilterOf(state.kernels, state.cluster, node).ipvs ?? emptyIpvs, state.nowMs),
    ipset: (node, name) => {
      const { sets, ruleset } = setsOf(node)
      return printIpsets(sets, ruleset, name)
    },
    ipsetSave: (node, name) => printIpsetSave(setsOf(node).sets, name),
    nft: (node, wanted) => {
      // kube-proxy has a table of IPv6 in any cluster; shown is one that may hold something.
      const hasIpv6 = hasIpv6Rules(state.cluster, node)
      const ofFamily = (version: IpVersion) =>
        netfilterOf(state.kernels, state.cluster, node, version).nft ?? []
      const found = (hasIpv6 ? ([4, 6] as const) : ([4] as const)).flatMap(ofFamily)
      const dynamic = found.reduce<NftDynamic>((all, each) => ({ ...all, ...each.dynamic }), {})
      return listNft(
        found.map(({ table }) => table),
        wanted,
        { dynamic, now: state.nowMs },
      )
    },
    conntrack: (node, version) => {
      const tables = (version === undefined ? ([6, 4] as const) : [version]).map(
        (each) => state.kernels[kernelName(node, each)]?.conntrack ?? emptyConntrack,
      )
      const entries = tables.flatMap((table) => expire(table, state.nowMs).entries)
      return entries.map((entry) => `${printConntrackEntry(entry, state.nowMs)}\n`).join('')
    },
    conntrackStatistics: (node) =>
      printConntrackStatistics(
        countAll(
          state.kernels[kernelName(node, 4)]?.statistics ?? {},
          state.kernels[kernelName(node, 6)]?.statistics ?? {},
        ),
        state.cluster.nodes.find(({ ref }) => ref.name === node)?.cpus ?? 1,
      ),
    deleteConntrack: (node, lines) => {
      const isGone = (entry: ConntrackEntry) => lines.includes(printConntrackEntry(entry, state.nowMs))
      const kernels = Object.fromEntries(
        [kernelName(node, 4), kernelName(node, 6)].flatMap((name) => {
          const kernel = state.kernels[name]
          return kernel === undefined
            ? []
            : [[name, { ...kernel, conntrack: removeEntries(kernel.conntrack, isGone) }] as const]
        }),
      )
      state = { ...state, kernels: { ...state.kernels, ...kernels } }
    },
    resolvConf: (at) => resolvConfText(state.cluster, at),
    hostsFile: (at) => {
      const place = findVantage(state.cluster, at)
      return place === undefined ? undefined : printHosts(hostsOf(state.cluster, place))
    },
    iproute: (name) => {
      const host = networkOf(state.cluster).hosts[name]
      return host && showHost(host)
    },
    listeningSockets: (name) => {
      const node = state.cluster.nodes.find((each) => each.ref.name === name)
      return node === undefined ? [] : listeningOn(node, state.cluster)
    },
    advance: (ms) => {
      state = { ...state, nowMs: state.nowMs + ms }
    },
  }
}

function textIn(files: readonly LabFile[]): (file: string) => string | undefined {
  return (file) => files.find(({ name }) => name === file)?.text
}

function isOf(file: string): (diagnostic: Diagnostic) => boolean {
  return (diagnostic) => diagnostic.file === file
}

/** What is wrong in a file that the server takes: nginx or a client will not. */
function warningsIn(cluster: Cluster, nowMs: Millis, file: string, text: string): readonly Diagnostic[] {
  return [
    ...warnAboutIngresses(cluster, file),
    ...tlsDiagnostics(cluster, nowMs, () => text).filter(isOf(file)),
  ]
}

/** A file with an error changes nothing. A patch is no object: `kubectl apply` refuses it. */
function refused(file: ParsedFile): Applied | undefined {
  const failed = file.diagnostics.some((each) => each.severity === 'error')
  return failed ? { changed: [], diagnostics: file.diagnostics } : undefined
}

function hasError({ diagnostics }: { readonly diagnostics: readonly Diagnostic[] }): boolean {
  return diagnostics.some(({ severity }) => severity === 'error')
}

function pasteFile(name: string, text: string): LabFile {
  return { name, text, applied: true, system: false }
}

function labFile(parsed: ParsedFile, text: string, applied: boolean, system: boolean): LabFile {
  return {
    name: parsed.file,
    text,
    applied,
    system,
    ...(parsed.patch === undefined ? {} : { patch: parsed.patch.body }),
  }
}

function fileView(cluster: Cluster, file: LabFile): FileView {
  const { name, text, applied, system, patch } = file
  return {
    name,
    text,
    applied,
    system,
    ...(patch === undefined ? {} : { patchOf: patchTargets(cluster, patch) }),
  }
}

/** The objects that a patch can be meant for: those of a kind that has its fields, made by a person, in the namespace default. */
function patchTargets(cluster: Cluster, patch: JsonObject): readonly ObjectRef[] {
  const spec = patch['spec']
  const fields = typeof spec === 'object' && spec !== null && !Array.isArray(spec) ? Object.keys(spec) : []
  const ofWorkload = fields.some((field) => field === 'replicas' || field === 'template')
  const objects = ofWorkload ? cluster.deployments : cluster.services
  const kubernetes: ObjectRef = { kind: 'Service', namespace: 'default', name: 'kubernetes' }
  return objects
    .map((each) => each.ref)
    .filter((ref) => ref.namespace === 'default' && !sameObject(ref, kubernetes))
    .filter((ref) => cluster.objects[objectKey(ref)]?.source !== undefined)
}

function resolvConfText(cluster: Cluster, at: Vantage): string | undefined {
  const place = findVantage(cluster, at)
  if (place === undefined || place.kind === 'laptop') return undefined
  return printResolvConf(place.kind === 'pod' ? resolvConfOfPod(cluster, place.pod) : nodeResolvConf(cluster))
}

/** ctime(3), as iptables-save heads its output: `Wed Nov 25 01:12:33 2026`. */
function printedAt(ms: Millis): string {
  const [day = '', date = '', month = '', year = '', time = ''] = new Date(ms)
    .toUTCString()
    .replace(',', '')
    .split(' ')
  return `${day} ${month} ${date.replace(/^0/, ' ')} ${time} ${year}`
}
