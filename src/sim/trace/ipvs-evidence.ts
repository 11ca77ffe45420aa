/** IPVS's decisions as evidence: the virtual server that was found, and its real servers with why each lost. */
import { realServerId, serverId } from '../kube-proxy/ipvs-servers.ts'
import { schedulerKind, type Load } from '../netfilter/ipvs-schedule.ts'
import { realKey, type VirtualServer } from '../netfilter/ipvs-server.ts'
import { printIpvsServer } from '../netfilter/print-ipvsadm.ts'
import type { IpvsOutcome } from '../netfilter/pass-ipvs.ts'
import { phrase, type Phrase } from '../phrase.ts'
import type { Candidate, Evidence } from './trace.ts'

/** The virtual server, found by one look into a hash table, with its line of `ipvsadm -Ln`. */
export function foundServer(server: VirtualServer, loads: readonly Load[], count: number): Evidence {
  const [line = ''] = printIpvsServer(server, loads)
  return {
    kind: 'rules',
    title: phrase('evidence.virtual-server'),
    candidates: [
      {
        id: serverId(server),
        name: realKey(server),
        verdict: 'won',
        reason: phrase('reason.virtual-server-found', { count }),
      },
    ],
    texts: [{ text: line, marks: [] }],
  }
}

/** The real servers in the order of the list, the chosen one among them; none chosen where all have weight 0. */
export function realServers(
  server: VirtualServer,
  loads: readonly Load[],
  chosen?: { readonly key: string; readonly by: Extract<IpvsOutcome, { kind: 'request' }>['by'] },
): Evidence {
  return {
    kind: 'rules',
    title: phrase('evidence.real-servers', { scheduler: server.scheduler }),
    candidates: loads.map((load): Candidate => {
      const key = realKey(load.server)
      const id = realServerId(server, load.server)
      const won = key === chosen?.key
      const reason = won ? reasonWon(server, load, chosen.by) : reasonLost(server, load, chosen?.by)
      return { id, name: key, verdict: won ? 'won' : 'lost', reason }
    }),
    texts: [],
  }
}

function reasonWon(
  { scheduler }: VirtualServer,
  { active, inactive }: Load,
  by: Extract<IpvsOutcome, { kind: 'request' }>['by'],
): Phrase {
  if (by === 'template') return phrase('reason.template-chose')
  switch (schedulerKind(scheduler)) {
    case 'turns':
      return phrase('reason.its-turn')
    case 'hash':
      return phrase('reason.hash-chose')
    case 'least':
      return phrase('reason.fewest-connections', { active, inactive })
  }
}

function reasonLost(
  { scheduler }: VirtualServer,
  { server, active, inactive }: Load,
  by: Extract<IpvsOutcome, { kind: 'request' }>['by'] | undefined,
): Phrase {
  if (server.weight === 0) return phrase('reason.weight-zero')
  if (by === 'template') return phrase('reason.template-other')
  switch (schedulerKind(scheduler)) {
    case 'turns':
      return phrase('reason.not-its-turn')
    case 'hash':
      return phrase('reason.hash-other')
    case 'least':
      return phrase('reason.more-connections', { active, inactive })
  }
}
