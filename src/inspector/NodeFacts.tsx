import { useApp } from '../app/use-app.ts'
import { useText } from '../i18n/use-text.ts'
import type { NodeView, PodView } from '../sim/snapshot.ts'
import { Button } from '../ui/Button.tsx'
import styles from './CardFacts.module.css'
import { Fact, FactList } from './FactList.tsx'
import { Section } from './Section.tsx'

interface NodeFactsProps {
  readonly node: NodeView
  readonly pods: readonly PodView[]
}

/** A node, how many Pods run there, which addresses would move if it failed; and a way to let it fail. */
export function NodeFacts({ node, pods }: NodeFactsProps) {
  const text = useText()
  const cutOff = useApp((state) => state.nodeCutOff)
  const { name, address, ready, lost, floating } = node
  const status = lost ? 'lost' : ready ? 'ready' : 'notReady'
  return (
    <Section title={text('inspector.card.node')}>
      <FactList>
        <Fact name={text('inspector.card.status')}>{text(`inspector.card.${status}`)}</Fact>
        <Fact name={text('inspector.card.address')}>{address}</Fact>
        <Fact name={text('inspector.card.floating')}>{floating.join(', ')}</Fact>
        <Fact name="Pods">{text('inspector.card.pods', { count: pods.length })}</Fact>
      </FactList>
      <div className={styles.action}>
        <Button onClick={() => void cutOff(name, !lost)}>
          {text(lost ? 'inspector.card.bringBack' : 'inspector.card.cutOff')}
        </Button>
        <p>{text(lost ? 'inspector.card.bringBack.hint' : 'inspector.card.cutOff.hint')}</p>
      </div>
    </Section>
  )
}
