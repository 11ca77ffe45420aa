// @vitest-environment happy-dom
import { cleanup, fireEvent, screen } from '@testing-library/react'
import { afterEach, describe, expect, test } from 'vitest'
import { draw } from '../app/draw-page.fixture.tsx'
import { pageOver } from '../app/small-lab.fixture.ts'
import { ConntrackPanel } from './ConntrackPanel.tsx'
import { RulesPanel } from './RulesPanel.tsx'

afterEach(cleanup)

const dump = [
  '*nat',
  '-A KUBE-SERVICES -d 10.96.0.1/32 -j KUBE-SVC-A',
  '-A KUBE-SVC-A -j KUBE-SEP-A',
  'COMMIT',
  '',
]

describe('the rules of a node', () => {
  test('say which filter hides them all, and clear it', async () => {
    const page = pageOver()
    page.lab.nodeText.mockResolvedValue({ text: dump.join('\n'), owners: {} })
    await draw(<RulesPanel />, page)
    expect(await screen.findByText('4 lines')).toBeDefined()
    const filter = screen.getByRole('searchbox', { name: 'Filter rules' })
    fireEvent.change(filter, { target: { value: 'kube-sep' } })
    expect(await screen.findByText('1 of 4 lines')).toBeDefined()
    fireEvent.change(filter, { target: { value: 'web01' } })
    expect(await screen.findByText(/No rule on host01 holds “web01”/)).toBeDefined()
    fireEvent.click(screen.getByRole('button', { name: 'Clear the filter' }))
    expect(await screen.findByText('4 lines')).toBeDefined()
  })
})

describe('the connections of a node', () => {
  test('say where they would come from while there are none', async () => {
    await draw(<ConntrackPanel />)
    expect(await screen.findByText(/No connections on host01 yet/)).toBeDefined()
  })
})
