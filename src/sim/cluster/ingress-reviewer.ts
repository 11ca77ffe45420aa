/** The seam for the webhook that reviews Ingresses: the controller behind it knows what nginx would make of them, the cluster does not. */
import type { FieldProblem } from '../manifest/field-problem.ts'
import type { Ingress } from './objects.ts'
import type { ObjectStore } from './object-store.ts'

/** What the webhooks of the cluster say of an Ingress that is being created or changed; nothing where there are none. */
export type IngressReviewer = (ingress: Ingress, store: ObjectStore) => readonly FieldProblem[]
