/** `kubectl describe`: Services. Other kinds come later. */
import { finish, out, type Outcome } from '../program.ts'
import { isGiven, lastValue } from '../read-options.ts'
import { describeService } from './describe-service.ts'
import { notFound } from './get.ts'
import { readSelector } from './label-selector.ts'
import { readResources } from './resource-args.ts'
import { fail, type KubectlCall, type Subcommand } from './subcommand.ts'
import type { Service } from '../../sim/cluster/objects.ts'

export const describe: Subcommand = {
  flags: ['A', 'all-namespaces', 'show-events'],
  values: ['l', 'selector', 'f', 'filename'],
  run: runDescribe,
}

function runDescribe(call: KubectlCall): Outcome {
  if (call.operands.length === 0) {
    return fail(
      'error: You must specify the type of resource to describe. Use "kubectl api-resources" for a complete list of supported resources.',
    )
  }
  const read = readResources(call.operands, call.cluster)
  if (!read.ok) return fail(read.message)
  const other = read.resources.find((resource) => resource.kind.kind !== 'Service')
  if (other !== undefined) return fail(`podpath: kubectl describe ${other.kind.plural} is not simulated`)
  const texts: string[] = []
  const selector = readSelector(lastValue(call.options, 'l', 'selector') ?? '')
  for (const { kind, name } of read.resources) {
    const inScope = call.cluster.services.filter(
      (service) => isGiven(call.options, 'A', 'all-namespaces') || service.ref.namespace === call.namespace,
    )
    const found =
      name === undefined
        ? inScope.filter((service) => selector?.(service.labels) ?? true)
        : namedOrPrefixed(inScope, name)
    if (found.length === 0 && name !== undefined) return fail(notFound(kind, name))
    texts.push(...found.map((service) => describeService(service, call.cluster)))
  }
  if (texts.length === 0)
    return { ...fail(`No resources found in ${call.namespace} namespace.`), exitCode: 0 }
  return finish(0, out(texts.join('\n\n')))
}

/** The object of that name, else those whose names begin with it. */
function namedOrPrefixed(services: readonly Service[], name: string): readonly Service[] {
  const exact = services.filter((service) => service.ref.name === name)
  return exact.length > 0 ? exact : services.filter((service) => service.ref.name.startsWith(name))
}
