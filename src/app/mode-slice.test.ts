import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { errorIn, pageOver } from './small-lab.fixture.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

describe('choosing a mode of kube-proxy', () => {
  test('types the lab’s edit into the file, applies it and keeps it like any other', async () => {
    const { state, lab, storage } = pageOver()
    lab.changeMode.mockResolvedValueOnce({ kind: 'edit', file: 'web.yaml', text: 'mode: ipvs' })
    await state().modeChosen('ipvs')
    expect(lab.apply).toHaveBeenCalledExactlyOnceWith('web.yaml', 'mode: ipvs', { prune: true })
    expect(state()).toMatchObject({ drafts: {}, modeProblem: undefined })
    expect(storage.read('podpath.deeds')).toContain('mode: ipvs')
  })

  test('asks about the text in sight, not about the one applied', async () => {
    const { state, lab } = pageOver()
    lab.apply.mockResolvedValueOnce({
      changed: [],
      diagnostics: [errorIn('web.yaml')],
      snapshot: state().snapshot,
    })
    state().fileTyped('web.yaml', 'kind: [')
    await state().modeChosen('nftables')
    expect(lab.changeMode).toHaveBeenCalledWith([{ file: 'web.yaml', text: 'kind: [' }], 'nftables')
  })

  test('says what stands in the way, and types nothing', async () => {
    const { state, lab } = pageOver()
    const problem = errorIn('web.yaml')
    lab.changeMode.mockResolvedValueOnce({ kind: 'broken', problem })
    await state().modeChosen('nftables')
    expect(state().modeProblem).toEqual({ kind: 'broken', problem })
    expect(state().drafts).toEqual({})
    await state().modeChosen('iptables')
    expect(state().modeProblem).toBeUndefined()
  })

  test('says so when the cluster refuses the edited file', async () => {
    const { state, lab } = pageOver()
    const problem = errorIn('web.yaml')
    lab.changeMode.mockResolvedValueOnce({ kind: 'edit', file: 'web.yaml', text: 'mode: ipvs' })
    lab.apply.mockResolvedValueOnce({ changed: [], diagnostics: [problem], snapshot: state().snapshot })
    await state().modeChosen('ipvs')
    expect(state().modeProblem).toEqual({ kind: 'broken', problem })
    expect(state().drafts).toEqual({ 'web.yaml': 'mode: ipvs' })
  })
})
