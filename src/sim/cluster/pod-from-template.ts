/** Pods that a controller makes from its template (pkg/controller/controller_utils.go GetPodFromTemplate, 1.32). */
import { objectAt } from '../manifest/json-fields.ts'
import type { JsonObject } from '../manifest/manifest.ts'
import { create, streamOf } from './control-loop.ts'
import type { ControlLoop } from './control-loop.ts'
import { withPodAdmission } from './fill-pod-defaults.ts'
import { generateName } from './object-identity.ts'
import { objectKey } from './object-ref.ts'
import type { ApiObject } from './objects.ts'

export interface PodNaming {
  readonly name: string
  readonly generateName?: string
  /** Beyond those of the template. */
  readonly labels?: JsonObject
  /** Over the template's spec. */
  readonly spec?: JsonObject
}

/** Creates one Pod of a workload. It has no node yet, unless `spec` says one. */
export function createPod(loop: ControlLoop, owner: ApiObject, naming: PodNaming): ApiObject {
  const template = objectAt(owner.body, 'spec', 'template')
  const metadata = objectAt(template, 'metadata')
  const annotations = objectAt(metadata, 'annotations')
  return create(loop, {
    ref: { kind: 'Pod', namespace: owner.ref.namespace, name: naming.name },
    apiVersion: 'v1',
    metadata: {
      ...(naming.generateName === undefined ? {} : { generateName: naming.generateName }),
      labels: { ...objectAt(metadata, 'labels'), ...naming.labels },
      ...(Object.keys(annotations).length === 0 ? {} : { annotations }),
    },
    rest: {
      spec: withPodAdmission({ ...objectAt(template, 'spec'), ...naming.spec }),
      status: { phase: 'Pending' },
    },
    owner,
  })
}

/** Gives new names `OWNER-xxxxx`, none of them in use now or just before this change. */
export function podNames(loop: ControlLoop, owner: ApiObject): () => string {
  const { namespace, name } = owner.ref
  const draw = streamOf(loop, `pod-suffix/${namespace}/${name}/${loop.nowMs}`)
  const isUsed = (candidate: string) => {
    const ref = { kind: 'Pod', namespace, name: candidate }
    const before = loop.previous?.objects ?? {}
    return loop.store.get(ref) !== undefined || Object.hasOwn(before, objectKey(ref))
  }
  return () => generateName(`${name}-`, draw, isUsed)
}
