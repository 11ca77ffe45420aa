/** What a hop is about, by its name. */
import type { Subject } from '../sim/trace/trace.ts'

/** `Pod nginx-…`, `host01`, `10.0.0.1`: literal, the same in every language. */
export function subjectName(subject: Subject): string {
  switch (subject.kind) {
    case 'client':
      return subject.vantage.slice(subject.vantage.lastIndexOf('/') + 1)
    case 'name':
      return subject.name
    case 'service':
    case 'pod':
    case 'ingress-controller':
    case 'node-port':
      return `${subject.ref.kind} ${subject.ref.name}`
    case 'node':
      return subject.node
    case 'vip':
    case 'router':
    case 'outside':
      return subject.address
  }
}
