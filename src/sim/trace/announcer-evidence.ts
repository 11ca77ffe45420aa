/** Who answers ARP for a balancer's address, as evidence: a candidate a node, in the order of the hashes that MetalLB compares. */
import type { IpAddress } from '../network/address.ts'
import { phrase } from '../phrase.ts'
import type { Announcement } from './announce-balancers.ts'
import type { Evidence } from './trace.ts'

/** The decision. Where nobody may at all, each node says why. */
export function announcerEvidence(announcement: Announcement): Evidence {
  const { address, candidates, node } = announcement
  const winner = candidates.find((each) => each.node === node)
  return {
    kind: 'announcers',
    title: phrase('evidence.announcers', { address }),
    candidates: candidates.map(({ node: name, hash, verdict }) => ({
      id: `announcer ${name}`,
      name,
      verdict: verdict === 'smallest' ? 'won' : 'lost',
      reason: reasonOf(announcement, verdict, shortHash(hash)),
    })),
    texts: winner === undefined ? [] : [{ text: hashText(winner.node, address, winner.hash), marks: [] }],
  }
}

function reasonOf(
  { nobody }: Announcement,
  verdict: Announcement['candidates'][number]['verdict'],
  hash: string,
) {
  if (verdict === 'larger' && nobody !== undefined)
    return phrase(
      nobody === 'no-endpoint' ? 'reason.announcer-no-endpoint' : 'reason.announcer-no-advertisement',
    )
  return phrase(`reason.announcer-${verdict}`, { hash })
}

function hashText(node: string, address: IpAddress, hash: string): string {
  return `sha256("${node}#${address}") = ${hash}`
}

/** Enough of it to be compared by eye. */
function shortHash(hash: string): string {
  return hash.slice(0, 8)
}
