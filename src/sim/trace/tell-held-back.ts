/** Tells that a host was due to send an ICMP error and did not: its ration is used up. */
import { sysctlOf, type Rationed, type RationCheck } from '../network/icmp-ration.ts'
import type { WalkEnd } from '../network/walk.ts'
import { hopText, phrase } from '../phrase.ts'
import type { Flight, Run } from './run.ts'
import { placeOf, subjectOfAddress } from './subjects.ts'
import { flightParts } from './tell-parts.ts'
import type { Candidate, Evidence } from './trace.ts'

/** The hop: at the host that says nothing, with what was in each bucket that it asked. */
export function tellHeldBack(run: Run, flight: Flight, end: WalkEnd, { checks }: Rationed): void {
  const cluster = run.world.cluster()
  const place = placeOf(cluster, end.host, 'ICMP')
  const values = {
    node: end.host,
    peer: end.packet.src,
    says: flight.says,
    bucket: checks.at(-1)?.bucket ?? 'peer',
  }
  run.recorder.hop({
    ...flightParts(flight),
    direction: 'request',
    kind: 'silence',
    place,
    subject:
      place.hostKind === 'node'
        ? { kind: 'node', node: end.host }
        : subjectOfAddress(cluster, end.packet.dst),
    ...hopText('held-back', values),
    before: end.packet,
    evidence: [rationEvidence(checks)],
  })
}

function rationEvidence(checks: readonly RationCheck[]): Evidence {
  return {
    kind: 'ration',
    title: phrase('evidence.ration'),
    candidates: checks.map(candidateOf),
    texts: checks.flatMap(({ bucket }) => sysctlOf(bucket)).map((text) => ({ text, marks: [] })),
  }
}

/** Times in seconds, to the tenth that there really is. */
function candidateOf({ bucket, left, cost, holds }: RationCheck): Candidate {
  const [setting = ''] = sysctlOf(bucket)
  const unit = bucket === 'host' ? 1 : 1000
  const values = { bucket, left: Math.floor((left / unit) * 10) / 10, cost: cost / unit }
  return {
    id: bucket,
    name: setting.replace(/ =.*/, ''),
    verdict: holds ? 'lost' : 'won',
    reason: phrase(holds ? 'reason.ration-enough' : 'reason.ration-short', values),
  }
}
