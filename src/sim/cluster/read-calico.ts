/** Calico's IPPools and BlockAffinities (projectcalico.org/v3, crd.projectcalico.org/v1). */
import { parseCidr } from '../network/address.ts'
import { flagAt, numberAt, textAt, valueAt } from '../manifest/json-fields.ts'
import type { AddressBlock, ApiObject, IpPool } from './objects.ts'
import { readMeta } from './read-meta.ts'

/** An IPPool; nothing where its cidr is none, or where it is disabled. Block size 26 (IPv6: 122), no overlay unless asked for. */
export function readIpPool(object: ApiObject): readonly IpPool[] {
  const { body } = object
  const cidr = parseCidr(textAt(body, 'spec', 'cidr') ?? '')
  if (cidr === undefined || flagAt(body, 'spec', 'disabled')) return []
  return [
    {
      ...readMeta(object),
      cidr,
      blockSizeBits: numberAt(body, 'spec', 'blockSize') ?? (cidr.includes(':') ? 122 : 26),
      vxlanMode: overlayMode(textAt(body, 'spec', 'vxlanMode')),
      ipipMode: overlayMode(textAt(body, 'spec', 'ipipMode')),
      natOutgoing: flagAt(body, 'spec', 'natOutgoing'),
    },
  ]
}

function overlayMode(text: string | undefined): IpPool['vxlanMode'] {
  return text === 'Always' || text === 'CrossSubnet' ? text : 'Never'
}

/** A node's block; nothing where its cidr is none, or while it is being given up. */
export function readAddressBlock(object: ApiObject): readonly AddressBlock[] {
  const { body } = object
  const cidr = parseCidr(textAt(body, 'spec', 'cidr') ?? '')
  const deleted = valueAt(body, 'spec', 'deleted')
  if (cidr === undefined || deleted === true || deleted === 'true') return []
  return [
    {
      cidr,
      node: textAt(body, 'spec', 'node') ?? '',
      origin: { object: object.ref, paths: [['spec', 'cidr']] },
    },
  ]
}
