// @vitest-environment happy-dom
import { cleanup, fireEvent, screen, within } from '@testing-library/react'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { draw } from '../app/draw-page.fixture.tsx'
import { answeredTrace, chapterSnapshot, clusterIp, endpoint } from '../stage/chapter.fixture.ts'
import { Inspector } from './Inspector.tsx'
import { StepList } from './StepList.tsx'

afterEach(cleanup)

const stepOf = (kind: string, phase: string) =>
  answeredTrace.hops.findIndex((hop) => hop.kind === kind && hop.phase === phase)

async function at(step: number) {
  const page = await draw(<Inspector />)
  page.store.setState({ snapshot: chapterSnapshot, trace: answeredTrace, step })
  await screen.findByText(new RegExp(`^Step ${step + 1} of `))
  return page
}

describe('the inspector', () => {
  test('tells before the first Send what pressing it will show', async () => {
    await draw(<Inspector />)
    expect(screen.getByRole('heading', { name: 'Press Send' })).toBeDefined()
  })

  test('shows the old destination beside the new one at a DNAT', async () => {
    await at(stepOf('rewrite', 'nat'))
    expect(screen.getByText(endpoint).tagName).toBe('INS')
    expect(screen.getByText(clusterIp).tagName).toBe('DEL')
  })

  test('lists a draw in the order tried, the winner last and marked', async () => {
    await at(stepOf('choose', 'nat'))
    const rows = within(screen.getByRole('list', { name: /KUBE-SVC/ })).getAllByRole('listitem')
    expect(rows.map((row) => row.dataset['verdict'])).toEqual([...Array<string>(5).fill('lost'), 'won'])
    expect(rows[1]?.textContent).toMatch(/drew 0\.\d\d against 0\.20/)
  })

  test('shows a DNS message’s bytes, part by part, to whoever opens them', async () => {
    await at(stepOf('answer', 'dns'))
    expect(screen.queryByRole('table', { name: 'Bytes on the wire' })).toBeNull()
    fireEvent.click(screen.getByText('Bytes on the wire'))
    const octets = await screen.findByRole('table', { name: 'Bytes on the wire' })
    const titles = within(octets)
      .getAllByRole('rowgroup')
      .map((group) => group.textContent?.slice(0, 8))
    expect(titles).toEqual(['Header00', 'Question', 'Answer00'])
    expect(within(octets).getByRole('row', { name: /^000c 05 6e 67 69 6e 78/ })).toBeDefined()
  })

  test('leads to the manifest lines behind a step', async () => {
    const { store } = await at(stepOf('choose', 'nat'))
    const because = vi.fn<(chosen: unknown) => void>()
    store.setState({ because })
    fireEvent.click(screen.getByRole('button', { name: 'nginx-service.yaml:10–11' }))
    expect(because).toHaveBeenCalledWith(expect.objectContaining({ file: 'nginx-service.yaml' }))
  })

  test('says how it knows what a Pod listens on, and deletes the Pod', async () => {
    const { store } = await at(0)
    const podDeleted = vi.fn<(pod: unknown) => void>()
    const [, pod] = chapterSnapshot.pods
    store.setState({ podDeleted, selectedCard: `Pod/default/${pod?.ref.name}` })
    expect(await screen.findByText('80/TCP')).toBeDefined()
    expect(screen.getByText('assumed')).toBeDefined()
    fireEvent.click(screen.getByRole('button', { name: 'Delete Pod' }))
    expect(podDeleted).toHaveBeenCalledWith(pod?.ref)
  })
})

describe('the list of steps', () => {
  test('has one stop for Tab, the current step, and moves by arrows', async () => {
    const { store } = await draw(<StepList />)
    const stepChosen = vi.fn<(step: number) => void>()
    store.setState({ trace: answeredTrace, step: 3, stepChosen })
    const steps = await screen.findAllByRole('button')
    expect(steps.map((step) => step.tabIndex).filter((stop) => stop === 0)).toHaveLength(1)
    expect(steps[3]?.getAttribute('aria-current')).toBe('step')
    fireEvent.keyDown(steps[3] ?? document.body, { key: 'ArrowDown' })
    expect(stepChosen).toHaveBeenCalledWith(4)
    expect(document.activeElement).toBe(steps[4])
  })
})
