/**
 * The end of a sender while it waits: its Pod is deleted, and its program with it. Nothing is sent again and nobody takes an answer;
 * what is under way still runs its course. A node and what stands outside cannot be deleted.
 */
import { hopText } from '../phrase.ts'
import type { Party, Run } from './run.ts'
import { placeOf } from './subjects.ts'
import type { Result } from './trace.ts'

/** Whether the Pod of this sender no longer exists. */
export function isGone(run: Run, { subject }: Party): boolean {
  const { pods } = run.world.cluster()
  const exists = (namespace: string | undefined, name: string | undefined) =>
    pods.some(({ ref }) => ref.namespace === namespace && ref.name === name)
  if (subject.kind === 'client') {
    const [kind, namespace, name] = subject.vantage.split('/')
    return kind === 'pod' && !exists(namespace, name)
  }
  return 'ref' in subject && subject.ref.kind === 'Pod' && !exists(subject.ref.namespace, subject.ref.name)
}

/** Tells that nobody waits any more. The hop shows the packet that was last spoken of. */
export function tellClientGone(run: Run, client: Party): Result {
  const last = run.recorder.hops.at(-1)
  if (last !== undefined)
    run.recorder.hop({
      exchange: last.exchange,
      kind: 'silence',
      phase: 'drop',
      packetId: run.recorder.newPacket(),
      direction: 'reply',
      place: placeOf(run.world.cluster(), client.host, 'socket'),
      subject: client.subject,
      ...hopText('client-gone', { name: client.host }),
      before: last.after,
    })
  return { kind: 'client-gone' }
}
