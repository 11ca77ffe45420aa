import { useAppStore } from '../app/use-app.ts'
import { useText } from '../i18n/use-text.ts'
import type { ListenSocket } from '../sim/cluster/objects.ts'
import type { PodView } from '../sim/snapshot.ts'
import type { Basis } from '../sim/trace/trace.ts'
import { BasisBadge } from '../ui/BasisBadge.tsx'
import { Button } from '../ui/Button.tsx'
import styles from './CardFacts.module.css'
import { Fact, FactList } from './FactList.tsx'
import { LabelChips } from './LabelChips.tsx'
import { Section } from './Section.tsx'

/** A Pod: where it is, what it listens on and how we know, whose endpoint it is. It can be deleted. */
export function PodFacts({ pod }: { readonly pod: PodView }) {
  const text = useText()
  const store = useAppStore()
  const services = pod.services.map((ref) => `${ref.namespace}/${ref.name}`).join(', ')
  const readiness = text(pod.ready ? 'inspector.card.ready' : 'inspector.card.notReady')
  return (
    <>
      <Section title={text('inspector.card.listens')}>
        {pod.listens.length === 0 && <p>{text('inspector.card.listensNowhere')}</p>}
        <ul className={styles.listens}>
          {pod.listens.map((socket) => (
            <Listen key={`${socket.container} ${socket.protocol} ${socket.port}`} socket={socket} />
          ))}
        </ul>
      </Section>
      <Section title={text('inspector.card.pod')}>
        <FactList>
          <Fact name={text('inspector.card.status')}>{`${pod.status} · ${readiness}`}</Fact>
          <Fact name={text('inspector.card.address')}>{pod.address ?? text('inspector.card.noAddress')}</Fact>
          <Fact name={text('inspector.card.node.name')}>
            {pod.node ?? text('inspector.card.notScheduled')}
          </Fact>
          <Fact name={text('inspector.card.image')}>{pod.image}</Fact>
          <Fact name={text('inspector.card.workload')}>
            {pod.workload === undefined ? '' : `${pod.workload.kind.toLowerCase()}/${pod.workload.name}`}
          </Fact>
          <Fact name={text('inspector.card.services')}>
            {services === '' ? text('inspector.card.noService') : services}
          </Fact>
          <Fact name={text('inspector.card.labels')}>
            <LabelChips labels={pod.labels} none={text('inspector.card.noLabels')} />
          </Fact>
        </FactList>
      </Section>
      <div className={styles.action}>
        <Button disabled={pod.terminating} onClick={() => store.getState().podDeleted(pod.ref)}>
          {text('inspector.card.deletePod')}
        </Button>
        <p>
          {text(
            pod.workload === undefined ? 'inspector.card.deletePod.bare' : 'inspector.card.deletePod.hint',
          )}
        </p>
      </div>
    </>
  )
}

function Listen({ socket }: { readonly socket: ListenSocket }) {
  const text = useText()
  return (
    <li>
      <code>
        {socket.port}/{socket.protocol}
      </code>
      <span>
        {text(`inspector.card.told.${socket.told}`)}
        {socket.loopbackOnly && ` · ${text('inspector.card.loopback')}`}
      </span>
      <BasisBadge basis={basisOf(socket)} />
    </li>
  )
}

/** Only what the annotation says is known; a containerPort does not make a program listen. */
function basisOf(socket: ListenSocket): Basis {
  return socket.told === 'annotation' ? 'computed' : 'assumed'
}
