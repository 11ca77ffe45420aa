import { useText } from '../i18n/use-text.ts'
import type { GatewayCardView } from '../sim/snapshot.ts'
import { BecauseLinks } from './BecauseLinks.tsx'
import { ConditionList } from './ConditionList.tsx'
import { Fact, FactList } from './FactList.tsx'
import { Section } from './Section.tsx'

/** A Gateway: its class, address and listeners, and what its controller says of them. */
export function GatewayFacts({ gateway }: { readonly gateway: GatewayCardView }) {
  const text = useText()
  const { className, addresses, conditions, listeners, because } = gateway
  return (
    <>
      <Section title={text('inspector.card.gateway')}>
        <FactList>
          <Fact name={text('inspector.card.class')}>{className}</Fact>
          <Fact name={text('inspector.card.address')}>
            {addresses.length === 0 ? text('inspector.card.noAddress') : addresses.join(', ')}
          </Fact>
        </FactList>
        <ConditionList conditions={conditions} />
        <BecauseLinks lead={text('inspector.card.written')} becauses={because} />
      </Section>
      {listeners.map((listener) => (
        <Section key={listener.name} title={text('inspector.card.listener', { name: listener.name })}>
          <FactList>
            <Fact name={text('inspector.card.listens')}>
              {`${listener.protocol} :${listener.port} ${listener.hostname}`}
            </Fact>
            <Fact name={text('inspector.card.attached')}>{String(listener.attachedRoutes)}</Fact>
          </FactList>
          <ConditionList conditions={listener.conditions} />
        </Section>
      ))}
    </>
  )
}
