/** The Gateway API's kinds as their CRDs list them: names and printer columns (config/crd/standard, v1.6). */
import type { JsonObject, JsonValue } from '../../sim/manifest/manifest.ts'
import { bodyOf, listObjects } from './list-objects.ts'
import { printAge } from './print-age.ts'
import type { Column } from './print-table.ts'
import { defineKind, type Names, type ResourceKind } from './resource-kind.ts'
import { listAt, objectAt, textAt } from './wire-fields.ts'

type Cell = (body: JsonObject) => string

/** Known once an object of them is there, as if the CRDs had come with it. */
export const gatewayKinds: readonly ResourceKind[] = [
  crd(
    { kind: 'GatewayClass', plural: 'gatewayclasses', short: ['gc'], clusterScoped: true },
    [
      ['Controller', (body) => textAt(objectAt(body, 'spec'), 'controllerName') ?? ''],
      ['Accepted', (body) => statusOf(body, 'Accepted')],
    ],
    [['Description', (body) => textAt(objectAt(body, 'spec'), 'description') ?? '']],
  ),
  crd({ kind: 'Gateway', plural: 'gateways', short: ['gtw'] }, [
    ['Class', (body) => textAt(objectAt(body, 'spec'), 'gatewayClassName') ?? ''],
    ['Address', addressOf],
    ['Programmed', (body) => statusOf(body, 'Programmed')],
  ]),
  crd({ kind: 'HTTPRoute', plural: 'httproutes' }, [
    ['Hostnames', (body) => printList(objectAt(body, 'spec')['hostnames'])],
  ]),
  crd({ kind: 'ReferenceGrant', plural: 'referencegrants', short: ['refgrant'] }, []),
]

/** @param wide columns behind the age, which only `-o wide` shows */
function crd(
  names: Names,
  columns: readonly (readonly [name: string, cell: Cell])[],
  wide: readonly (readonly [name: string, cell: Cell])[] = [],
): ResourceKind {
  const shown: readonly Column[] = [
    { name: 'Name' },
    ...columns.map(([name]) => ({ name })),
    { name: 'Age' },
    ...wide.map(([name]) => ({ name, wide: true as const })),
  ]
  return defineKind(
    { ...names, group: 'gateway.networking.k8s.io' },
    shown,
    (cluster) => listObjects(names.kind, cluster),
    (object, nowMs, _wide, cluster) => {
      const body = bodyOf(object.ref, cluster)
      const cellsOf = (list: typeof columns) => list.map(([, cell]) => cell(body))
      return [object.ref.name, ...cellsOf(columns), printAge(object.createdAtMs, nowMs), ...cellsOf(wide)]
    },
  )
}

/** `.status.conditions[?(@.type=="TYPE")].status`; a column without a value stays empty. */
function statusOf(body: JsonObject, type: string): string {
  const found = listAt(objectAt(body, 'status'), 'conditions').find((each) => each['type'] === type)
  return found === undefined ? '' : (textAt(found, 'status') ?? '')
}

/** `.status.addresses[*].value`, of which the server prints the first alone. */
function addressOf(body: JsonObject): string {
  const [first] = listAt(objectAt(body, 'status'), 'addresses')
  return first === undefined ? '' : (textAt(first, 'value') ?? '')
}

/** A list in a column is printed as JSON. */
function printList(value: JsonValue | undefined): string {
  return value === undefined ? '' : JSON.stringify(value)
}
