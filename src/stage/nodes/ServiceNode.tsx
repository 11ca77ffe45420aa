import type { NodeProps } from '@xyflow/react'
import { memo } from 'react'
import type { AppState } from '../../app/app-state.ts'
import { useApp } from '../../app/use-app.ts'
import { useText } from '../../i18n/use-text.ts'
import type { CardFlowNode } from '../flow-nodes.ts'
import type { ServiceContent } from '../scene/scene.ts'
import { Badge, CardShell, Line } from './CardShell.tsx'
import { DecisionRows } from './DecisionRows.tsx'

/** A Service and its chain, in evaluation order. Dashed: no interface holds a ClusterIP, or none but a dummy. */
export const ServiceNode = memo(
  function ServiceNode({ data: { card } }: NodeProps<CardFlowNode>) {
    const text = useText()
    const holder = text(useApp(isOnDummy) ? 'stage.dummyInterface' : 'stage.noInterface')
    const { content } = card
    if (content.kind !== 'service') return null
    const { ref, role, address, rows, oneLine } = content
    const isWide = card.rect.width >= 250
    return (
      <CardShell
        card={card}
        label={text('stage.card.service', { name: ref.name, address })}
        name={ref.name}
        glyph={role === 'dns' ? 'dns' : 'nat'}
        isIdea
        badge={<ServiceBadge content={content} isWide={isWide} />}
        lines={
          oneLine !== true && <Line faint={isWide && rows.length > 0 ? holder : undefined}>{address}</Line>
        }
      >
        {rows.length > 0 && <DecisionRows rows={rows} width={card.rect.width} />}
      </CardShell>
    )
  },
  (a, b) => a.data.card === b.data.card,
)

/** In IPVS mode kube-ipvs0 of each node has every Service's address. */
function isOnDummy({ snapshot }: AppState): boolean {
  return snapshot.nodes.some(({ rules }) => rules.some(({ text }) => text === 'ipvsadm'))
}

/** The address where the card has one line; that nobody is behind it; else the type, where there is room. */
function ServiceBadge({ content, isWide }: { readonly content: ServiceContent; readonly isWide: boolean }) {
  const text = useText()
  const { oneLine, address, endpoints, rows, type } = content
  if (oneLine === true) return <Badge isAddress>{address}</Badge>
  if (endpoints === 0 && rows.length === 0 && type !== 'ExternalName')
    return <Badge>{text('stage.noEndpoints')}</Badge>
  return rows.length > 0 || isWide ? <Badge>{type.toUpperCase()}</Badge> : null
}
