/**
 * ingress2gateway (kubernetes-sigs/ingress2gateway v1.1): `print --providers=ingress-nginx [-A] [-n NAMESPACE] [--input-file FILE]`. What
 * will answer differently goes to standard error in Podpath's words; the tool's own notifications are a table of other ones.
 */
import { createLab, type Lab } from '../../sim/lab.ts'
import type { JsonObject, JsonValue } from '../../sim/manifest/manifest.ts'
import { readManifests } from '../kubectl/manifest-files.ts'
import { printYaml } from '../kubectl/print-yaml.ts'
import { isObject } from '../kubectl/wire-fields.ts'
import { err, finish, out, type Invocation, type Outcome } from '../program.ts'
import { isGiven, lastValue, readOptions } from '../read-options.ts'

const usage =
  'usage: ingress2gateway print --providers=ingress-nginx [-A] [-n NAMESPACE] [--input-file FILE]\n'

/** Prints Gateways and HTTPRoutes, keys sorted as the tool's printer sorts them. */
export function ingress2gateway(call: Invocation): Outcome {
  const read = readOptions(call.args, {
    flags: ['A', 'all-namespaces'],
    values: ['providers', 'n', 'namespace', 'input-file', 'o', 'output'],
  })
  if (!read.ok) return finish(1, err(`Error: unknown flag: ${read.option}\n`))
  if (read.operands[0] !== 'print') return finish(read.operands.length === 0 ? 0 : 1, err(usage))
  const providers = lastValue(read.options, 'providers')
  if (providers === undefined) return finish(1, err('Error: required flag(s) "providers" not set\n'))
  if (providers !== 'ingress-nginx')
    return finish(1, err(`podpath: ingress2gateway --providers=${providers} is not simulated\n`))
  if ((lastValue(read.options, 'o', 'output') ?? 'yaml') !== 'yaml')
    return finish(1, err('podpath: ingress2gateway prints YAML alone here\n'))
  const file = lastValue(read.options, 'input-file')
  const lab = file === undefined ? call.lab : labOfFile(call, file)
  if (typeof lab === 'string') return finish(1, err(`${lab}\n`))
  const isEverywhere = file !== undefined || isGiven(read.options, 'A', 'all-namespaces')
  const namespace = lastValue(read.options, 'n', 'namespace') ?? 'default'
  const { objects, differences } = lab.convertIngresses(isEverywhere ? undefined : namespace)
  if (objects.length === 0) return finish(0, out('No resources found\n'))
  const notes = differences
    .filter(({ kind }) => kind === 'not-converted')
    .map(({ ingress, about }) => `podpath: not converted: ${ingress.namespace}/${ingress.name}: ${about}\n`)
  return finish(0, out(objects.map((object) => printYaml(sorted(object))).join('---\n')), err(notes.join('')))
}

/** A lab of its own whose only Ingresses are the file's; or what is wrong with the file. */
function labOfFile(call: Invocation, name: string): Lab | string {
  const read = readManifests(call, [name])
  if (!read.ok) return read.message
  const lab = createLab(call.lab.state())
  for (const { ref } of call.lab.cluster.ingresses) lab.remove(ref)
  for (const { parsed, text } of read.files) {
    const failed = lab.apply(parsed, text).diagnostics.find(({ severity }) => severity === 'error')
    if (failed !== undefined) return `Error: ${failed.message}`
  }
  return lab
}

function sorted(value: JsonObject): JsonObject {
  const inside = (each: JsonValue): JsonValue =>
    Array.isArray(each) ? each.map(inside) : isObject(each) ? sorted(each) : each
  const keys = Object.keys(value).toSorted()
  return Object.fromEntries(keys.map((key) => [key, inside(value[key] ?? null)]))
}
