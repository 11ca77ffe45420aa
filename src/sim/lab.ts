/**
 * The one door to the simulator. Everything outside `sim/` imports from here, and from `manifest/parse-file.ts`, which is a door
 * of its own because the YAML parser loads later than the first picture.
 */
import type { Change, Cluster } from './cluster/cluster.ts'
import type { ObjectRef } from './cluster/object-ref.ts'
import type { Millis } from './clock.ts'
import type { Diagnostic } from './manifest/diagnostic.ts'
import type { JsonObject, ParsedFile } from './manifest/manifest.ts'
import type { Snapshot } from './snapshot.ts'
import type { TraceRequest, Vantage } from './trace/request.ts'
import type { Trace } from './trace/trace.ts'

/** What an action did. With an error among `diagnostics` nothing changed at all. */
export interface Applied {
  readonly changed: readonly Change[]
  readonly diagnostics: readonly Diagnostic[]
}

/** The lab: a cluster, its nodes' kernels and a simulated clock. Plain values in and out. */
export interface Lab {
  /** The immutable cluster, as it is now. */
  readonly cluster: Cluster
  readonly nowMs: Millis
  snapshot(): Snapshot
  /** `kubectl apply -f`: all of a file or nothing of it. `prune` also deletes what an earlier version of the file had and this one has not. */
  apply(
    file: ParsedFile,
    text: string,
    options?: { readonly prune?: boolean; readonly namespace?: string },
  ): Applied
  /** `kubectl patch`, strategic merge. */
  patch(target: ObjectRef, patch: JsonObject): Applied
  scale(target: ObjectRef, replicas: number): Applied
  /** `kubectl delete`. */
  remove(target: ObjectRef): Applied
  /** A file that waits: shown in a tab and in the terminal's /opt, not applied. */
  addFile(name: string, text: string): void
  /** Sends one request and lets the clock run on until everything is at rest. */
  send(request: TraceRequest): Trace
  /** The node's rules as `iptables-save` prints them. */
  iptablesSave(node: string, options?: { readonly counters?: boolean }): string
  /** The node's connections as `conntrack -L` prints them, a line each. */
  conntrack(node: string): string
  /** The Pod's /etc/resolv.conf, or the node's. */
  resolvConf(at: Vantage): string
  /** Lets simulated time pass. */
  advance(ms: Millis): void
}
