/** `-o custom-columns=NAME:.path,…` (k8s.io/kubectl pkg/cmd/get/customcolumn.go): a path for each column, `<none>` where it leads nowhere. */
import type { JsonObject } from '../../sim/manifest/manifest.ts'
import { evaluateJsonPath } from './json-path.ts'
import { layOut } from './print-table.ts'

type Printed = { readonly ok: true; readonly text: string } | { readonly ok: false; readonly message: string }

/** The table; the columns' names stand as typed. */
export function printCustomColumns(
  spec: string,
  bodies: readonly JsonObject[],
  withHeader: boolean,
): Printed {
  if (spec === '')
    return { ok: false, message: 'error: custom-columns format specified but no custom columns given' }
  const columns = spec.split(',').map((column) => {
    const colon = column.indexOf(':')
    return colon < 0 ? undefined : { name: column.slice(0, colon), path: column.slice(colon + 1) }
  })
  const bad = columns.indexOf(undefined)
  if (bad >= 0) {
    const column = spec.split(',')[bad] ?? ''
    return {
      ok: false,
      message: `error: unexpected custom-columns spec: ${column}, expected <header>:<json-path-expr>`,
    }
  }
  const given = columns.filter((column) => column !== undefined)
  const rows = bodies.map((body) => given.map(({ path }) => cellOf(path, body)))
  return { ok: true, text: layOut(withHeader ? [given.map(({ name }) => name), ...rows] : rows) }
}

function cellOf(path: string, body: JsonObject): string {
  const text = evaluateJsonPath(path.startsWith('{') ? path : `{${path}}`, body) ?? ''
  return text === '' ? '<none>' : text
}
