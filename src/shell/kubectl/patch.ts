/** `kubectl patch`: a strategic, merge or JSON patch from the command line or a file (k8s.io/kubectl pkg/cmd/patch). */
import type { JsonObject } from '../../sim/manifest/manifest.ts'
import { absolutePath, editorName, readText } from '../files.ts'
import { err, finish, out, type Outcome } from '../program.ts'
import { lastValue } from '../read-options.ts'
import { notFound } from './get.ts'
import { applyJsonPatch, applyMergePatch, replacingPatch } from './json-patch.ts'
import { bodyOf } from './list-objects.ts'
import { printProblems, printWarnings } from './print-problems.ts'
import { readResources, type WantedResource } from './resource-args.ts'
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
  if (!patchTypes.includes(type)) {
    return fail(`error: --type must be one of [${patchTypes.join(' ')}], not "${type}"`)
  }
  const read = readPatch(call)
  if (!read.ok) return fail(read.message)
  const resources = readResources(call.operands, call.cluster)
  if (!resources.ok) return fail(resources.message)
  if (resources.resources.length === 0) {
    return fail('error: must specify one or more resources by argument or filename')
  }
  const outcomes = resources.resources.map((resource) => patchOne(call, resource, type, read))
  const exitCode = Math.max(...outcomes.map((each) => each.exitCode))
  return finish(exitCode, ...outcomes.flatMap((each) => each.chunks))
}

function patchOne(
  call: KubectlCall,
  { kind, name }: WantedResource,
  type: string,
  given: GivenPatch,
): Outcome {
  if (name === undefined) return fail('error: resource(s) were provided, but no name was specified')
  const row = kind
    .rows(call.cluster, call.call.lab.nowMs, false)
    .find(({ ref }) => ref.name === name && (!kind.namespaced || ref.namespace === call.namespace))
  if (row === undefined) return fail(notFound(kind, name))
  const body = patchBody(call, given, type, bodyOf(row.ref, call.cluster))
  if (!body.ok) return fail(body.message)
  const applied = call.call.lab.patch(row.ref, body.body, given.file)
  const problems = printProblems(applied.diagnostics, { verb: 'patching' })
  if (problems !== '') return finish(1, err(problems))
  const verb = applied.changed.some((change) => change.verb === 'patched') ? 'patched' : 'patched (no change)'
  const id = `${kindName(kind)}/${name}`
  const isNameOnly = lastValue(call.options, 'o', 'output') === 'name'
  const warnings = printWarnings(applied.diagnostics.filter((each) => each.code === 'unknown-field'))
  return finish(0, out(isNameOnly ? `${id}\n` : `${id} ${verb}\n`), err(warnings))
}

/** A patch's text. `file` is its name in the editor, where it has one. */
interface GivenPatch {
  readonly text: string
  readonly file?: string
}

function readPatch(
  call: KubectlCall,
): ({ readonly ok: true } & GivenPatch) | { readonly ok: false; readonly message: string } {
  const file = lastValue(call.options, 'patch-file')
  const given = lastValue(call.options, 'p', 'patch')
  if (file === undefined) {
    if (given !== undefined) return { ok: true, text: given }
    return {
      ok: false,
      message: 'error: must specify --patch or --patch-file containing the contents of the patch',
    }
  }
  const path = absolutePath(call.call, file)
  const text = readText(call.call, path)
  if (text === undefined) {
    return { ok: false, message: `error: unable to read patch file: open ${file}: no such file or directory` }
  }
  return { ok: true, text, file: editorName(path) }
}

type PatchBody =
  { readonly ok: true; readonly body: JsonObject } | { readonly ok: false; readonly message: string }

/** The strategic merge patch that the text means, whatever its type. JSON and YAML are both read; a file may be a whole object too. */
function patchBody(call: KubectlCall, given: GivenPatch, type: string, object: JsonObject): PatchBody {
  if (type === 'json') {
    const after = applyJsonPatch(given.text, object)
    const message = 'The request is invalid: the server rejected our request due to an error in our request'
    return after === undefined ? { ok: false, message } : { ok: true, body: replacingPatch(object, after) }
  }
  if (/^\s*\{\s*\}\s*$/.test(given.text)) return { ok: true, body: {} }
  const parsed = call.call.parseFile(given.file ?? 'patch.yaml', given.text)
  const body = parsed.patch?.body ?? parsed.manifests[0]?.body
  if (body !== undefined) {
    return { ok: true, body: type === 'merge' ? replacingPatch(object, applyMergePatch(body, object)) : body }
  }
  const bad = /^\s*\{\s*([^"}\s])/.exec(given.text)
  const looking = 'looking for beginning of object key string'
  return {
    ok: false,
    message:
      bad === null
        ? `error: unable to parse "${given.text}": ${parsed.diagnostics[0]?.message ?? 'not a patch'}`
        : `Error from server (BadRequest): invalid character '${bad[1] ?? ''}' ${looking}`,
  }
}
