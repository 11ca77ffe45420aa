/** kubectl 1.32: the subcommands that the terminal has. */
import { apply } from '../kubectl/apply.ts'
import { remove } from '../kubectl/delete.ts'
import { describe } from '../kubectl/describe.ts'
import { execInPod } from '../kubectl/exec-in-pod.ts'
import { get } from '../kubectl/get.ts'
import { patch } from '../kubectl/patch.ts'
import { scale } from '../kubectl/scale.ts'
import { fail, findSubcommand, runSubcommand, type Subcommand } from '../kubectl/subcommand.ts'
import { finish, out, type Invocation, type Outcome } from '../program.ts'

const subcommands: Readonly<Record<string, Subcommand>> = {
  apply,
  delete: remove,
  describe,
  exec: execInPod,
  get,
  patch,
  scale,
}

/** Subcommands of the real one that are not here yet. */
const notSimulated = [
  'annotate',
  'api-resources',
  'api-versions',
  'attach',
  'auth',
  'autoscale',
  'certificate',
  'cluster-info',
  'config',
  'cordon',
  'cp',
  'create',
  'debug',
  'diff',
  'drain',
  'edit',
  'events',
  'explain',
  'expose',
  'kustomize',
  'label',
  'logs',
  'port-forward',
  'proxy',
  'replace',
  'rollout',
  'run',
  'set',
  'taint',
  'top',
  'uncordon',
  'version',
  'wait',
]

/** The subcommand may stand behind global options: `kubectl -n kube-system get pods`. */
export function kubectl(call: Invocation): Outcome {
  const at = findSubcommand(call.args)
  const name = call.args[at] ?? ''
  if (at < 0) return finish(0, out('kubectl controls the Kubernetes cluster manager.\n'))
  const subcommand = Object.hasOwn(subcommands, name) ? subcommands[name] : undefined
  const rest = call.args.toSpliced(at, 1)
  if (subcommand !== undefined) return runSubcommand(name, subcommand, call, rest)
  return notSimulated.includes(name)
    ? fail(`podpath: kubectl ${name} is not simulated`)
    : fail(`error: unknown command "${name}" for "kubectl"`)
}
