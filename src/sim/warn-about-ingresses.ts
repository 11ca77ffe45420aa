/** The findings about the Ingresses of a file as warnings at their places; kubectl and the API server say nothing of them. */
import type { Cluster } from './cluster/cluster.ts'
import { objectKey } from './cluster/object-ref.ts'
import { classControllerOf } from './cluster/ingress-controller-pod.ts'
import { printEmergency } from './ingress/config-problem.ts'
import { hostName, ingressFindings, type IngressFinding } from './ingress/ingress-findings.ts'
import type { Diagnostic, DiagnosticCode } from './manifest/diagnostic.ts'
import { nearestRange } from './manifest/locate-problem.ts'
import { controllerConfig } from './trace/ingress-controllers.ts'

/** Warnings about the Ingresses that came from `file`, as the cluster's first ingress-nginx sees them; none without a controller. */
export function warnAboutIngresses(cluster: Cluster, file: string): readonly Diagnostic[] {
  const pod = cluster.pods.find((each) => each.ready && classControllerOf(each) !== undefined)
  if (pod === undefined) return []
  return cluster.ingresses.flatMap((ingress) => {
    const source = cluster.objects[objectKey(ingress.ref)]?.source
    if (source?.file !== file) return []
    return ingressFindings(ingress, cluster.ingresses, controllerConfig(cluster, pod)).map(
      (finding): Diagnostic => ({
        severity: 'warning',
        ...told(finding),
        file,
        range: nearestRange(source, finding.path),
      }),
    )
  })
}

type Told = Pick<Diagnostic, 'values' | 'message' | 'hint'> & { readonly code: DiagnosticCode }

function told(finding: IngressFinding): Told {
  switch (finding.kind) {
    case 'not-taken':
      return {
        code: 'ingress-not-taken',
        values: { why: finding.reason.kind },
        message: 'No controller takes this Ingress: it has no class, or one that is not there.',
        hint: 'Name an IngressClass in spec.ingressClassName: kubectl get ingressclass.',
      }
    case 'path-taken': {
      const { host, claimed: path, pathType, winner } = finding
      return {
        code: 'ingress-path-taken',
        values: { host: hostName(host), path, pathType, winner: `${winner.namespace}/${winner.name}` },
        message: `${hostName(host)} ${path} (${pathType}) is Ingress ${winner.namespace}/${winner.name}’s already: the older one wins, and this path gets nothing.`,
        hint: 'Choose another path, or delete one of the two.',
      }
    }
    case 'service-missing': {
      const { service } = finding
      return {
        code: 'ingress-service-missing',
        values: { service },
        message: `There is no Service ${service} in this namespace: requests get 503.`,
        hint: 'A backend is a Service of the Ingress’s own namespace.',
      }
    }
    case 'port-missing': {
      const { service, port } = finding
      return {
        code: 'ingress-port-missing',
        values: { service, port },
        message: `Service ${service} has no port ${port}: requests get 503.`,
        hint: 'Name a port of the Service, by number or by name.',
      }
    }
    case 'config-refused': {
      const detail = printEmergency(finding.problem)
      return {
        code: 'ingress-config-refused',
        values: { detail },
        message: `nginx refuses the configuration that comes of this, and keeps the old one for all hosts: ${detail}`,
      }
    }
    case 'regex-spreads': {
      const { host, by } = finding
      return {
        code: 'ingress-regex-spreads',
        values: { host: hostName(host), by: `${by.namespace}/${by.name}` },
        message: `Ingress ${by.namespace}/${by.name} uses a rewrite or a regular expression: all paths of ${hostName(host)} are patterns now, without regard to case.`,
      }
    }
  }
}
