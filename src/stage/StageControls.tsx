import { useReactFlow } from '@xyflow/react'
import { useText } from '../i18n/use-text.ts'
import { IconButton } from '../ui/IconButton.tsx'
import styles from './StageControls.module.css'

const pictures = {
  out: 'M3.5 8h9',
  in: 'M3.5 8h9M8 3.500v9',
  fit: 'M2 6V2h4M10 2h4v4M14 10v4h-4M6 14H2v-4',
} as const

/** Zoom out, zoom in, show all. */
export function StageControls({ onFit }: { readonly onFit: () => void }) {
  const text = useText()
  const flow = useReactFlow()
  return (
    <div className={styles.controls} data-tips="above">
      <IconButton label={text('stage.zoomOut')} onClick={() => void flow.zoomOut()}>
        <Picture of="out" />
      </IconButton>
      <IconButton label={text('stage.zoomIn')} onClick={() => void flow.zoomIn()}>
        <Picture of="in" />
      </IconButton>
      <IconButton label={text('stage.fit')} onClick={onFit}>
        <Picture of="fit" />
      </IconButton>
    </div>
  )
}

function Picture({ of }: { readonly of: keyof typeof pictures }) {
  return (
    <svg
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.7"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      <path d={pictures[of]} />
    </svg>
  )
}
