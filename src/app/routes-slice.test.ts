import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { pageOver } from './small-lab.fixture.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

test('asking for HTTPRoutes opens the dialog, and then shows what the lab wrote', async () => {
  const { state } = pageOver()
  const asked = state().routesShown()
  expect(state().routes).toEqual({ answer: undefined })
  await asked
  expect(state().routes?.answer).toMatchObject({ kind: 'shown', yaml: 'kind: HTTPRoute\n' })
})

test('an answer that comes after the dialog was closed opens nothing', async () => {
  const { state } = pageOver()
  const asked = state().routesShown()
  state().routesClosed()
  await asked
  expect(state().routes).toBeUndefined()
})

test('taking them puts them into a tab that waits, under a name that is free', async () => {
  const { state, lab } = pageOver()
  await state().routesShown()
  await state().routesTaken()
  expect(lab.addFile).toHaveBeenCalledWith('from-ingress.yaml', '# note\nkind: HTTPRoute\n')
  expect(lab.apply).not.toHaveBeenCalledWith('from-ingress.yaml', expect.anything(), expect.anything())
  expect(state().openFile).toBe('from-ingress.yaml')
  expect(state().routes).toBeUndefined()
})
