import type { NodeProps } from '@xyflow/react'
import { memo } from 'react'
import { useText } from '../../i18n/use-text.ts'
import type { CardFlowNode } from '../flow-nodes.ts'
import { Badge, CardShell, Line } from './CardShell.tsx'
import { DecisionRows } from './DecisionRows.tsx'

/** A Service and its chain, in evaluation order. Dashed: no interface holds a ClusterIP. */
export const ServiceNode = memo(
  function ServiceNode({ data: { card } }: NodeProps<CardFlowNode>) {
    const text = useText()
    const { content } = card
    if (content.kind !== 'service') return null
    const { ref, role, address, rows, type, oneLine } = content
    const isWide = card.rect.width >= 250
    return (
      <CardShell
        card={card}
        label={text('stage.card.service', { name: ref.name, address })}
        name={ref.name}
        glyph={role === 'dns' ? 'dns' : 'nat'}
        isIdea
        {...(oneLine === true
          ? { badge: <Badge isAddress>{address}</Badge> }
          : rows.length > 0 || isWide
            ? { badge: <Badge>{type.toUpperCase()}</Badge> }
            : {})}
        {...(oneLine === true
          ? {}
          : {
              lines: (
                <Line {...(isWide && rows.length > 0 ? { faint: text('stage.noInterface') } : {})}>
                  {address}
                </Line>
              ),
            })}
      >
        {rows.length > 0 && <DecisionRows rows={rows} />}
      </CardShell>
    )
  },
  (a, b) => a.data.card === b.data.card,
)
