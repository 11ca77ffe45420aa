/** The Endpoints objects of a cluster, read from their wire form: the cluster has no typed list of them. */
import type { Cluster } from '../../sim/cluster/cluster.ts'
import type { Meta, Protocol } from '../../sim/cluster/objects.ts'
import { bodyOf, listObjects } from './list-objects.ts'
import { listAt, textAt } from './wire-fields.ts'

/** Endpoints: addresses that share ports. */
export interface Endpoints extends Meta {
  readonly subsets: readonly Subset[]
}

export interface Subset {
  readonly addresses: readonly string[]
  readonly notReadyAddresses: readonly string[]
  readonly ports: readonly { readonly name: string; readonly port: number; readonly protocol: Protocol }[]
}

/** All Endpoints, by namespace and name: those that the controller keeps and those that somebody applied. */
export function listEndpoints(cluster: Cluster): readonly Endpoints[] {
  return listObjects('Endpoints', cluster).map((meta) => {
    const subsets = listAt(bodyOf(meta.ref, cluster), 'subsets').map((subset) => ({
      addresses: listAt(subset, 'addresses').map((address) => textAt(address, 'ip') ?? ''),
      notReadyAddresses: listAt(subset, 'notReadyAddresses').map((address) => textAt(address, 'ip') ?? ''),
      ports: listAt(subset, 'ports').map((port) => ({
        name: textAt(port, 'name') ?? '',
        port: Number(port['port'] ?? 0),
        protocol: protocol(textAt(port, 'protocol')),
      })),
    }))
    return { ...meta, subsets }
  })
}

function protocol(word: string | undefined): Protocol {
  return word === 'UDP' || word === 'SCTP' ? word : 'TCP'
}
