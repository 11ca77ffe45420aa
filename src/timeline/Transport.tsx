import type { AppState, Speed } from '../app/app-state.ts'
import { useApp, useAppStore } from '../app/use-app.ts'
import { useText } from '../i18n/use-text.ts'
import { IconButton } from '../ui/IconButton.tsx'
import { Menu } from '../ui/Menu.tsx'
import styles from './Transport.module.css'

const pictures = {
  first: 'M2 2h2v10H2zM12 2v10L5 7z',
  back: 'M10 2v10L4 7z',
  play: 'M3 2v10l9-5z',
  pause: 'M3 2h3v10H3zM8 2h3v10H8z',
  forward: 'M4 2v10l6-5z',
  last: 'M10 2h2v10h-2zM2 2v10l7-5z',
} as const

const speeds: readonly Speed[] = [0.25, 0.5, 1, 2, 4]
const stepOf = (state: AppState) => state.step
const countOf = (state: AppState) => state.trace?.hops.length ?? 0
const isPlaying = (state: AppState) => state.playing
const speedOf = (state: AppState) => state.speed

/** First, back, play or pause, forward, last; the speed; and which step it is. */
export function Transport() {
  const text = useText()
  const store = useAppStore()
  const step = useApp(stepOf)
  const count = useApp(countOf)
  const playing = useApp(isPlaying)
  const act = store.getState()
  const [atStart, atEnd] = [step <= 0, step >= count - 1]
  return (
    <div className={styles.transport}>
      <IconButton
        label={text('timeline.first')}
        hotkey="Home"
        look="raised"
        disabled={atStart}
        onClick={act.firstPressed}
      >
        <Picture of="first" />
      </IconButton>
      <IconButton
        label={text('timeline.back')}
        hotkey="←"
        look="raised"
        disabled={atStart}
        onClick={act.stepBack}
      >
        <Picture of="back" />
      </IconButton>
      <IconButton
        label={text(playing ? 'timeline.pause' : 'timeline.play')}
        hotkey="space"
        look="filled"
        onClick={playing ? act.pausePressed : act.playPressed}
      >
        <Picture of={playing ? 'pause' : 'play'} />
      </IconButton>
      <IconButton
        label={text('timeline.forward')}
        hotkey="→"
        look="raised"
        disabled={atEnd}
        onClick={act.stepForward}
      >
        <Picture of="forward" />
      </IconButton>
      <IconButton
        label={text('timeline.last')}
        hotkey="End"
        look="raised"
        disabled={atEnd}
        onClick={act.lastPressed}
      >
        <Picture of="last" />
      </IconButton>
      <SpeedMenu />
      <span className={styles.step}>
        {count === 0 ? text('timeline.noStep') : text('timeline.step', { step: step + 1, count })}
      </span>
    </div>
  )
}

function SpeedMenu() {
  const text = useText()
  const store = useAppStore()
  const speed = useApp(speedOf)
  return (
    <Menu
      look="pill"
      label={text('timeline.speed', { speed: `${speed}×` })}
      button={`${speed}×`}
      items={speeds.map((choice) => ({
        id: String(choice),
        label: `${choice}×`,
        checked: choice === speed,
        onChoose: () => store.getState().speedChosen(choice),
      }))}
    />
  )
}

function Picture({ of }: { readonly of: keyof typeof pictures }) {
  return (
    <svg viewBox="0 0 14 14" fill="currentColor" aria-hidden="true">
      <path d={pictures[of]} />
    </svg>
  )
}
