/** Nodes (core/v1, 1.32). */
import { ipVersion, parseCidr, parseIp } from '../network/address.ts'
import { flagAt, listAt, textAt, textsAt, valueAt } from '../manifest/json-fields.ts'
import type { ApiObject, Node } from './objects.ts'
import { isConditionTrue } from './read-pod.ts'
import { readMeta } from './read-meta.ts'
import { remembered } from './remembered.ts'

/** A node. One without any condition counts as ready: nobody wrote down that it is not. */
export const readNode: (object: ApiObject) => Node = remembered((object) => {
  const { body } = object
  const cidrs = textsAt(body, 'spec', 'podCIDRs')
  const single = textAt(body, 'spec', 'podCIDR')
  const addresses = listAt(body, 'status', 'addresses')
    .filter((entry) => textAt(entry, 'type') === 'InternalIP')
    .flatMap((entry) => parseIp(textAt(entry, 'address') ?? '') ?? [])
  const cpus = Number(valueAt(body, 'status', 'capacity', 'cpu') ?? Number.NaN)
  return {
    ...readMeta(object),
    ...(cpus > 0 && { cpus }),
    addresses: addresses.toSorted((a, b) => ipVersion(a) - ipVersion(b)),
    podCidrs: (cidrs.length > 0 ? cidrs : [single ?? '']).flatMap((text) => parseCidr(text) ?? []),
    ready: listAt(body, 'status', 'conditions').length === 0 || isConditionTrue(body['status'], 'Ready'),
    networkUnavailable: isConditionTrue(body['status'], 'NetworkUnavailable'),
    lost: listAt(body, 'status', 'conditions').some(
      (item) => textAt(item, 'type') === 'Ready' && textAt(item, 'status') === 'Unknown',
    ),
    unschedulable: flagAt(body, 'spec', 'unschedulable'),
    taints: listAt(body, 'spec', 'taints').map((taint) => ({
      key: textAt(taint, 'key') ?? '',
      value: textAt(taint, 'value') ?? '',
      effect: textAt(taint, 'effect') ?? '',
    })),
  }
})
