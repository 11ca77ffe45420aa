import type { NodeProps } from '@xyflow/react'
import { memo } from 'react'
import { useApp } from '../../app/use-app.ts'
import type { AppState } from '../../app/app-state.ts'
import { useText } from '../../i18n/use-text.ts'
import type { CardFlowNode } from '../flow-nodes.ts'
import { Badge, CardShell, Line } from './CardShell.tsx'
import styles from './ClientNode.module.css'

const isFirstVisit = (state: AppState) => state.trace === undefined

/** Who asks: a Pod, a node, a machine outside. Before the first Send it wears the ring that says where to begin. */
export const ClientNode = memo(function ClientNode({ data: { card } }: NodeProps<CardFlowNode>) {
  const text = useText()
  const begins = useApp(isFirstVisit)
  const { content } = card
  if (content.kind !== 'client') return null
  const { name, address, home, where } = content
  return (
    <div className={styles.begin} data-begins={begins}>
      <CardShell
        card={card}
        label={text('stage.card.client', { name, address })}
        name={name}
        glyph={where === 'outside' ? undefined : 'pod'}
        tone="edge"
        badge={<Badge>{text(`stage.kind.${where}`)}</Badge>}
        lines={
          <>
            <Line>{address}</Line>
            {home !== undefined && (
              <Line>
                <span className={styles.home}>{home}</span>
              </Line>
            )}
          </>
        }
      />
    </div>
  )
}, sameCard)

// React Flow passes the position as props: a plain memo would render on every frame of a glide.
function sameCard(a: NodeProps<CardFlowNode>, b: NodeProps<CardFlowNode>): boolean {
  return a.data.card === b.data.card
}
