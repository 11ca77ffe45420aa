/** Secrets (core/v1). */
import { textAt, textMapAt } from '../manifest/json-fields.ts'
import type { ApiObject, Secret } from './objects.ts'
import { readMeta } from './read-meta.ts'
import { remembered } from './remembered.ts'

/** A Secret's fields. */
export const readSecret: (object: ApiObject) => Secret = remembered((object) => ({
  ...readMeta(object),
  type: textAt(object.body, 'type') ?? 'Opaque',
  data: textMapAt(object.body, 'data'),
}))
