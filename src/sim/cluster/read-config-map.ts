/** ConfigMaps (core/v1). */
import { textMapAt } from '../manifest/json-fields.ts'
import type { ApiObject, ConfigMap } from './objects.ts'
import { readMeta } from './read-meta.ts'
import { remembered } from './remembered.ts'

/** A ConfigMap's text entries. */
export const readConfigMap: (object: ApiObject) => ConfigMap = remembered((object) => ({
  ...readMeta(object),
  data: textMapAt(object.body, 'data'),
}))
