import { useText } from '../i18n/use-text.ts'
import type { ProxyMode } from '../sim/cluster/cluster.ts'
import { Button } from '../ui/Button.tsx'
import { Menu, type MenuItem } from '../ui/Menu.tsx'
import { SegmentedControl } from '../ui/SegmentedControl.tsx'
import styles from './TopBar.module.css'
import { useApp } from './use-app.ts'
import { useMedia } from './use-media.ts'

const MODES = [
  { value: 'iptables', label: 'iptables' },
  { value: 'nftables', label: 'nftables' },
  { value: 'ipvs', label: 'IPVS' },
] as const satisfies readonly { readonly value: ProxyMode; readonly label: string }[]

/** kube-proxy's mode: three in sight where there is room, else behind one button; and the ways to what differs by it. */
export function ModeControl() {
  const text = useText()
  const mode = useApp((state) => state.snapshot.proxyMode)
  const choose = useApp((state) => state.modeChosen)
  const compare = useApp((state) => state.modesCompared)
  const showSources = useApp((state) => state.sourcesShown)
  const hasRoom = useMedia('(min-width: 1200px)')
  if (hasRoom)
    return (
      <div className={styles.proxy}>
        <span aria-hidden="true">kube-proxy</span>
        <SegmentedControl<ProxyMode>
          label={text('top.mode')}
          value={mode}
          onChoose={(next) => void choose(next)}
          choices={MODES}
        />
        <Button title={text('top.compare.hint')} onClick={() => void compare()}>
          {text('top.compare')}
        </Button>
        <Button title={text('top.sources.hint')} onClick={() => showSources()}>
          {text('top.sources')}
        </Button>
      </div>
    )
  const items: readonly MenuItem[] = MODES.map(({ value, label }) => ({
    id: value,
    label,
    checked: value === mode,
    onChoose: () => void choose(value),
  }))
  const label = MODES.find(({ value }) => value === mode)?.label ?? mode
  return (
    <Menu
      look="pill"
      label={text('top.mode.is', { mode: label })}
      button={
        <>
          {label} <span aria-hidden="true">▾</span>
        </>
      }
      items={[
        ...items,
        { id: 'compare', label: text('top.compare.hint'), onChoose: () => void compare() },
        { id: 'sources', label: text('top.sources.hint'), onChoose: () => showSources() },
      ]}
    />
  )
}
