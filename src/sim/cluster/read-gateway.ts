/** GatewayClasses, Gateways and ReferenceGrants (gateway.networking.k8s.io/v1, v1.6). */
import { listAt, numberAt, objectAt, textAt, textMapAt, valueAt } from '../manifest/json-fields.ts'
import { readSelector } from '../manifest/label-selector.ts'
import type { JsonValue } from '../manifest/manifest.ts'
import type { Gateway, GatewayClass, Listener, ReferenceGrant, TargetRef } from './gateway-objects.ts'
import type { ApiObject } from './objects.ts'
import { readMeta } from './read-meta.ts'
import { remembered } from './remembered.ts'

/** A GatewayClass. */
export const readGatewayClass: (object: ApiObject) => GatewayClass = remembered((object) => ({
  ...readMeta(object),
  generation: readGeneration(object),
  controllerName: textAt(object.body, 'spec', 'controllerName') ?? '',
  ...readParameters(valueAt(object.body, 'spec', 'parametersRef')),
}))

/** A Gateway with its listeners in their order. */
export const readGateway: (object: ApiObject) => Gateway = remembered((object) => {
  const spec = objectAt(object.body, 'spec')
  return {
    ...readMeta(object),
    generation: readGeneration(object),
    gatewayClassName: textAt(spec, 'gatewayClassName') ?? '',
    listeners: listAt(spec, 'listeners').map(readListener),
    infrastructure: {
      labels: textMapAt(spec, 'infrastructure', 'labels'),
      annotations: textMapAt(spec, 'infrastructure', 'annotations'),
      ...readParameters(valueAt(spec, 'infrastructure', 'parametersRef')),
    },
  }
})

/** A ReferenceGrant. */
export const readReferenceGrant: (object: ApiObject) => ReferenceGrant = remembered((object) => ({
  ...readMeta(object),
  from: listAt(object.body, 'spec', 'from').map((item) => ({
    group: textAt(item, 'group') ?? '',
    kind: textAt(item, 'kind') ?? '',
    namespace: textAt(item, 'namespace') ?? '',
  })),
  to: listAt(object.body, 'spec', 'to').map((item) => {
    const name = textAt(item, 'name') ?? ''
    return {
      group: textAt(item, 'group') ?? '',
      kind: textAt(item, 'kind') ?? '',
      ...(name === '' ? {} : { name }),
    }
  }),
}))

/** `metadata.generation`, 1 where the server has not counted. */
export function readGeneration(object: ApiObject): number {
  return numberAt(object.body, 'metadata', 'generation') ?? 1
}

/** A reference with the defaults of its field filled in. */
export function readTarget(
  value: JsonValue | undefined,
  defaults: { readonly group: string; readonly kind: string },
): TargetRef {
  const namespace = textAt(value, 'namespace')
  return {
    group: textAt(value, 'group') ?? defaults.group,
    kind: textAt(value, 'kind') ?? defaults.kind,
    name: textAt(value, 'name') ?? '',
    ...(namespace === undefined ? {} : { namespace }),
  }
}

function readListener(item: JsonValue): Listener {
  const tls = valueAt(item, 'tls')
  const kinds = valueAt(item, 'allowedRoutes', 'kinds')
  return {
    name: textAt(item, 'name') ?? '',
    hostname: textAt(item, 'hostname') ?? '',
    port: numberAt(item, 'port') ?? 0,
    protocol: textAt(item, 'protocol') ?? '',
    ...(tls === undefined ? {} : { tls: readTls(tls) }),
    allowedRoutes: {
      from: textAt(item, 'allowedRoutes', 'namespaces', 'from') ?? 'Same',
      selector: readSelector(valueAt(item, 'allowedRoutes', 'namespaces', 'selector')),
      ...(kinds === undefined
        ? {}
        : {
            kinds: listAt(kinds).map((each) => ({
              group: textAt(each, 'group') ?? 'gateway.networking.k8s.io',
              kind: textAt(each, 'kind') ?? '',
            })),
          }),
    },
  }
}

function readTls(tls: JsonValue): NonNullable<Listener['tls']> {
  return {
    mode: textAt(tls, 'mode') ?? 'Terminate',
    certificateRefs: listAt(tls, 'certificateRefs').map((ref) =>
      readTarget(ref, { group: '', kind: 'Secret' }),
    ),
  }
}

function readParameters(value: JsonValue | undefined): Pick<GatewayClass, 'parametersRef'> {
  if (value === undefined) return {}
  const { group, kind, name } = readTarget(value, { group: '', kind: '' })
  return { parametersRef: { group, kind, name } }
}
