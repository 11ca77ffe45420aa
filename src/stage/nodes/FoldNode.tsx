import type { NodeProps } from '@xyflow/react'
import { memo } from 'react'
import { useText } from '../../i18n/use-text.ts'
import type { CardFlowNode } from '../flow-nodes.ts'
import styles from './FrameNode.module.css'

/** What is many and plays no part, in one line. */
export const FoldNode = memo(
  function FoldNode({ data: { card } }: NodeProps<CardFlowNode>) {
    const text = useText()
    const { content } = card
    if (content.kind !== 'fold') return null
    const id = content.what === 'services' ? 'stage.moreServices' : 'stage.moreNodes'
    return <p className={styles.fold}>{text(id, { count: content.count })}</p>
  },
  (a, b) => a.data.card === b.data.card,
)
