/** `kubectl scale` (k8s.io/kubectl pkg/cmd/scale). Only what has replicas can be scaled. */
import type { Cluster } from '../../sim/cluster/cluster.ts'
import type { ObjectRef } from '../../sim/cluster/object-ref.ts'
import { err, finish, out, type Outcome } from '../program.ts'
import { allValues, lastValue } from '../read-options.ts'
import { findKind } from './find-kind.ts'
import { readManifests } from './manifest-files.ts'
import { printProblems } from './print-problems.ts'
import { readResources, type ReadResources } from './resource-args.ts'
import { kindName, pluralName } from './resource-kind.ts'
import { fail, type KubectlCall, type Subcommand } from './subcommand.ts'

export const scale: Subcommand = {
  flags: ['all'],
  values: [
    'replicas',
    'current-replicas',
    'f',
    'filename',
    'o',
    'output',
    'timeout',
    'dry-run',
    'resource-version',
  ],
  run: runScale,
}

const scalable = ['Deployment', 'ReplicaSet', 'StatefulSet', 'ReplicationController']

function runScale(call: KubectlCall): Outcome {
  const given = lastValue(call.options, 'replicas')
  if (given === undefined) return fail('error: required flag(s) "replicas" not set')
  if (!/^[+-]?\d+$/.test(given)) {
    return fail(
      `error: invalid argument "${given}" for "--replicas" flag: strconv.ParseInt: parsing "${given}": invalid syntax\nSee 'kubectl scale --help' for usage.`,
    )
  }
  const replicas = Number(given)
  if (replicas < 0)
    return fail('error: The --replicas=COUNT flag is required, and COUNT must be greater than or equal to 0')
  const read = readTargets(call)
  if (!read.ok) return fail(read.message)
  if (read.resources.length === 0) return fail('error: no objects passed to scale')
  const outcomes = read.resources.map((resource) => scaleOne(call, resource, replicas))
  return finish(
    Math.max(...outcomes.map((each) => each.exitCode)),
    ...outcomes.flatMap((each) => each.chunks),
  )
}

function readTargets(call: KubectlCall): ReadResources {
  const files = allValues(call.options, 'f', 'filename')
  if (files.length === 0) return readResources(call.operands, call.cluster)
  const read = readManifests(call.call, files)
  if (!read.ok) return read
  const resources = read.files.flatMap((file) =>
    file.parsed.manifests.flatMap((manifest) => {
      const kind = findKind(manifest.kind, call.cluster)
      return kind === undefined ? [] : [{ kind, name: manifest.name }]
    }),
  )
  return { ok: true, resources }
}

function scaleOne(
  call: KubectlCall,
  { kind, name }: Extract<ReadResources, { ok: true }>['resources'][number],
  replicas: number,
): Outcome {
  const row = kind
    .rows(call.cluster, call.call.lab.nowMs, false)
    .find(({ ref }) => ref.name === name && ref.namespace === call.namespace)
  if (row === undefined)
    return fail(`error: no objects passed to scale ${pluralName(kind)} "${name ?? ''}" not found`)
  if (!scalable.includes(kind.kind)) {
    return fail('Error from server (NotFound): the server could not find the requested resource')
  }
  const expected = lastValue(call.options, 'current-replicas')
  const current = desiredReplicas(call.cluster, row.ref)
  if (expected !== undefined && Number(expected) >= 0 && Number(expected) !== current) {
    return fail(`error: Expected replicas to be ${expected}, was ${current}`)
  }
  const applied = call.call.lab.scale(row.ref, replicas)
  const problems = printProblems(applied.diagnostics, { verb: 'patching' })
  return problems === ''
    ? finish(0, out(`${kindName(kind)}/${row.ref.name} scaled\n`))
    : finish(1, err(problems))
}

function desiredReplicas(cluster: Cluster, ref: ObjectRef): number {
  const workloads = [...cluster.deployments, ...cluster.replicaSets, ...cluster.statefulSets]
  const found = workloads.find(
    (workload) =>
      workload.ref.kind === ref.kind &&
      workload.ref.namespace === ref.namespace &&
      workload.ref.name === ref.name,
  )
  return found?.desired ?? 0
}
