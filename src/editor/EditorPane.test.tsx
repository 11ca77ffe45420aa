// @vitest-environment happy-dom
import { cleanup, fireEvent, screen } from '@testing-library/react'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { draw } from '../app/draw-page.fixture.tsx'
import { appliedFile, errorIn, snapshotAt, waitingFile } from '../app/small-lab.fixture.ts'
import { EditorPane } from './EditorPane.tsx'

afterEach(cleanup)

const nodePort = {
  ...waitingFile('nodeport.yaml', 'spec: {type: NodePort}'),
  patchOf: [{ kind: 'Service', namespace: 'default', name: 'nginx' }],
}
const files = [appliedFile('web.yaml', 'replicas: 5'), waitingFile('ingress.yaml', 'kind: Ingress'), nodePort]

async function open(file: string) {
  const page = await draw(<EditorPane />)
  page.store.setState({ snapshot: snapshotAt(1, files), openFile: file })
  await screen.findByRole('tab', { name: /^ingress.yaml/ })
  return page
}

describe('the tabs of the editor', () => {
  test.each([
    { file: 'web.yaml', says: 'applied' },
    { file: 'ingress.yaml', says: 'waiting' },
  ])('say that $file is $says', async ({ file, says }) => {
    await open('web.yaml')
    expect(screen.getByRole('tab', { name: `${file}, ${says}` })).toBeDefined()
  })

  test('count the problems of a file', async () => {
    const { store } = await open('web.yaml')
    store.setState({ problems: { 'web.yaml': [errorIn('web.yaml')] } })
    expect(await screen.findByRole('tab', { name: 'web.yaml, 1 problem' })).toBeDefined()
    expect(screen.getByText(/stays as it was/)).toBeDefined()
  })
})

describe('the editor', () => {
  test('applies a file that waits', async () => {
    const { store } = await open('ingress.yaml')
    const applyPressed = vi.fn<(file: string) => void>()
    store.setState({ applyPressed })
    fireEvent.click(screen.getByRole('button', { name: 'Apply' }))
    expect(applyPressed).toHaveBeenCalledWith('ingress.yaml')
  })

  test('offers the object that a patch fits', async () => {
    const { store } = await open('nodeport.yaml')
    const patchPressed = vi.fn<(file: string, target: unknown) => void>()
    store.setState({ patchPressed })
    fireEvent.click(screen.getByRole('button', { name: 'Patch service nginx' }))
    expect(patchPressed).toHaveBeenCalledWith('nodeport.yaml', nodePort.patchOf[0])
  })

  test('goes back to the text of the cluster', async () => {
    const { store, state } = await open('web.yaml')
    expect(screen.queryByRole('button', { name: 'Discard my changes' })).toBeNull()
    store.setState({ drafts: { 'web.yaml': 'replicas: 3' } })
    fireEvent.click(await screen.findByRole('button', { name: 'Discard my changes' }))
    expect(state().drafts).toEqual({})
  })

  test('adds a file under a good name and says why a bad one is refused', async () => {
    const { store } = await open('web.yaml')
    const fileAdded = vi.fn<(name: string) => void>()
    store.setState({ fileAdded })
    fireEvent.click(screen.getByRole('button', { name: 'Add a file' }))
    const field = screen.getByRole('textbox', { name: 'Name of the new file' })
    fireEvent.change(field, { target: { value: 'web' } })
    fireEvent.click(screen.getByRole('button', { name: 'Add' }))
    expect(screen.getByRole('alert').textContent).toBe('There is a file of that name.')
    fireEvent.change(field, { target: { value: 'pod' } })
    fireEvent.click(screen.getByRole('button', { name: 'Add' }))
    expect(fileAdded).toHaveBeenCalledWith('pod.yaml')
  })
})
