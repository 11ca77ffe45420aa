import { useText } from '../i18n/use-text.ts'
import type { RouteCardView } from '../sim/snapshot.ts'
import { BecauseLinks } from './BecauseLinks.tsx'
import styles from './CardFacts.module.css'
import { ConditionList } from './ConditionList.tsx'
import { Fact, FactList } from './FactList.tsx'
import { Section } from './Section.tsx'

/** An HTTPRoute: its hosts and rules, and what each of its parents says of it. */
export function RouteFacts({ route }: { readonly route: RouteCardView }) {
  const text = useText()
  const { hostnames, parents, rules, because } = route
  return (
    <>
      <Section title={text('inspector.card.rules')}>
        <FactList>
          <Fact name={text('inspector.card.hostnames')}>
            {hostnames.length === 0 ? text('inspector.card.anyHost') : hostnames.join(', ')}
          </Fact>
        </FactList>
        <ul className={styles.routes}>
          {rules.map(({ matches, filters, backends }, index) => (
            <li key={index}>
              <code>{matches.join(' | ')}</code>{' '}
              <span>
                {[
                  ...filters,
                  ...backends.map(
                    ({ service, port, weight }) =>
                      `${service.name}:${port}${backends.length > 1 ? ` ×${weight}` : ''}`,
                  ),
                ]
                  .map((each) => `→ ${each}`)
                  .join(' ')}
              </span>
            </li>
          ))}
        </ul>
        <BecauseLinks lead={text('inspector.card.written')} becauses={because} />
      </Section>
      {parents.map(({ gateway, sectionName, conditions }) => (
        <Section
          key={`${gateway.namespace}/${gateway.name}/${sectionName ?? ''}`}
          title={text('inspector.card.parent', {
            name: sectionName === undefined ? gateway.name : `${gateway.name}/${sectionName}`,
          })}
        >
          {conditions.length === 0 ? (
            <p>{text('inspector.card.notSaid')}</p>
          ) : (
            <ConditionList conditions={conditions} />
          )}
        </Section>
      ))}
    </>
  )
}
