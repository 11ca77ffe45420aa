/** A Service's ports as one Pod has them (pkg/controller/endpointslice getEndpointPorts, podutil.FindPort, 1.32). */
import type { JsonObject } from '../manifest/manifest.ts'
import type { ApiObject, Pod, Service } from './objects.ts'
import { readPod } from './read-pod.ts'

/**
 * The slice's ports for this Pod. A named targetPort is looked up among the Pod's container ports of the same protocol; where no
 * container has it the port is left out.
 */
export function portsForPod(service: Service, object: ApiObject): readonly JsonObject[] {
  const pod = readPod(object)
  return service.ports.flatMap((port) => {
    const number =
      typeof port.targetPort === 'number' ? port.targetPort : findPort(pod, port.targetPort, port.protocol)
    if (number === undefined) return []
    return [
      {
        name: port.name,
        port: number,
        protocol: port.protocol,
        ...(port.appProtocol === undefined ? {} : { appProtocol: port.appProtocol }),
      },
    ]
  })
}

function findPort(pod: Pod, name: string, protocol: string): number | undefined {
  const ports = pod.containers.flatMap((container) => container.ports)
  return ports.find((port) => port.name === name && port.protocol === protocol)?.containerPort
}
