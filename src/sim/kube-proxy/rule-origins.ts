/** Which fields of which objects stand behind a rule. */
import type { Origin } from '../cluster/object-ref.ts'
import type { FieldPath } from '../manifest/manifest.ts'
import type { EndpointInfo } from './endpoint-lists.ts'
import type { ServicePortInfo } from './service-ports.ts'

/** The Service's port, and the fields named besides it. */
export function fromService(port: ServicePortInfo, ...fields: readonly FieldPath[]): readonly Origin[] {
  return [{ object: port.service.ref, paths: [portField(port, 'port'), ...fields] }]
}

/** A field of the Service's own port entry: `spec.ports.0.nodePort`. */
export function portField(port: ServicePortInfo, field: string): FieldPath {
  return ['spec', 'ports', port.index, field]
}

/** What makes an endpoint one of this Service: selector and targetPort, and the slice that lists it. */
export function fromEndpoint(port: ServicePortInfo, info: EndpointInfo): readonly Origin[] {
  return [
    { object: port.service.ref, paths: [['spec', 'selector'], portField(port, 'targetPort')] },
    { object: info.slice.ref, paths: [['endpoints', info.index]] },
  ]
}
