/** Kinds of custom resources whose definitions name columns of their own (`additionalPrinterColumns`). */
import type { JsonObject } from '../../sim/manifest/manifest.ts'
import { bodyOf, listObjects } from './list-objects.ts'
import { printAge } from './print-age.ts'
import type { Column } from './print-table.ts'
import { defineKind, type Names, type ResourceKind } from './resource-kind.ts'
import { listAt, objectAt, textAt } from './wire-fields.ts'

/** What a column shows of an object. */
type Cell = (body: JsonObject) => string

/** `wide`: only `-o wide` shows it. */
type NamedCells = readonly (readonly [name: string, cell: Cell, wide?: 'wide'])[]

/**
 * A kind with its columns between name and age.
 * @param behind columns behind the age
 */
export function crdKind(names: Names, columns: NamedCells, behind: NamedCells = []): ResourceKind {
  const shown: readonly Column[] = [
    { name: 'Name' },
    ...columns.map(columnOf),
    { name: 'Age' },
    ...behind.map(columnOf),
  ]
  return defineKind(
    names,
    shown,
    (cluster) => listObjects(names.kind, cluster),
    (object, nowMs, _wide, cluster) => {
      const body = bodyOf(object.ref, cluster)
      const cellsOf = (list: NamedCells) => list.map(([, cell]) => cell(body))
      return [object.ref.name, ...cellsOf(columns), printAge(object.createdAtMs, nowMs), ...cellsOf(behind)]
    },
  )
}

function columnOf([name, , wide]: NamedCells[number]): Column {
  return wide === undefined ? { name } : { name, wide: true }
}

/** `.status.conditions[?(@.type=="TYPE")].status`; a column without a value stays empty. */
export function statusOf(body: JsonObject, type: string): string {
  const found = listAt(objectAt(body, 'status'), 'conditions').find((each) => each['type'] === type)
  return found === undefined ? '' : (textAt(found, 'status') ?? '')
}
