// @vitest-environment happy-dom
import { cleanup, screen } from '@testing-library/react'
import { afterEach, expect, test, vi } from 'vitest'
import { draw } from './draw-page.fixture.tsx'
import { ErrorBoundary } from './ErrorBoundary.tsx'

afterEach(() => {
  cleanup()
  vi.restoreAllMocks()
})

function Broken(): never {
  throw new Error('a card without a place')
}

test('a page that cannot be drawn leaves what was typed in sight, and ways out', async () => {
  vi.spyOn(console, 'error').mockImplementation(() => undefined)
  await draw(
    <ErrorBoundary drafts={() => ({ 'web.yaml': 'replicas: 3' })} forget={() => undefined}>
      <Broken />
    </ErrorBoundary>,
  )
  expect(screen.getByRole('alert').textContent).toContain('a card without a place')
  expect(screen.getByLabelText('web.yaml')).toHaveProperty('value', 'replicas: 3')
  expect(screen.getByRole('button', { name: 'Load the page anew' })).toBeDefined()
})
