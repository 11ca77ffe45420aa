import type { NodeProps } from '@xyflow/react'
import { memo } from 'react'
import { useText } from '../../i18n/use-text.ts'
import type { CardFlowNode } from '../flow-nodes.ts'
import { Badge, CardShell, Line } from './CardShell.tsx'
import { DecisionRows } from './DecisionRows.tsx'
import { MatchRows } from './MatchRows.tsx'
import { podTexts } from './pod-texts.ts'

const glyphs = { dns: 'dns', ingress: 'edge', system: 'pod', app: 'pod' } as const

/** A Pod: one line, a chip, or in full where the path goes. An ingress controller shows what it matched. */
export const PodNode = memo(
  function PodNode({ data: { card } }: NodeProps<CardFlowNode>) {
    const text = useText()
    const { content } = card
    if (content.kind !== 'pod') return null
    const { ref, role, address, status, size, rows } = content
    const { name, beside, under, ports, isNarrow, hasGlyph } = podTexts(content, card.rect.width)
    const listens = isNarrow ? ports : text('stage.listens', { ports })
    return (
      <CardShell
        card={card}
        label={text('stage.card.pod', { name: `${ref.namespace}/${ref.name}`, address })}
        name={name}
        size={size}
        glyph={hasGlyph ? glyphs[role] : undefined}
        tone={glyphs[role]}
        isBroken={status !== undefined}
        badge={beside !== undefined && <Badge isAddress={status === undefined}>{beside}</Badge>}
        lines={under !== undefined && <Line faint={ports === '' ? undefined : listens}>{under}</Line>}
      >
        {rows.length > 0 &&
          (rows[0]?.mark === '·' ? (
            <DecisionRows rows={rows} width={card.rect.width} />
          ) : (
            <MatchRows rows={rows} width={card.rect.width} />
          ))}
        {status !== undefined && size === 'chip' && <span className="visually-hidden">{status}</span>}
      </CardShell>
    )
  },
  (a, b) => a.data.card === b.data.card,
)
