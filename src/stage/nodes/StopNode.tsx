import type { NodeProps } from '@xyflow/react'
import { memo } from 'react'
import { useText } from '../../i18n/use-text.ts'
import type { Phase } from '../../sim/trace/trace.ts'
import type { CardFlowNode } from '../flow-nodes.ts'
import type { StopContent } from '../scene/scene.ts'
import { Badge, CardShell, Line } from './CardShell.tsx'
import { DecisionRows } from './DecisionRows.tsx'

const looks: Readonly<
  Record<
    StopContent['what'],
    {
      readonly glyph: Phase
      readonly badge: 'name' | 'vip' | 'nodePort' | 'ingress' | 'gateway' | 'route' | 'router' | 'outside'
    }
  >
> = {
  name: { glyph: 'dns', badge: 'name' },
  vip: { glyph: 'edge', badge: 'vip' },
  'node-port': { glyph: 'nat', badge: 'nodePort' },
  ingress: { glyph: 'edge', badge: 'ingress' },
  gateway: { glyph: 'edge', badge: 'gateway' },
  route: { glyph: 'edge', badge: 'route' },
  router: { glyph: 'edge', badge: 'router' },
  outside: { glyph: 'edge', badge: 'outside' },
}

/** A stop on the way that is neither Service nor Pod. A name, an Ingress, a Gateway and a Route are ideas; a VIP is on some node's interface. */
export const StopNode = memo(
  function StopNode({ data: { card } }: NodeProps<CardFlowNode>) {
    const text = useText()
    const { content } = card
    if (content.kind !== 'stop') return null
    const { what, name, lines, rows } = content
    return (
      <CardShell
        card={card}
        label={text(`stage.card.${what}`, { name })}
        name={name}
        glyph={looks[what].glyph}
        isIdea={what === 'name' || what === 'ingress' || what === 'gateway' || what === 'route'}
        badge={<Badge>{text(`stage.kind.${looks[what].badge}`)}</Badge>}
        lines={lines.map((line) => (
          <Line key={line}>{what === 'vip' ? text('stage.onNode', { node: line }) : line}</Line>
        ))}
      >
        {rows.length > 0 && <DecisionRows rows={rows} width={card.rect.width} />}
      </CardShell>
    )
  },
  (a, b) => a.data.card === b.data.card,
)
