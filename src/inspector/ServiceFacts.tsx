import { useApp } from '../app/use-app.ts'
import { useText } from '../i18n/use-text.ts'
import type { ServicePortView, ServiceView } from '../sim/snapshot.ts'
import { Button } from '../ui/Button.tsx'
import { BecauseLinks } from './BecauseLinks.tsx'
import styles from './CardFacts.module.css'
import { Fact, FactList } from './FactList.tsx'
import { GlossaryText } from './GlossaryText.tsx'
import { LabelChips } from './LabelChips.tsx'
import { Section } from './Section.tsx'
import { shortName } from './short-name.ts'
import { portLabel, shareText } from './service-facts.ts'

/** A Service: its address, what it selects, and its endpoints with each one's true share. */
export function ServiceFacts({ service }: { readonly service: ServiceView }) {
  const text = useText()
  const showSources = useApp((state) => state.sourcesShown)
  const noAddress = service.externalName === undefined ? text('inspector.card.noClusterIp') : ''
  return (
    <>
      <Section title={text('inspector.card.service')}>
        <FactList>
          <Fact name={text('inspector.card.type')}>
            {service.headless ? text('inspector.card.headless') : service.type}
          </Fact>
          <Fact name={text('inspector.card.clusterIp')}>
            {service.clusterIp === '' ? noAddress : service.clusterIp}
          </Fact>
          <Fact name={text('inspector.card.externalName')}>{service.externalName}</Fact>
          <Fact name={text('inspector.card.external')}>{service.externalAddresses.join(', ')}</Fact>
          <Fact name={text('inspector.card.selector')}>
            <LabelChips labels={service.selector} none={text('inspector.card.noSelector')} />
          </Fact>
        </FactList>
      </Section>
      {service.externalName === undefined &&
        service.ports.map((port) => <Endpoints key={`${port.protocol} ${port.port}`} port={port} />)}
      {service.externalName === undefined && (
        <div className={styles.action}>
          <Button onClick={() => showSources(service.ref)}>{text('inspector.card.sources')}</Button>
        </div>
      )}
      {service.because.length > 0 && (
        <div className={styles.action}>
          <BecauseLinks lead={text('inspector.card.written')} becauses={service.because} />
        </div>
      )}
    </>
  )
}

/** The chain's rows at rest, in the order in which the kernel tries them. */
function Endpoints({ port }: { readonly port: ServicePortView }) {
  const text = useText()
  const title = text('inspector.card.endpoints', { port: portLabel(port) })
  return (
    <Section
      title={<GlossaryText>{title}</GlossaryText>}
      aside={
        port.nodePort !== 0 && (
          <GlossaryText>{text('inspector.card.nodePort', { port: port.nodePort })}</GlossaryText>
        )
      }
    >
      {port.rows.length === 0 ? (
        <p>{text('inspector.card.noEndpoints')}</p>
      ) : (
        <ol className={styles.endpoints} aria-label={title}>
          {port.rows.map((row, index) => (
            <li key={row.ruleId}>
              <span className={styles.number}>{index + 1}</span>
              <code>{row.endpoint}</code>
              <span className={styles.pod} title={row.pod?.name}>
                {row.pod !== undefined && shortName(row.pod.name, 20)}
              </span>
              <span title={text('inspector.card.share', { share: shareText(row.share) })}>
                {shareText(row.share)}
              </span>
            </li>
          ))}
        </ol>
      )}
    </Section>
  )
}
