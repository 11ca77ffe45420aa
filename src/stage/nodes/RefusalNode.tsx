import type { NodeProps } from '@xyflow/react'
import { memo } from 'react'
import { useText } from '../../i18n/use-text.ts'
import type { CardFlowNode } from '../flow-nodes.ts'
import { useStage } from '../stage-context.ts'
import styles from './RefusalNode.module.css'

/** Who refused, side by side with who did not: the client prints the same words for both. */
export const RefusalNode = memo(
  function RefusalNode({ data: { card } }: NodeProps<CardFlowNode>) {
    const text = useText()
    const { step } = useStage()
    const { content } = card
    if (content.kind !== 'refusal' || step < content.hop) return null
    const { by, name, address, how } = content
    const other = by === 'node' ? 'pod' : 'node'
    return (
      <section className={styles.refusal} aria-label={text('stage.refusal')}>
        <h3>
          {text('stage.refusal')} <span>{text('stage.refusal.same')}</span>
        </h3>
        <div className={styles.sides}>
          <div className={styles.did} data-phase="drop">
            <h4>
              <span aria-hidden="true">✓ </span>
              {text(`stage.refusal.${by}`, { name })}
            </h4>
            <p>{text(`stage.refusal.${by}.${how}`, { address })}</p>
          </div>
          <div>
            <h4>
              <span aria-hidden="true">✕ </span>
              {text(`stage.refusal.not.${other}`)}
            </h4>
            <p>{text(`stage.refusal.not.${other}.why`)}</p>
          </div>
        </div>
      </section>
    )
  },
  (a, b) => a.data.card === b.data.card,
)
