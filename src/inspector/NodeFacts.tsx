import { useText } from '../i18n/use-text.ts'
import type { NodeView, PodView } from '../sim/snapshot.ts'
import { Fact, FactList } from './FactList.tsx'
import { Section } from './Section.tsx'

interface NodeFactsProps {
  readonly node: NodeView
  readonly pods: readonly PodView[]
}

/** A node and how many Pods run there. */
export function NodeFacts({ node, pods }: NodeFactsProps) {
  const text = useText()
  return (
    <Section title={text('inspector.card.node')}>
      <FactList>
        <Fact name={text('inspector.card.status')}>
          {text(node.ready ? 'inspector.card.ready' : 'inspector.card.notReady')}
        </Fact>
        <Fact name={text('inspector.card.address')}>{node.address}</Fact>
        <Fact name="Pods">{text('inspector.card.pods', { count: pods.length })}</Fact>
      </FactList>
    </Section>
  )
}
