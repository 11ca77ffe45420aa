/** `kubectl describe`: Services and custom resources. */
import { finish, out, type Outcome } from '../program.ts'
import { isGiven, lastValue } from '../read-options.ts'
import { builtInKinds } from './built-in-kinds.ts'
import { describeCustom } from './describe-custom.ts'
import { describeService } from './describe-service.ts'
import { notFound } from './get.ts'
import { readSelector } from './label-selector.ts'
import { bodyOf } from './list-objects.ts'
import type { Row } from './print-table.ts'
import type { ResourceKind } from './resource-kind.ts'
import { readResources } from './resource-args.ts'
import { fail, type KubectlCall, type Subcommand } from './subcommand.ts'
import type { Cluster } from '../../sim/cluster/cluster.ts'
import { sameObject, type ObjectRef } from '../../sim/cluster/object-ref.ts'

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
  const texts: string[] = []
  const selector = readSelector(lastValue(call.options, 'l', 'selector') ?? '')
  const isEverywhere = isGiven(call.options, 'A', 'all-namespaces')
  for (const { kind, name } of read.resources) {
    const describeOne = describerOf(kind)
    if (describeOne === undefined) return fail(`podpath: kubectl describe ${kind.plural} is not simulated`)
    const inScope = kind
      .rows(call.cluster, call.cluster.nowMs, false)
      .filter(({ ref }) => isEverywhere || !kind.namespaced || ref.namespace === call.namespace)
    const found =
      name === undefined
        ? inScope.filter(({ labels }) => selector?.(labels) ?? true)
        : namedOrPrefixed(inScope, name)
    if (found.length === 0 && name !== undefined) return fail(notFound(kind, name))
    texts.push(...found.map(({ ref }) => describeOne(ref, call.cluster)))
  }
  if (texts.length === 0)
    return { ...fail(`No resources found in ${call.namespace} namespace.`), exitCode: 0 }
  return finish(0, out(texts.join('\n\n')))
}

/** How a kind is described; undefined where kubectl has words of its own for it that are not written here. */
function describerOf(kind: ResourceKind): ((ref: ObjectRef, cluster: Cluster) => string) | undefined {
  if (kind.kind === 'Service')
    return (ref, cluster) => {
      const service = cluster.services.find((each) => sameObject(each.ref, ref))
      return service === undefined ? '' : describeService(service, cluster)
    }
  const isBuiltIn = builtInKinds.some((known) => known.kind === kind.kind)
  return isBuiltIn ? undefined : (ref, cluster) => describeCustom(bodyOf(ref, cluster))
}

/** The object of that name, else those whose names begin with it. */
function namedOrPrefixed(rows: readonly Row[], name: string): readonly Row[] {
  const exact = rows.filter(({ ref }) => ref.name === name)
  return exact.length > 0 ? exact : rows.filter(({ ref }) => ref.name.startsWith(name))
}
