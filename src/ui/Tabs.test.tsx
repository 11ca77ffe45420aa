// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen } from '@testing-library/react'
import { useState } from 'react'
import { afterEach, describe, expect, test } from 'vitest'
import { Tabs } from './Tabs.tsx'

afterEach(cleanup)

type Id = 'a' | 'b' | 'c'

function ThreeTabs() {
  const [chosen, setChosen] = useState<Id>('a')
  const tabs = (['a', 'b', 'c'] as const).map((id) => ({ id, label: id.toUpperCase() }))
  return <Tabs label="letters" tabs={tabs} chosen={chosen} onChoose={setChosen} panelId="panel" />
}

describe('tabs', () => {
  test('are one stop for the Tab key', () => {
    render(<ThreeTabs />)
    const stops = screen.getAllByRole('tab').filter((tab) => tab.tabIndex === 0)
    expect(stops.map((tab) => tab.textContent)).toEqual(['A'])
  })

  test.each([
    { key: 'ArrowRight', from: 'A', to: 'B' },
    { key: 'ArrowLeft', from: 'A', to: 'C' },
    { key: 'End', from: 'A', to: 'C' },
    { key: 'Home', from: 'C', to: 'A' },
  ])('$key leads from $from to $to and chooses it', ({ key, from, to }) => {
    render(<ThreeTabs />)
    const start = screen.getByRole('tab', { name: from })
    start.focus()
    fireEvent.keyDown(start, { key })
    expect(document.activeElement?.textContent).toBe(to)
    expect(screen.getByRole('tab', { name: to }).getAttribute('aria-selected')).toBe('true')
  })
})
