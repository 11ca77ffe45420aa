/** ExternalDNS's DNSEndpoints (externaldns.k8s.io/v1alpha1): names outside the cluster. */
import { listAt, numberAt, textAt, textsAt } from '../manifest/json-fields.ts'
import type { ApiObject, DnsEndpoint } from './objects.ts'
import { readMeta } from './read-meta.ts'
import { remembered } from './remembered.ts'

/** A DNSEndpoint. Without a TTL ExternalDNS takes the provider's default; 300 seconds is the usual one. */
export const readDnsEndpoint: (object: ApiObject) => DnsEndpoint = remembered((object) => ({
  ...readMeta(object),
  endpoints: listAt(object.body, 'spec', 'endpoints').map((endpoint) => ({
    dnsName: textAt(endpoint, 'dnsName') ?? '',
    recordType: textAt(endpoint, 'recordType') ?? 'A',
    recordTtlSeconds: numberAt(endpoint, 'recordTTL') ?? 300,
    targets: textsAt(endpoint, 'targets'),
  })),
}))
