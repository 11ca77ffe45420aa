import type { NodeProps } from '@xyflow/react'
import { memo } from 'react'
import { useText, type Texts } from '../../i18n/use-text.ts'
import type { CardFlowNode } from '../flow-nodes.ts'
import { shortName } from '../scene/short-name.ts'
import type { PodContent, Row } from '../scene/scene.ts'
import { outcomeAt } from '../scene/rows.ts'
import { useStage } from '../stage-context.ts'
import { Badge, CardShell, Line } from './CardShell.tsx'
import { DecisionRows } from './DecisionRows.tsx'
import styles from './PodNode.module.css'

const glyphs = { dns: 'dns', ingress: 'edge', system: 'pod', app: 'pod' } as const

/** A Pod: one line, a chip, or in full where the path goes. An ingress controller shows what it matched. */
export const PodNode = memo(
  function PodNode({ data: { card } }: NodeProps<CardFlowNode>) {
    const text = useText()
    const { content } = card
    if (content.kind !== 'pod') return null
    const { ref, role, address, ports, status, size, rows } = content
    const isShort = card.rect.width < 240
    const listens = ports.length === 0 ? undefined : listenText(text, ports, isShort)
    return (
      <CardShell
        card={card}
        label={text('stage.card.pod', { name: `${ref.namespace}/${ref.name}`, address })}
        name={size === 'chip' ? ref.name.slice(-5) : shortName(ref.name, lettersOf(content, card.rect.width))}
        size={size}
        {...(size === 'chip' && isChip(card.rect.width) ? {} : { glyph: glyphs[role] })}
        {...badgeOf(content, isShort)}
        {...(size === 'line'
          ? {}
          : {
              lines: (
                <Line {...(size === 'full' && listens !== undefined ? { faint: listens } : {})}>
                  {size === 'chip' && isChip(card.rect.width) ? lastPart(address) : address}
                </Line>
              ),
            })}
      >
        {rows.length > 0 &&
          (rows[0]?.mark === '·' ? <DecisionRows rows={rows} /> : <MatchRows rows={rows} />)}
        {status !== undefined && size === 'chip' && <span className="visually-hidden">{status}</span>}
      </CardShell>
    )
  },
  (a, b) => a.data.card === b.data.card,
)

/** Certificate, server, location, upstream: what won, in the order in which nginx takes them. */
function MatchRows({ rows }: { readonly rows: readonly Row[] }) {
  const text = useText()
  const { step } = useStage()
  return (
    <dl className={styles.match}>
      {rows.map((row) => (
        <div key={row.id} data-known={outcomeAt(row, step) !== undefined} data-phase="edge">
          <dt>{isControllerRow(row.mark) ? text(`stage.controller.${row.mark}`) : row.mark}</dt>
          <dd>{typeof row.name === 'string' ? row.name.replace(/^location /, '') : ''}</dd>
        </div>
      ))}
    </dl>
  )
}

/** The bare ports where the card is narrow. */
function listenText(text: Texts, ports: readonly number[], isShort: boolean): string {
  const list = [...new Set(ports)]
    .slice(0, isShort ? 2 : 3)
    .map((port) => `:${port}`)
    .join(' ')
  return isShort ? list : text('stage.listens', { ports: list })
}

function badgeOf({ size, status, address }: PodContent, isShort: boolean) {
  if (size === 'chip') return {}
  if (status !== undefined) return { badge: <Badge>{status}</Badge> }
  return size === 'line' ? { badge: <Badge isAddress>{isShort ? lastTwo(address) : address}</Badge> } : {}
}

/** How many letters of the name fit beside what else is on its line: some 7.1 px each. */
function lettersOf({ size, address, status }: PodContent, width: number): number {
  const beside =
    size === 'full' ? (status?.length ?? 0) : (status ?? (width < 240 ? lastTwo(address) : address)).length
  return Math.max(8, Math.floor((width - 46 - beside * 7) / 7.1))
}

/** `172.31.239.228` → `.239.228`: in a cluster's Pod network the end is what tells Pods apart. */
function lastTwo(address: string): string {
  return address.split('.').length === 4 ? `.${address.split('.').slice(2).join('.')}` : address
}

/** Too narrow for more than the ends of name and address. */
function isChip(width: number): boolean {
  return width < 90
}

function lastPart(address: string): string {
  return address.split('.').length === 4 ? `.${address.split('.').at(-1)}` : address
}

function isControllerRow(mark: string): mark is 'certificates' | 'servers' | 'locations' | 'upstream' {
  return mark === 'certificates' || mark === 'servers' || mark === 'locations' || mark === 'upstream'
}
