/** `kubectl delete` (k8s.io/kubectl pkg/cmd/delete): by name, by file, by label, all of a kind. */
import type { ObjectRef } from '../../sim/cluster/object-ref.ts'
import { err, finish, out, type Chunk, type Outcome } from '../program.ts'
import { allValues, isGiven, lastValue } from '../read-options.ts'
import { findKind } from './find-kind.ts'
import { readSelector } from './label-selector.ts'
import { readManifests } from './manifest-files.ts'
import { printProblems } from './print-problems.ts'
import { readResources, type WantedResource } from './resource-args.ts'
import { kindName, pluralName, type ResourceKind } from './resource-kind.ts'
import { fail, type KubectlCall, type Subcommand } from './subcommand.ts'

export const remove: Subcommand = {
  flags: ['all', 'force', 'now', 'ignore-not-found', 'A', 'all-namespaces', 'wait', 'R', 'recursive'],
  values: ['f', 'filename', 'l', 'selector', 'o', 'output', 'grace-period', 'cascade', 'dry-run', 'timeout'],
  run: runDelete,
}

const withoutResource = `error: You must provide one or more resources by argument or filename.
Example resource specifications include:
   '-f rsrc.yaml'
   '--filename=rsrc.json'
   '<resource> <name>'
   '<resource>'`

const forceWarning =
  'Warning: Immediate deletion does not wait for confirmation that the running resource has been terminated. The resource may continue to run on the cluster indefinitely.\n'

/** An object to delete; `ref` is absent where there is none, `path` is the file that named it. */
interface Doomed {
  readonly kind: ResourceKind
  readonly name: string
  readonly ref?: ObjectRef
  readonly path?: string
}

/** `files` are those of the editor whose objects are all to go: they wait again then. */
type Chosen =
  | { readonly ok: true; readonly doomed: readonly Doomed[]; readonly files: readonly string[] }
  | { readonly ok: false; readonly message: string }

function runDelete(call: KubectlCall): Outcome {
  const chosen = choose(call)
  if (!chosen.ok) return fail(chosen.message)
  const warning = isGiven(call.options, 'force') ? [err(forceWarning)] : []
  const isQuiet = isGiven(call.options, 'ignore-not-found') && chosen.doomed.length > 0
  if (chosen.doomed.length === 0 && !isQuiet) return finish(0, ...warning, out('No resources found\n'))
  const chunks = chosen.doomed.flatMap((each) => deleteOne(call, each))
  const isReal = !isGiven(call.options, 'dry-run')
  if (isReal) for (const file of chosen.files) call.call.lab.removeFile(file)
  const failed = chunks.some((chunk) => chunk.stream === 'stderr')
  return finish(failed ? 1 : 0, ...warning, ...chunks)
}

function choose(call: KubectlCall): Chosen {
  const named = allValues(call.options, 'f', 'filename')
  if (named.length > 0) return chooseFromFiles(call, named)
  if (call.operands.length === 0) return { ok: false, message: withoutResource }
  const read = readResources(call.operands, call.cluster)
  if (!read.ok) return read
  const selector = lastValue(call.options, 'l', 'selector')
  const isAll = isGiven(call.options, 'all')
  const isUnnamed = read.resources.some((resource) => resource.name === undefined)
  if (isUnnamed && selector === undefined && !isAll) {
    return { ok: false, message: 'error: resource(s) were provided, but no name was specified' }
  }
  const fits = readSelector(selector ?? '')
  if (fits === undefined) return { ok: false, message: 'error: unable to parse requirement' }
  return { ok: true, doomed: read.resources.flatMap((resource) => matching(call, resource, fits)), files: [] }
}

function matching(
  call: KubectlCall,
  { kind, name }: WantedResource,
  fits: (labels: Readonly<Record<string, string>>) => boolean,
): readonly Doomed[] {
  const rows = rowsInScope(call, kind)
  if (name === undefined) {
    return rows.filter((row) => fits(row.labels)).map(({ ref }) => ({ kind, name: ref.name, ref }))
  }
  const ref = rows.find((row) => row.ref.name === name)?.ref
  return [{ kind, name, ...(ref !== undefined && { ref }) }]
}

function chooseFromFiles(call: KubectlCall, named: readonly string[]): Chosen {
  const read = readManifests(call.call, named)
  if (!read.ok) return read
  const doomed = read.files.flatMap((file) =>
    file.parsed.manifests.flatMap((manifest): readonly Doomed[] => {
      const kind = findKind(manifest.kind, call.cluster)
      if (kind === undefined) return []
      const namespace = manifest.namespace ?? call.namespace
      const ref = kind
        .rows(call.cluster, call.call.lab.nowMs, false)
        .find(
          (row) => row.ref.name === manifest.name && (!kind.namespaced || row.ref.namespace === namespace),
        )?.ref
      return [{ kind, name: manifest.name, path: file.path, ...(ref !== undefined && { ref }) }]
    }),
  )
  const applied = call.call.lab.files.filter((file) => file.applied).map((file) => file.name)
  const files = read.files.map((file) => file.parsed.file).filter((name) => applied.includes(name))
  return { ok: true, doomed, files }
}

function rowsInScope(call: KubectlCall, kind: ResourceKind) {
  const everywhere = isGiven(call.options, 'A', 'all-namespaces') || !kind.namespaced
  return kind
    .rows(call.cluster, call.call.lab.nowMs, false)
    .filter((row) => everywhere || row.ref.namespace === call.namespace)
}

function deleteOne(call: KubectlCall, { kind, name, ref, path }: Doomed): readonly Chunk[] {
  const about = path === undefined ? '' : `error when deleting "${path}": `
  if (ref === undefined) {
    if (isGiven(call.options, 'ignore-not-found')) return []
    return [err(`Error from server (NotFound): ${about}${pluralName(kind)} "${name}" not found\n`)]
  }
  const dryRun = lastValue(call.options, 'dry-run') ?? 'none'
  if (dryRun === 'none') {
    const problems = printProblems(call.call.lab.remove(ref).diagnostics, { verb: 'deleting' })
    if (problems !== '') return [err(problems)]
  }
  if (lastValue(call.options, 'o', 'output') === 'name') return [out(`${kindName(kind)}/${name}\n`)]
  const how = isGiven(call.options, 'force') ? 'force deleted' : 'deleted'
  const suffix = dryRun === 'none' ? '' : dryRun === 'server' ? ' (server dry run)' : ' (dry run)'
  return [out(`${kindName(kind)} "${name}" ${how}${suffix}\n`)]
}
