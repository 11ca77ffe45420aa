import { useText } from '../i18n/use-text.ts'
import type { IngressView } from '../sim/snapshot.ts'
import { ToGateway } from './ToGateway.tsx'
import { BecauseLinks } from './BecauseLinks.tsx'
import styles from './CardFacts.module.css'
import { Fact, FactList } from './FactList.tsx'
import { Section } from './Section.tsx'

/** An Ingress: its class and where each host and path goes. */
export function IngressFacts({ ingress }: { readonly ingress: IngressView }) {
  const text = useText()
  return (
    <>
      <Section title={text('inspector.card.ingress')}>
        <FactList>
          <Fact name={text('inspector.card.class')}>
            {ingress.className ?? text('inspector.card.noClass')}
          </Fact>
          <Fact name={text('inspector.card.address')}>
            {ingress.addresses.length === 0 ? text('inspector.card.noAddress') : ingress.addresses.join(', ')}
          </Fact>
        </FactList>
      </Section>
      <Section title={text('inspector.card.rules')}>
        <ul className={styles.routes}>
          {ingress.rules.flatMap((rule) =>
            rule.paths.map((path) => (
              <li key={`${rule.host} ${path.path}`}>
                <code>
                  {rule.host === '' ? text('inspector.card.anyHost') : rule.host}
                  {path.path}
                </code>{' '}
                <span>
                  {path.pathType} → {path.service}:{path.port}
                </span>
              </li>
            )),
          )}
        </ul>
        <BecauseLinks lead={text('inspector.card.written')} becauses={ingress.because} />
      </Section>
      <ToGateway />
    </>
  )
}
