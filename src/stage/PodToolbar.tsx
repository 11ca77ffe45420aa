import { ViewportPortal } from '@xyflow/react'
import type { AppState } from '../app/app-state.ts'
import { useApp, useAppStore } from '../app/use-app.ts'
import { useText } from '../i18n/use-text.ts'
import { Button } from '../ui/Button.tsx'
import styles from './PodToolbar.module.css'
import { useStage } from './stage-context.ts'

const chosenCard = (state: AppState) => state.selectedCard

/** What can be done to the Pod whose card is chosen, beside the card. */
export function PodToolbar() {
  const text = useText()
  const store = useAppStore()
  const { scene } = useStage()
  const chosen = useApp(chosenCard)
  const card = scene.cards.find(({ id }) => id === chosen)
  if (card?.content.kind !== 'pod' || card.content.status === 'Deleted') return null
  const { ref } = card.content
  const { x, y, height } = card.rect
  return (
    <ViewportPortal>
      <div
        className={styles.toolbar}
        style={{ transform: `translate(calc(${x - 8}px - 100%), calc(${y + height / 2}px - 50%))` }}
      >
        <Button onClick={() => store.getState().podDeleted(ref)}>{text('stage.deletePod')}</Button>
      </div>
    </ViewportPortal>
  )
}
