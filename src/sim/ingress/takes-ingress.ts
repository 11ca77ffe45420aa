/** Which Ingresses the controller takes. Models GetIngressClass and hasCatchAllIngressRule (internal/ingress/controller/store/store.go). */
import type { Ingress, IngressClass, Namespace } from '../cluster/objects.ts'
import type { ControllerSettings } from './controller-settings.ts'

/** Why the controller takes an Ingress, or leaves it. */
export type ClassVerdict =
  | { readonly taken: true; readonly by: 'class' | 'annotation' | 'without-class' }
  | { readonly taken: false; readonly reason: LeftReason }

export type LeftReason =
  /** Neither field nor annotation, and the controller does not watch those. */
  | { readonly kind: 'no-class' }
  /** The field names a class that is not there. */
  | { readonly kind: 'class-missing'; readonly name: string }
  /** The class belongs to another controller. */
  | { readonly kind: 'class-of-another'; readonly name: string; readonly controller: string }
  | { readonly kind: 'annotation-of-another'; readonly value: string }
  | { readonly kind: 'catch-all-disabled' }
  | { readonly kind: 'namespace-not-watched' }

/** The field is looked at first; if it is set and does not fit, the annotation no longer counts. `namespaces` only for the selector. */
export function takesIngress(
  ingress: Ingress,
  classes: readonly IngressClass[],
  settings: ControllerSettings,
  namespaces: readonly Namespace[] = [],
): ClassVerdict {
  if (!watches(ingress.ref.namespace, settings, namespaces)) return left({ kind: 'namespace-not-watched' })
  const verdict = classVerdict(ingress, classes, settings)
  if (verdict.taken && settings.disableCatchAll && ingress.defaultBackend !== undefined)
    return left({ kind: 'catch-all-disabled' })
  return verdict
}

function classVerdict(
  ingress: Ingress,
  classes: readonly IngressClass[],
  settings: ControllerSettings,
): ClassVerdict {
  const name = ingress.ingressClassName
  if (name !== undefined) {
    const found = classes.find((each) => each.ref.name === name)
    if (found === undefined) return left({ kind: 'class-missing', name })
    const ours =
      found.controller === settings.controllerClass ||
      (settings.ingressClassByName && name === settings.ingressClass)
    if (!ours) return left({ kind: 'class-of-another', name, controller: found.controller })
    return { taken: true, by: 'class' }
  }
  const value = ingress.annotations['kubernetes.io/ingress.class']
  if (value !== undefined && value === settings.ingressClass) return { taken: true, by: 'annotation' }
  if (value !== undefined && value !== '') return left({ kind: 'annotation-of-another', value })
  return settings.watchIngressWithoutClass ? { taken: true, by: 'without-class' } : left({ kind: 'no-class' })
}

function watches(namespace: string, settings: ControllerSettings, namespaces: readonly Namespace[]): boolean {
  if (settings.watchNamespaceSelector === undefined) return true
  const labels = namespaces.find((each) => each.ref.name === namespace)?.labels ?? {}
  return settings.watchNamespaceSelector.split(',').every((term) => {
    const [key = '', value] = term.split(/==?/)
    return value === undefined ? key in labels : labels[key] === value
  })
}

function left(reason: LeftReason): ClassVerdict {
  return { taken: false, reason }
}
