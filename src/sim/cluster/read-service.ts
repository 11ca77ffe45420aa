/** Services (core/v1, 1.32). */
import { parseIp } from '../network/address.ts'
import {
  flagAt,
  listAt,
  numberAt,
  objectAt,
  textAt,
  textMapAt,
  textsAt,
  valueAt,
} from '../manifest/json-fields.ts'
import type { JsonObject, JsonValue } from '../manifest/manifest.ts'
import type { ApiObject, Service, ServicePort } from './objects.ts'
import { readAddresses, readMeta, readProtocol } from './read-meta.ts'
import { remembered } from './remembered.ts'

/** A Service with its allocated addresses and ports. */
export const readService: (object: ApiObject) => Service = remembered((object) => {
  const spec = objectAt(object.body, 'spec')
  const type = typeOf(textAt(spec, 'type'))
  const listed = textsAt(spec, 'clusterIPs')
  const texts = listed.length > 0 ? listed : [textAt(spec, 'clusterIP') ?? '']
  const externalName = textAt(spec, 'externalName')
  const trafficDistribution = textAt(spec, 'trafficDistribution')
  // What is spread in comes last: a literal that begins with it is made several times more slowly.
  return {
    type,
    clusterIps: type === 'ExternalName' ? [] : readAddresses(texts),
    headless: type !== 'ExternalName' && texts[0] === 'None',
    ports: listAt(spec, 'ports').map(readServicePort),
    selector: textMapAt(spec, 'selector'),
    externalIps: readAddresses(textsAt(spec, 'externalIPs')),
    loadBalancerIngress: listAt(object.body, 'status', 'loadBalancer', 'ingress').map(
      readLoadBalancerIngress,
    ),
    loadBalancerSourceRanges: textsAt(spec, 'loadBalancerSourceRanges'),
    sessionAffinity: textAt(spec, 'sessionAffinity') === 'ClientIP' ? 'ClientIP' : 'None',
    sessionAffinityTimeoutSeconds:
      numberAt(spec, 'sessionAffinityConfig', 'clientIP', 'timeoutSeconds') ?? 10800,
    internalTrafficPolicy: policyAt(spec, 'internalTrafficPolicy'),
    externalTrafficPolicy: policyAt(spec, 'externalTrafficPolicy'),
    healthCheckNodePort: numberAt(spec, 'healthCheckNodePort') ?? 0,
    publishNotReadyAddresses: flagAt(spec, 'publishNotReadyAddresses'),
    ipFamilies: textsAt(spec, 'ipFamilies').filter((family) => family === 'IPv4' || family === 'IPv6'),
    ...readMeta(object),
    ...(type === 'ExternalName' && externalName !== undefined ? { externalName } : {}),
    ...(trafficDistribution === undefined ? {} : { trafficDistribution }),
  }
})

function typeOf(text: string | undefined): Service['type'] {
  return text === 'NodePort' || text === 'LoadBalancer' || text === 'ExternalName' ? text : 'ClusterIP'
}

function policyAt(spec: JsonObject, field: string): 'Cluster' | 'Local' {
  return textAt(spec, field) === 'Local' ? 'Local' : 'Cluster'
}

function readServicePort(port: JsonValue): ServicePort {
  const number = numberAt(port, 'port') ?? 0
  const target = valueAt(port, 'targetPort')
  const appProtocol = textAt(port, 'appProtocol')
  return {
    name: textAt(port, 'name') ?? '',
    protocol: readProtocol(textAt(port, 'protocol')),
    port: number,
    targetPort: (typeof target === 'number' && target !== 0) || typeof target === 'string' ? target : number,
    nodePort: numberAt(port, 'nodePort') ?? 0,
    ...(appProtocol === undefined ? {} : { appProtocol }),
  }
}

function readLoadBalancerIngress(entry: JsonValue): Service['loadBalancerIngress'][number] {
  const address = parseIp(textAt(entry, 'ip') ?? '')
  const hostname = textAt(entry, 'hostname')
  const ipMode = textAt(entry, 'ipMode')
  return {
    ...(address === undefined ? {} : { ip: address }),
    ...(hostname === undefined ? {} : { hostname }),
    ...(ipMode === undefined ? {} : { ipMode }),
  }
}
