/** `kubectl exec [-ti] POD [-c CONTAINER] -- COMMAND` (k8s.io/kubectl pkg/cmd/exec; texts of containerd and runc). */
import type { Pod } from '../../sim/cluster/objects.ts'
import { err, finish, out, type Chunk, type Outcome } from '../program.ts'
import { isGiven, lastValue } from '../read-options.ts'
import { fail, type KubectlCall, type Subcommand } from './subcommand.ts'

export const execInPod: Subcommand = {
  flags: ['i', 't', 'stdin', 'tty', 'q', 'quiet'],
  values: ['c', 'container', 'pod-running-timeout', 'f', 'filename'],
  run: runExec,
}

function runExec(call: KubectlCall): Outcome {
  const before = call.operands.slice(0, call.operands.length - call.afterDashes.length)
  const [name = ''] = before
  if (name === '') return fail('error: pod, type/name or --filename must be specified')
  if (!call.dashes && before.length > 1) {
    return fail(
      "error: exec [POD] [COMMAND] is not supported anymore. Use exec [POD] -- [COMMAND] instead\nSee 'kubectl exec -h' for help and examples",
    )
  }
  if (call.afterDashes.length === 0) {
    return fail('error: you must specify at least one command for the container')
  }
  const pod = findTarget(call, name)
  if (pod === undefined)
    return fail(`Error from server (NotFound): pods "${name.replace(/^pods?\//, '')}" not found`)
  const refused = refusal(pod)
  return refused === undefined ? runInPod(call, pod) : fail(refused)
}

/** A Pod by its name, or the first Pod of a workload: `deploy/nginx`. */
function findTarget(call: KubectlCall, name: string): Pod | undefined {
  const own = call.cluster.pods.filter((pod) => pod.ref.namespace === call.namespace)
  const slash = name.indexOf('/')
  if (slash < 0) return own.find((pod) => pod.ref.name === name)
  const bare = name.slice(slash + 1)
  if (/^pods?$|^po$/.test(name.slice(0, slash))) return own.find((pod) => pod.ref.name === bare)
  const workloads = [
    ...call.cluster.deployments,
    ...call.cluster.replicaSets,
    ...call.cluster.statefulSets,
    ...call.cluster.daemonSets,
  ]
  const workload = workloads.find((each) => each.ref.namespace === call.namespace && each.ref.name === bare)
  if (workload === undefined) return undefined
  const wanted = Object.entries(workload.selector)
  return own.find((pod) => wanted.every(([key, value]) => pod.labels[key] === value))
}

function refusal(pod: Pod): string | undefined {
  if (pod.phase === 'Succeeded' || pod.phase === 'Failed') {
    return `error: cannot exec into a container in a completed pod; current phase is ${pod.phase}`
  }
  if (pod.nodeName === undefined)
    return `Error from server (BadRequest): pod ${pod.ref.name} does not have a host assigned`
  if (pod.phase === 'Running') return undefined
  return `error: Internal error occurred: unable to upgrade connection: container not found ("${pod.containers[0]?.name ?? ''}")`
}

function runInPod(call: KubectlCall, pod: Pod): Outcome {
  const container = lastValue(call.options, 'c', 'container') ?? pod.containers[0]?.name ?? ''
  if (!pod.containers.some((each) => each.name === container)) {
    return fail(`Error from server (BadRequest): container ${container} is not valid for pod ${pod.ref.name}`)
  }
  const isTty = isGiven(call.options, 't', 'tty')
  const hasStdin = isGiven(call.options, 'i', 'stdin')
  const target = { at: `pod/${pod.ref.namespace}/${pod.ref.name}`, container }
  const { stdin, ...rest } = call.call
  const inner = { ...rest, tty: isTty, ...(hasStdin && stdin !== undefined && { stdin }) }
  const ran = call.call.run(target, call.afterDashes, inner)
  const defaulted = defaultedContainer(call, pod, container)
  if (ran.missing === true)
    return finish(1, ...defaulted, err(missingProgram(call.afterDashes[0] ?? '', pod)))
  const printed = isTty ? ran.chunks.map((chunk) => out(chunk.text)) : ran.chunks
  const terminated = ran.exitCode === 0 ? [] : [err(`command terminated with exit code ${ran.exitCode}\n`)]
  return { ...ran, chunks: [...defaulted, ...printed, ...terminated] }
}

function defaultedContainer(call: KubectlCall, pod: Pod, container: string): readonly Chunk[] {
  if (pod.containers.length < 2 || isGiven(call.options, 'c', 'container')) return []
  const names = pod.containers.map((each) => each.name).join(', ')
  return [err(`Defaulted container "${container}" out of: ${names}\n`)]
}

/** What runc says through containerd and the kubelet. The exec's id, 64 hexadecimal digits, is made of the Pod's name. */
function missingProgram(program: string, pod: Pod): string {
  const runc = `OCI runtime exec failed: exec failed: unable to start container process: exec: "${program}": executable file not found in $PATH: unknown`
  const id = Array.from({ length: 64 }, (_, index) =>
    ((pod.ref.name.charCodeAt(index % pod.ref.name.length) * 7 + index * 5) % 16).toString(16),
  ).join('')
  return `error: Internal error occurred: error executing command in container: failed to exec in container: failed to start exec "${id}": ${runc}\n`
}
