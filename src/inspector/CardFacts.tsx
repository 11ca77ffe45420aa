import { useApp, useAppStore } from '../app/use-app.ts'
import { useText } from '../i18n/use-text.ts'
import { Button } from '../ui/Button.tsx'
import styles from './CardFacts.module.css'
import { GatewayFacts } from './GatewayFacts.tsx'
import { IngressFacts } from './IngressFacts.tsx'
import { NodeFacts } from './NodeFacts.tsx'
import { PodFacts } from './PodFacts.tsx'
import { RouteFacts } from './RouteFacts.tsx'
import type { SelectedObject } from './selected-object.ts'
import { ServiceFacts } from './ServiceFacts.tsx'

/** What is known of the card that a person chose. */
export function CardFacts({ card }: { readonly card: SelectedObject }) {
  const text = useText()
  const store = useAppStore()
  const hasTrace = useApp((state) => state.trace !== undefined)
  const { name, namespace } = nameOf(card)
  return (
    <div data-phase={card.kind === 'pod' ? 'pod' : 'nat'}>
      <div className={styles.head}>
        <div>
          <h2>{name}</h2>
          <p>
            {text(`inspector.card.${card.kind}`)}
            {namespace !== '' && ` · ${text('inspector.card.namespace', { namespace })}`}
          </p>
        </div>
        <Button onClick={() => store.getState().cardSelected(undefined)}>
          {text(hasTrace ? 'inspector.card.close' : 'inspector.card.closeAtRest')}
        </Button>
      </div>
      <Facts card={card} />
    </div>
  )
}

function Facts({ card }: { readonly card: SelectedObject }) {
  switch (card.kind) {
    case 'pod':
      return <PodFacts pod={card.pod} />
    case 'service':
      return <ServiceFacts service={card.service} />
    case 'ingress':
      return <IngressFacts ingress={card.ingress} />
    case 'gateway':
      return <GatewayFacts gateway={card.gateway} />
    case 'route':
      return <RouteFacts route={card.route} />
    case 'node':
      return <NodeFacts node={card.node} pods={card.pods} />
  }
}

function nameOf(card: SelectedObject): { readonly name: string; readonly namespace: string } {
  switch (card.kind) {
    case 'pod':
      return card.pod.ref
    case 'service':
      return card.service.ref
    case 'ingress':
      return card.ingress.ref
    case 'gateway':
      return card.gateway.ref
    case 'route':
      return card.route.ref
    case 'node':
      return { name: card.node.name, namespace: '' }
  }
}
