/** How an ingress-nginx is set up: the command line of its Pod and the ConfigMap that this names (ingress-nginx pkg/flags/flags.go). */
import type { ConfigMap, Container } from './objects.ts'

type Texts = Readonly<Record<string, string>>

interface WithContainers {
  readonly ref: { readonly namespace: string }
  readonly containers: readonly Pick<Container, 'image' | 'command' | 'args'>[]
}

/** The class controller that ingress-nginx answers to, unless told otherwise. */
const INGRESS_NGINX = 'k8s.io/ingress-nginx'

/** Flags without `--`: `--name=value` of the containers' commands and arguments; a bare flag is `true`. */
export function controllerFlags({ containers }: WithContainers): Texts {
  const words = containers.flatMap(({ command, args }) => [...command, ...args])
  return Object.fromEntries(
    words
      .filter((word) => word.startsWith('--'))
      .map((word) => {
        const [name = '', value = 'true'] = word.slice(2).split(/=(.*)/s)
        return [name, value]
      }),
  )
}

/** The class controller that a Pod's ingress-nginx answers to, or undefined where the Pod runs none. */
export function classControllerOf(pod: WithContainers): string | undefined {
  const named = controllerFlags(pod)['controller-class']
  const isNginx = pod.containers.some(({ image }) =>
    /ingress-nginx\/(controller|kubernetes-ingress-controller)/.test(image),
  )
  return named ?? (isNginx ? INGRESS_NGINX : undefined)
}

/** Data of the ConfigMap of `--configmap=NAMESPACE/NAME`; empty where there is none. */
export function controllerConfigMap(pod: WithContainers, configMaps: readonly ConfigMap[]): Texts {
  const [namespace, name] = namespacedName(controllerFlags(pod)['configmap'] ?? '', pod)
  return configMaps.find(({ ref }) => ref.namespace === namespace && ref.name === name)?.data ?? {}
}

/** `NAMESPACE/NAME` of a flag, in which `$(POD_NAMESPACE)` is the Pod's own. */
export function namespacedName(
  flag: string,
  pod: WithContainers,
): readonly [namespace: string, name: string] {
  const [namespace = '', name = ''] = flag.replace('$(POD_NAMESPACE)', pod.ref.namespace).split('/')
  return [namespace, name]
}
