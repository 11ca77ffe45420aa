/** `kubectl patch`: a strategic merge patch from the command line or a file (k8s.io/kubectl pkg/cmd/patch). */
import type { JsonObject } from '../../sim/manifest/manifest.ts'
import { absolutePath, editorName, readText } from '../files.ts'
import { err, finish, out, type Outcome } from '../program.ts'
import { lastValue } from '../read-options.ts'
import { notFound } from './get.ts'
import { printProblems, printWarnings } from './print-problems.ts'
import { readResources } from './resource-args.ts'
import { kindName } from './resource-kind.ts'
import { fail, type KubectlCall, type Subcommand } from './subcommand.ts'

export const patch: Subcommand = {
  flags: [],
  values: ['p', 'patch', 'patch-file', 'type', 'o', 'output', 'dry-run', 'subresource'],
  run: runPatch,
}

const patchTypes = ['json', 'merge', 'strategic']

function runPatch(call: KubectlCall): Outcome {
  const type = lastValue(call.options, 'type') ?? 'strategic'
  if (!patchTypes.includes(type))
    return fail(`error: --type must be one of [${patchTypes.join(' ')}], not "${type}"`)
  const read = readPatch(call)
  if (!read.ok) return fail(read.message)
  if (type === 'json') return fail('podpath: a patch of --type=json is not simulated')
  const resources = readResources(call.operands, call.cluster)
  if (!resources.ok) return fail(resources.message)
  if (resources.resources.length === 0)
    return fail('error: must specify one or more resources by argument or filename')
  const outcomes = resources.resources.map(({ kind, name }) => {
    if (name === undefined) return fail('error: resource(s) were provided, but no name was specified')
    const row = kind
      .rows(call.cluster, call.call.lab.nowMs, false)
      .find(({ ref }) => ref.name === name && (!kind.namespaced || ref.namespace === call.namespace))
    if (row === undefined) return fail(notFound(kind, name))
    const applied = call.call.lab.patch(row.ref, read.body, read.file)
    const problems = printProblems(applied.diagnostics, { verb: 'patching' })
    if (problems !== '') return finish(1, err(problems))
    const verb = applied.changed.some((change) => change.verb === 'patched')
      ? 'patched'
      : 'patched (no change)'
    const id = `${kindName(kind)}/${name}`
    const isNameOnly = lastValue(call.options, 'o', 'output') === 'name'
    const warnings = printWarnings(applied.diagnostics.filter((each) => each.code === 'unknown-field'))
    return finish(0, out(isNameOnly ? `${id}\n` : `${id} ${verb}\n`), err(warnings))
  })
  return finish(
    Math.max(...outcomes.map((each) => each.exitCode)),
    ...outcomes.flatMap((each) => each.chunks),
  )
}

/** `file` is the patch's name in the editor, where it has one. */
type ReadPatch =
  | { readonly ok: true; readonly body: JsonObject; readonly file?: string }
  | { readonly ok: false; readonly message: string }

/** `-p` holds JSON or YAML; a file may be a whole object too. */
function readPatch(call: KubectlCall): ReadPatch {
  const file = lastValue(call.options, 'patch-file')
  const given = lastValue(call.options, 'p', 'patch')
  if (file === undefined && given === undefined) {
    return {
      ok: false,
      message: 'error: must specify --patch or --patch-file containing the contents of the patch',
    }
  }
  const text = file === undefined ? given : readText(call.call, absolutePath(call.call, file))
  if (text === undefined) {
    return {
      ok: false,
      message: `error: unable to read patch file: open ${file ?? ''}: no such file or directory`,
    }
  }
  if (/^\s*\{\s*\}\s*$/.test(text)) return { ok: true, body: {} }
  if (lastValue(call.options, 'type') === 'json') return { ok: true, body: {} }
  const name = file === undefined ? undefined : editorName(absolutePath(call.call, file))
  const parsed = call.call.parseFile(name ?? 'patch.yaml', text)
  const body = parsed.patch?.body ?? parsed.manifests[0]?.body
  if (body !== undefined) return { ok: true, body, ...(name !== undefined && { file: name }) }
  const bad = /^\s*\{\s*([^"}\s])/.exec(text)
  const looking = 'looking for beginning of object key string'
  return {
    ok: false,
    message:
      bad === null
        ? `error: unable to parse "${text}": ${parsed.diagnostics[0]?.message ?? 'not a patch'}`
        : `Error from server (BadRequest): invalid character '${bad[1] ?? ''}' ${looking}`,
  }
}
