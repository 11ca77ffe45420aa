import { useId, useRef, type ReactNode } from 'react'
import styles from './Menu.module.css'
import { rove } from './rove.ts'

interface MenuProps {
  /** The name of the button that opens it. */
  readonly label: string
  readonly button: ReactNode
  readonly items: readonly MenuItem[]
  readonly look?: 'icon' | 'pill'
  /** The id of the button, for what puts the focus there. */
  readonly openerId?: string
}

export interface MenuItem {
  readonly id: string
  readonly label: ReactNode
  /** Of items that choose one of several: whether it is the one. */
  readonly checked?: boolean
  readonly onChoose: () => void
}

/** A button that opens a list of things to do, in the top layer; light dismiss and Escape come with the native popover. */
export function Menu({ label, button, items, look = 'icon', openerId }: MenuProps) {
  const opener = useRef<HTMLButtonElement>(null)
  const list = useRef<HTMLDivElement>(null)
  const id = useId()
  const opened = (open: boolean) => {
    opener.current?.setAttribute('aria-expanded', String(open))
    if (open)
      (
        list.current?.querySelector<HTMLElement>('[aria-checked=true]') ??
        list.current?.querySelector('button')
      )?.focus()
  }
  return (
    <>
      <button
        ref={opener}
        id={openerId}
        type="button"
        className={styles.opener}
        data-look={look}
        aria-label={label}
        aria-haspopup="menu"
        aria-expanded="false"
        popoverTarget={id}
        onClick={() => placeUnder(opener.current, list.current)}
      >
        {button}
      </button>
      <div
        ref={list}
        id={id}
        popover="auto"
        role="menu"
        tabIndex={-1}
        aria-label={label}
        className={styles.list}
        onKeyDown={rove}
        onToggle={(event) => opened(event.newState === 'open')}
      >
        {items.map((item) => (
          <button
            key={item.id}
            type="button"
            role={item.checked === undefined ? 'menuitem' : 'menuitemradio'}
            {...(item.checked === undefined ? {} : { 'aria-checked': item.checked })}
            onClick={() => {
              list.current?.hidePopover()
              opener.current?.focus()
              item.onChoose()
            }}
          >
            {item.label}
          </button>
        ))}
      </div>
    </>
  )
}

/** The list's right edge under the button's where there is no room to the right of its left edge. */
function placeUnder(opener: HTMLElement | null, list: HTMLElement | null): void {
  if (opener === null || list === null) return
  const box = opener.getBoundingClientRect()
  const fromRight = box.left > window.innerWidth / 2
  list.style.top = `${box.bottom + 6}px`
  list.style.left = fromRight ? 'auto' : `${box.left}px`
  list.style.right = fromRight ? `${window.innerWidth - box.right}px` : 'auto'
}
