import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { phrase } from '../sim/phrase.ts'
import { pageOver } from './small-lab.fixture.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const refused = {
  mode: 'nftables',
  verdict: { kind: 'refused', phrase: phrase('verdict.name-illegal') },
} as const

describe('comparing the modes', () => {
  test('asks for what stands in the bar, and leaves the bar alone', async () => {
    const { state, lab } = pageOver()
    state().requestEdited({ url: 'http://web/' })
    await state().modesCompared({ url: 'ping web' })
    expect(lab.compareModes).toHaveBeenCalledWith(expect.objectContaining({ url: 'ping web' }))
    expect(state().comparison).toMatchObject({ request: { url: 'ping web' }, answer: { kind: 'compared' } })
    expect(state().request.url).toBe('http://web/')
  })

  test('waits for what was typed a moment ago', async () => {
    const { state, lab } = pageOver()
    state().requestEdited({ url: 'http://web/' })
    state().fileTyped('web.yaml', 'replicas: 3')
    await state().modesCompared()
    expect(lab.apply.mock.invocationCallOrder[0]).toBeLessThan(
      lab.compareModes.mock.invocationCallOrder[0] ?? 0,
    )
  })

  test('says why there is nothing to compare', async () => {
    const { state, lab } = pageOver()
    await state().modesCompared()
    expect(state().comparison?.answer).toEqual({ kind: 'problem', problem: { kind: 'url-empty' } })
    expect(lab.compareModes).not.toHaveBeenCalled()
  })

  test('shows the later of two, whichever answer comes first', async () => {
    const { state, lab } = pageOver()
    lab.compareModes.mockImplementationOnce(async () => {
      await new Promise((resume) => setTimeout(resume, 1000))
      return { kind: 'compared', outcomes: [refused] }
    })
    void state().modesCompared({ url: 'http://slow/' })
    void state().modesCompared({ url: 'http://quick/' })
    await vi.advanceTimersByTimeAsync(2000)
    expect(state().comparison).toMatchObject({ request: { url: 'http://quick/' }, answer: { outcomes: [] } })
  })

  test('stays closed once it was closed, whatever answer is still to come', async () => {
    const { state } = pageOver()
    const comparing = state().modesCompared({ url: 'http://web/' })
    state().comparisonClosed()
    await comparing
    expect(state().comparison).toBeUndefined()
  })

  test('an outcome that is played brings its request, its mode and its trace', async () => {
    const { state, lab } = pageOver()
    await state().modesCompared({ url: 'ping web' })
    await state().outcomePlayed('ipvs')
    await vi.advanceTimersByTimeAsync(0)
    expect(lab.changeMode).toHaveBeenCalledWith(expect.anything(), 'ipvs')
    expect(lab.send).toHaveBeenCalledWith(expect.objectContaining({ url: 'ping web' }))
    expect(state()).toMatchObject({ comparison: undefined, request: { url: 'ping web' }, step: 0 })
  })

  test('an outcome whose mode cannot be set is not played in another', async () => {
    const { state, lab } = pageOver()
    lab.changeMode.mockResolvedValueOnce({ kind: 'nowhere' })
    await state().modesCompared({ url: 'ping web' })
    await state().outcomePlayed('ipvs')
    expect(lab.send).not.toHaveBeenCalled()
  })
})
