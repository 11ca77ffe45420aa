/** `kubectl apply -f` and `kubectl create -f`: files to the lab, one after the other (k8s.io/kubectl pkg/cmd/apply). */
import type { Change, Cluster } from '../../sim/cluster/cluster.ts'
import { createLab } from '../../sim/lab.ts'
import { err, finish, out, type Chunk, type Outcome } from '../program.ts'
import { allValues, isGiven, lastValue } from '../read-options.ts'
import { kindOf } from './find-kind.ts'
import { readManifests, type ManifestFile } from './manifest-files.ts'
import { printProblems } from './print-problems.ts'
import { kindName } from './resource-kind.ts'
import { dashed, fail, type KubectlCall, type Subcommand } from './subcommand.ts'

export const apply: Subcommand = {
  flags: ['R', 'recursive', 'server-side', 'force-conflicts', 'prune', 'wait'],
  values: ['f', 'filename', 'o', 'output', 'k', 'kustomize', 'dry-run', 'validate', 'field-manager'],
  run: runApply,
}

function runApply(call: KubectlCall): Outcome {
  const names = allValues(call.options, 'f', 'filename').flatMap((value) => value.split(','))
  const unsupported = ['k', 'kustomize', 'prune'].find((name) => isGiven(call.options, name))
  if (unsupported !== undefined) return fail(`podpath: kubectl apply ${dashed(unsupported)} is not simulated`)
  if (call.operands.length > 0) {
    return fail(
      `error: Unexpected args: [${call.operands.join(' ')}]\nSee 'kubectl apply -h' for help and examples`,
    )
  }
  if (names.length === 0) return fail('error: must specify one of -f and -k')
  const read = readManifests(call.call, names)
  if (!read.ok) return fail(read.message)
  if (read.files.every(isEmpty)) return fail('error: no objects passed to apply')
  const chunks: Chunk[] = []
  for (const file of read.files) chunks.push(...applyFile(call, file))
  const failed = chunks.some((chunk) => chunk.stream === 'stderr' && !chunk.text.startsWith('Warning: '))
  return finish(failed ? 1 : 0, ...chunks)
}

function applyFile(call: KubectlCall, file: ManifestFile): readonly Chunk[] {
  if (isEmpty(file)) return []
  const refused = refusal(call, file)
  if (refused !== undefined) return [err(`${refused}\n`)]
  const given = lastValue(call.options, 'n', 'namespace')
  const lab = dryRunOf(call) === undefined ? call.call.lab : createLab(call.call.lab.state())
  const applied = lab.apply(file.parsed, file.text, given === undefined ? {} : { namespace: given })
  const all = [
    ...file.parsed.diagnostics,
    ...applied.diagnostics.filter((each) => !file.parsed.diagnostics.includes(each)),
  ]
  const hasErrors = all.some((diagnostic) => diagnostic.severity === 'error')
  return [
    out(hasErrors ? '' : printChanges(call, applied.changed, lab.cluster)),
    err(printProblems(all, { verb: 'creating', path: file.path })),
  ].filter((chunk) => chunk.text !== '')
}

/** What kubectl refuses before it asks the server. */
function refusal(call: KubectlCall, file: ManifestFile): string | undefined {
  if (file.parsed.patch !== undefined) {
    return `error: error validating "${file.path}": error validating data: [apiVersion not set, kind not set]; if you choose to ignore these errors, turn validation off with --validate=false`
  }
  const given = lastValue(call.options, 'n', 'namespace')
  const other = file.parsed.manifests.find(
    (manifest) => manifest.namespace !== undefined && manifest.namespace !== given,
  )
  if (given === undefined || other === undefined) return undefined
  return `error: the namespace from the provided object "${other.namespace ?? ''}" does not match the namespace "${given}". You must pass '--namespace=${other.namespace ?? ''}' to perform this operation.`
}

function isEmpty(file: ManifestFile): boolean {
  return file.parsed.diagnostics.some((diagnostic) => diagnostic.code === 'no-objects')
}

/** A line a change: `service/nginx created`, or the name alone with `-o name`. */
function printChanges(call: KubectlCall, changes: readonly Change[], cluster: Cluster): string {
  const isNameOnly = lastValue(call.options, 'o', 'output') === 'name'
  return changes
    .map((change) => {
      const name = `${kindName(kindOf(change.ref, cluster))}/${change.ref.name}`
      return isNameOnly ? `${name}\n` : `${name} ${verbOf(call, change)}\n`
    })
    .join('')
}

/** What was, or would have been, done. Without a server kubectl cannot tell `unchanged` from `configured`. */
function verbOf(call: KubectlCall, { verb }: Change): string {
  const dryRun = dryRunOf(call)
  if (dryRun === 'client') return `${verb === 'created' ? verb : 'configured'} (dry run)`
  const done = isGiven(call.options, 'server-side') ? 'serverside-applied' : verb
  return dryRun === 'server' ? `${done} (server dry run)` : done
}

/** `undefined`: it is done in earnest. A bare `--dry-run` is not among kubectl's since 1.23. */
function dryRunOf(call: KubectlCall): 'client' | 'server' | undefined {
  const value = lastValue(call.options, 'dry-run')
  return value === 'client' || value === 'server' ? value : undefined
}
