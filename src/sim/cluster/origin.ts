/** From a field that decided something to the lines of a file that a person wrote. */
import { nearestRange } from '../manifest/locate-problem.ts'
import type { FieldPath } from '../manifest/manifest.ts'
import type { Because } from '../trace/trace.ts'
import type { Cluster } from './cluster.ts'
import { objectKey } from './object-ref.ts'
import type { ObjectRef, Origin } from './object-ref.ts'
import type { ApiObject } from './objects.ts'

/**
 * The places behind an origin, one for each of its paths (for the whole object one). What a controller made leads to its owner, up to
 * an object that has a file: a Pod to its Deployment's template, an EndpointSlice to its Service's selector. Where no file is
 * behind it, one entry names the object alone.
 */
export function becauseOf(cluster: Cluster, origin: Origin): Because[] {
  const paths: readonly FieldPath[] = origin.paths.length === 0 ? [[]] : origin.paths
  const found = paths.flatMap((path) => resolve(cluster, origin.object, path))
  return found.length === 0 ? [{ object: origin.object }] : found
}

function resolve(cluster: Cluster, ref: ObjectRef, path: FieldPath): Because[] {
  const object = objectOf(cluster, ref)
  if (object === undefined) return []
  const { source, owner } = object
  if (source === undefined)
    return owner === undefined || !isAbove(owner, ref)
      ? []
      : resolve(cluster, owner, pathInOwner(object, owner, path))
  const { line, endLine, from, to } = path.length === 0 ? source.range : nearestRange(source, path)
  return [{ object: object.ref, file: source.file, range: { line, endLine, from, to } }]
}

function objectOf(cluster: Cluster, ref: ObjectRef): ApiObject | undefined {
  const key = objectKey(ref)
  return Object.hasOwn(cluster.objects, key) ? cluster.objects[key] : undefined
}

/** Owners stand in a fixed order of kinds, so a paste whose owner references run in a circle leads nowhere. */
function isAbove(owner: ObjectRef, ref: ObjectRef): boolean {
  const order = ['Pod', 'EndpointSlice', 'ReplicaSet', 'Endpoints', 'Service']
  const [above, below] = [order.indexOf(owner.kind), order.indexOf(ref.kind)]
  return above < 0 || above > below
}

/** Where a made object's field stands in the object that it was made from. */
function pathInOwner(object: ApiObject, owner: ObjectRef, path: FieldPath): FieldPath {
  if (owner.kind === 'Gateway') return ['spec', 'listeners']
  switch (object.ref.kind) {
    case 'Pod':
      return ['spec', 'template', ...pathInTemplate(path)]
    case 'ReplicaSet':
      return path.length === 0 ? ['spec', 'template'] : path
    case 'EndpointSlice':
    case 'Endpoints':
      return owner.kind === 'Service' ? ['spec', path[0] === 'ports' ? 'ports' : 'selector'] : ['subsets']
  }
  return path
}

/** Status, name and the like are not in a template; the template as a whole is behind them. */
function pathInTemplate(path: FieldPath): FieldPath {
  if (path[0] === 'spec') return path
  return path[0] === 'metadata' && (path[1] === 'labels' || path[1] === 'annotations') ? path : []
}
