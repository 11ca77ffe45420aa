import type { NodeProps } from '@xyflow/react'
import { memo } from 'react'
import { useApp, useAppStore } from '../../app/use-app.ts'
import { useText } from '../../i18n/use-text.ts'
import type { FrameFlowNode } from '../flow-nodes.ts'
import styles from './FrameNode.module.css'

/** A machine of the cluster, drawn round its Pods; or what stands round those that wait for one. */
export const FrameNode = memo(
  function FrameNode({ data: { frame } }: NodeProps<FrameFlowNode>) {
    const text = useText()
    const store = useAppStore()
    const isChosen = useApp((state) => state.selectedCard === frame.id)
    const { id, kind, lost, folded, titleBelow } = frame
    const address = lost ? text('stage.lost') : frame.address
    const name = kind === 'node' ? frame.name : text('stage.notOnNode')
    return (
      <section
        className={styles.frame}
        data-kind={kind}
        data-title={titleBelow ? 'below' : 'above'}
        data-chosen={isChosen}
        aria-label={kind === 'node' ? text('stage.card.node', { name, address }) : name}
      >
        {kind === 'nowhere' ? (
          <p className={styles.title}>{name}</p>
        ) : (
          <button
            type="button"
            className={styles.title}
            aria-pressed={isChosen}
            onClick={() => store.getState().cardSelected(isChosen ? undefined : id)}
          >
            <span>{name}</span>
            <span className={styles.address}>{address}</span>
          </button>
        )}
        {folded > 0 && !titleBelow && (
          <p className={styles.fold}>{text('stage.morePods', { count: folded })}</p>
        )}
      </section>
    )
  },
  (a, b) => a.data.frame === b.data.frame,
)
