import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { errorIn, pageOver } from './small-lab.fixture.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const settled = () => vi.advanceTimersByTimeAsync(300)
const rules = {
  kind: 'rules',
  form: 'iptables-save',
  file: 'host01.iptables-save',
  tables: ['nat'],
  chains: 1,
  rules: 1,
  unmodelled: [],
  diagnostics: [],
} as const
const manifests = { kind: 'manifests', file: 'pasted.yaml', objects: [], diagnostics: [] } as const

describe('a paste', () => {
  test('is looked at once a moment after the last key, for the node in sight', async () => {
    const { state, lab } = pageOver()
    state().pasteShown()
    await settled()
    lab.surveyPaste.mockClear()
    for (const text of ['*nat', '*nat\nCOMMIT']) state().pasteTyped(text)
    await settled()
    expect(lab.surveyPaste).toHaveBeenCalledExactlyOnceWith('*nat\nCOMMIT', {
      node: 'host01',
      file: 'pasted.yaml',
    })
  })

  test('of rules becomes the node’s file and is applied', async () => {
    const { state, lab } = pageOver()
    lab.surveyPaste.mockResolvedValue(rules)
    state().pasteShown()
    state().pasteTyped('*nat\nCOMMIT')
    await settled()
    await state().pasteTaken('apply')
    expect(lab.addFile).toHaveBeenCalledWith('host01.iptables-save', '*nat\nCOMMIT')
    expect(lab.apply).toHaveBeenCalledWith('host01.iptables-save', '*nat\nCOMMIT', { prune: true })
    expect(state()).toMatchObject({ openFile: 'host01.iptables-save', paste: { isOpen: false, text: '' } })
  })

  test('of manifests can wait in a file of its own, with its problems', async () => {
    const { state, lab } = pageOver()
    lab.surveyPaste.mockResolvedValue(manifests)
    lab.check.mockResolvedValueOnce([errorIn('pasted.yaml')])
    state().pasteShown()
    state().pasteTyped('kind: [')
    await settled()
    await state().pasteTaken('wait')
    expect(lab.addFile).toHaveBeenCalledWith('pasted.yaml', 'kind: [')
    expect(lab.apply).not.toHaveBeenCalled()
    expect(state().problems).toHaveProperty(['pasted.yaml'], [errorIn('pasted.yaml')])
  })

  test('over a file that stands is typed into it, so that it can be undone', async () => {
    const { state, lab } = pageOver()
    lab.surveyPaste.mockResolvedValue({ ...rules, file: 'web.yaml' })
    state().pasteShown()
    state().pasteTyped('*nat\nCOMMIT')
    await settled()
    await state().pasteTaken('apply')
    expect(lab.addFile).not.toHaveBeenCalled()
    expect(lab.apply).toHaveBeenCalledWith('web.yaml', '*nat\nCOMMIT', { prune: true })
  })

  test('is still there when its dialog was closed by mistake', () => {
    const { state } = pageOver()
    state().pasteShown()
    state().pasteTyped('*nat')
    state().pasteClosed()
    state().pasteShown()
    expect(state().paste).toMatchObject({ isOpen: true, text: '*nat' })
  })
})

describe('files dropped onto the page', () => {
  test('come one after the other, under the names they have', async () => {
    const { state, lab } = pageOver()
    lab.surveyPaste.mockResolvedValue(manifests)
    state().filesDropped([
      { name: 'one.yaml', text: 'a: 1' },
      { name: 'two.yaml', text: 'b: 2' },
    ])
    await settled()
    await state().pasteTaken('wait')
    expect(lab.addFile).toHaveBeenLastCalledWith('one.yaml', 'a: 1')
    expect(state().paste).toMatchObject({ isOpen: true, name: 'two.yaml', text: 'b: 2', waiting: [] })
  })

  test('are for the node that their name speaks of', () => {
    const { state } = pageOver()
    state().filesDropped([{ name: 'rules-of-host01.txt', text: '*nat' }])
    expect(state().paste.node).toBe('host01')
  })

  test('push nothing out that stood in the dialog', () => {
    const { state } = pageOver()
    state().pasteShown()
    state().pasteTyped('kind: Pod')
    state().filesDropped([{ name: 'one.yaml', text: 'a: 1' }])
    expect(state().paste).toMatchObject({ text: 'a: 1', waiting: [{ text: 'kind: Pod' }] })
  })
})
