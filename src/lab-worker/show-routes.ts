/** The cluster's Ingresses as Gateway API manifests, in YAML. */
import { printYaml } from '../shell/kubectl/print-yaml.ts'
import type { Lab } from '../sim/lab.ts'
import type { JsonObject } from '../sim/manifest/manifest.ts'
import type { ShownRoutes } from './lab-client.ts'

/** What the dialog shows and what its tab gets. Classes that the cluster has not stand before the rest, so that it can be applied. */
export function showRoutes(lab: Lab): ShownRoutes {
  const { objects, differences, ingresses } = lab.convertIngresses()
  const known = new Set(lab.cluster.gatewayClasses.map(({ ref }) => ref.name))
  const classes = [...new Set(objects.flatMap(classNameOf))].filter((name) => !known.has(name))
  const yaml = documents(objects)
  const header = classes.length === 0 ? '' : `${NOTE}${documents(classes.map(classObject))}---\n`
  return { kind: 'shown', yaml, file: `${header}${yaml}`, ingresses, differences }
}

const NOTE = `# A class says who carries a Gateway out. ingress2gateway keeps the Ingress class's name; this one belongs to the
# Gateway controller of this cluster.
`

function classNameOf({ kind, spec }: JsonObject): readonly string[] {
  const name =
    kind === 'Gateway' && typeof spec === 'object' && spec !== null && 'gatewayClassName' in spec
      ? spec.gatewayClassName
      : undefined
  return typeof name === 'string' ? [name] : []
}

function classObject(name: string): JsonObject {
  return {
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'GatewayClass',
    metadata: { name },
    spec: { controllerName: 'podpath.dev/gateway' },
  }
}

function documents(objects: readonly JsonObject[]): string {
  return objects.map((object) => printYaml(object)).join('---\n')
}
