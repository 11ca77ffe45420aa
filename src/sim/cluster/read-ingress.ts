/** Ingresses and IngressClasses (networking.k8s.io/v1, 1.32). */
import { listAt, numberAt, objectAt, textAt, textsAt, valueAt } from '../manifest/json-fields.ts'
import type { JsonValue } from '../manifest/manifest.ts'
import type { ApiObject, Ingress, IngressBackend, IngressClass, IngressPath } from './objects.ts'
import { readMeta } from './read-meta.ts'
import { remembered } from './remembered.ts'

/** The annotation that marks the class for Ingresses which name none. */
const DEFAULT_CLASS = 'ingressclass.kubernetes.io/is-default-class'

/** An Ingress with the addresses that its controller published. */
export const readIngress: (object: ApiObject) => Ingress = remembered((object) => {
  const spec = objectAt(object.body, 'spec')
  const ingressClassName = textAt(spec, 'ingressClassName')
  const backend = valueAt(spec, 'defaultBackend')
  return {
    ...readMeta(object),
    ...(ingressClassName === undefined ? {} : { ingressClassName }),
    ...(backend === undefined ? {} : { defaultBackend: readBackend(backend) }),
    rules: listAt(spec, 'rules').map(readRule),
    tls: listAt(spec, 'tls').map((entry) => {
      const secretName = textAt(entry, 'secretName')
      return { hosts: textsAt(entry, 'hosts'), ...(secretName === undefined ? {} : { secretName }) }
    }),
    addresses: listAt(object.body, 'status', 'loadBalancer', 'ingress').flatMap(
      (entry) => textAt(entry, 'ip') ?? textAt(entry, 'hostname') ?? [],
    ),
  }
})

/** An IngressClass. */
export const readIngressClass: (object: ApiObject) => IngressClass = remembered((object) => {
  const meta = readMeta(object)
  return {
    ...meta,
    controller: textAt(object.body, 'spec', 'controller') ?? '',
    isDefault: meta.annotations[DEFAULT_CLASS] === 'true',
  }
})

function readRule(rule: JsonValue): Ingress['rules'][number] {
  const http = valueAt(rule, 'http')
  return {
    host: textAt(rule, 'host') ?? '',
    ...(http === undefined ? {} : { paths: listAt(http, 'paths').map(readPath) }),
  }
}

function readPath(item: JsonValue): IngressPath {
  const type = textAt(item, 'pathType')
  return {
    path: textAt(item, 'path') ?? '',
    pathType: type === 'Exact' || type === 'Prefix' ? type : 'ImplementationSpecific',
    backend: readBackend(valueAt(item, 'backend')),
  }
}

function readBackend(value: JsonValue | undefined): IngressBackend {
  const name = textAt(value, 'service', 'name')
  if (name === undefined) return {}
  const port = numberAt(value, 'service', 'port', 'number') ?? textAt(value, 'service', 'port', 'name')
  return { service: { name, port: port ?? 0 } }
}
