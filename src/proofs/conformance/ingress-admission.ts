/** Golden `admission` rows: what the API server, DefaultIngressClass and the controller's webhook make of one new Ingress. */
import { parse } from 'yaml'
import { admitNewIngress } from '../../sim/cluster/admit-ingress.ts'
import { withDefaults } from '../../sim/cluster/fill-defaults.ts'
import type { ObjectRef } from '../../sim/cluster/object-ref.ts'
import { openStore } from '../../sim/cluster/object-store.ts'
import { readIngress } from '../../sim/cluster/read-ingress.ts'
import { readControllerSettings } from '../../sim/ingress/controller-settings.ts'
import { reviewIngress } from '../../sim/ingress/review-ingress.ts'
import type { FieldProblem } from '../../sim/manifest/field-problem.ts'
import { textAt } from '../../sim/manifest/json-fields.ts'
import type { JsonObject } from '../../sim/manifest/manifest.ts'
import { validateNewObject, validateObject } from '../../sim/manifest/validate-object.ts'
import type { IngressFailure } from './ingress.ts'
import type { GoldenAdmission, GoldenController, GoldenFile } from './ingress-golden.ts'
import { readGoldenCluster } from './ingress-manifests.ts'

/** Creates the row's Ingress; undefined where all came out as expected. */
export function runAdmission(
  file: GoldenFile,
  row: GoldenAdmission,
  controller: Required<Pick<GoldenController, 'flags' | 'config'>>,
): IngressFailure | undefined {
  const body = parse(row.manifest) as JsonObject
  const problems = [...validateObject('Ingress', body), ...validateNewObject('Ingress', body)]
  const message = file.controller?.webhook === true ? webhookSays(file, row, body, controller) : undefined
  const { accept, errors, ingressClassName } = row.expect
  const got = {
    accept: problems.length === 0 && message === undefined,
    errors: problems.map(partsOf),
    message: message ?? '',
    ingressClassName: admittedClass(body, row),
  }
  const same =
    got.accept === accept &&
    (errors === undefined || sameErrors(errors, got.errors)) &&
    got.message.includes(row.expect.message ?? '') &&
    (ingressClassName === undefined || ingressClassName === got.ingressClassName)
  return same ? undefined : { name: row.id, expected: JSON.stringify(row.expect), got: JSON.stringify(got) }
}

type Parts = Readonly<Record<'field' | 'type' | 'detail' | 'value', string>>

/** `FIELD: TYPE: VALUE: DETAIL` taken apart; a value in quotes may hold anything. */
function partsOf({ message }: FieldProblem): Parts {
  const [, field = '', type = '', rest = ''] =
    /^(\S+): (Invalid value|Required value|Unsupported value)(?:: (.*))?$/s.exec(message) ?? []
  if (type === 'Required value') return { field, type, value: '', detail: rest }
  const [, value = '', detail = ''] = /^("(?:[^"\\]|\\.)*"|\S+): (.*)$/s.exec(rest) ?? []
  return { field, type, value: value.startsWith('"') ? String(JSON.parse(value)) : value, detail }
}

/** All of them in order; keys that the row leaves out are not judged. */
function sameErrors(
  expected: NonNullable<GoldenAdmission['expect']['errors']>,
  got: readonly Parts[],
): boolean {
  return (
    expected.length === got.length &&
    expected.every((error, index) =>
      (['field', 'type', 'detail', 'value'] as const).every(
        (key) => error[key] === undefined || String(error[key]) === got[index]?.[key],
      ),
    )
  )
}

function admittedClass(body: JsonObject, { classes = [] }: GoldenAdmission): string | null {
  const store = openStore({})
  for (const { name, isDefault, created } of classes) {
    const ref: ObjectRef = { kind: 'IngressClass', namespace: '', name }
    const annotations =
      isDefault === undefined ? {} : { 'ingressclass.kubernetes.io/is-default-class': isDefault }
    store.put({
      ref,
      apiVersion: 'networking.k8s.io/v1',
      body: { metadata: { name, annotations } },
      createdAtMs: created === undefined ? 0 : Date.parse(String(created)),
    })
  }
  return textAt(admitNewIngress(body, store), 'spec', 'ingressClassName') ?? null
}

function webhookSays(
  file: GoldenFile,
  row: GoldenAdmission,
  body: JsonObject,
  { flags, config }: Required<Pick<GoldenController, 'flags' | 'config'>>,
): string | undefined {
  const manifests = [file.manifests ?? '', ...(row.existing === undefined ? [] : [row.existing])]
  const { objects } = readGoldenCluster(manifests.join('---\n'))
  const ingress = readIngress({
    ref: {
      kind: 'Ingress',
      namespace: textAt(body, 'metadata', 'namespace') ?? 'default',
      name: textAt(body, 'metadata', 'name') ?? '',
    },
    apiVersion: 'networking.k8s.io/v1',
    body: withDefaults('Ingress', body),
    createdAtMs: 1_000_000,
  })
  return reviewIngress(ingress, { ...objects, controller: readControllerSettings(flags, config) }, config)
    ?.message
}
