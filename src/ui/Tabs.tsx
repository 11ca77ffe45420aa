import type { ReactNode } from 'react'
import { rove } from './rove.ts'
import styles from './Tabs.module.css'

interface TabsProps<Id extends string> {
  /** What the tabs choose between. */
  readonly label: string
  readonly tabs: readonly { readonly id: Id; readonly label: ReactNode }[]
  readonly chosen: Id
  readonly onChoose: (id: Id) => void
  /** `id` of the panel element that shows the chosen tab. */
  readonly panelId: string
  /** `line`: a row above its panel. `segments`: one pill, as in the dock. `bar`: the phone's row at the bottom. */
  readonly look?: 'line' | 'segments' | 'bar'
}

/** Tabs by the ARIA pattern: one stop for Tab, arrows and Home and End move and choose. */
export function Tabs<Id extends string>({
  label,
  tabs,
  chosen,
  onChoose,
  panelId,
  look = 'line',
}: TabsProps<Id>) {
  return (
    <div
      role="tablist"
      aria-label={label}
      className={styles.tabs}
      data-look={look}
      tabIndex={-1}
      onKeyDown={rove}
    >
      {tabs.map((tab) => (
        <button
          key={tab.id}
          type="button"
          role="tab"
          id={`${panelId}-${tab.id}`}
          aria-selected={tab.id === chosen}
          aria-controls={panelId}
          tabIndex={tab.id === chosen ? 0 : -1}
          onClick={() => onChoose(tab.id)}
          onFocus={() => {
            if (tab.id !== chosen) onChoose(tab.id)
          }}
        >
          {tab.label}
        </button>
      ))}
    </div>
  )
}
