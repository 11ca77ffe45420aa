import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { AppState } from './app-state.ts'
import { stagedSnapshot, stagedTrace } from './selectors.ts'
import {
  appliedFile,
  errorIn,
  memoryStorage,
  pageOver,
  snapshotAt,
  traceOf,
  waitingFile,
} from './small-lab.fixture.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const PAUSE = 250

describe('typing into a file that stands applied', () => {
  test('applies the text 250 ms after the last key, once', async () => {
    const { state, lab } = pageOver()
    for (const text of ['replicas: ', 'replicas: 3']) {
      state().fileTyped('web.yaml', text)
      await vi.advanceTimersByTimeAsync(PAUSE - 1)
    }
    expect(lab.apply).not.toHaveBeenCalled()
    await vi.advanceTimersByTimeAsync(1)
    expect(lab.apply).toHaveBeenCalledExactlyOnceWith('web.yaml', 'replicas: 3', { prune: true })
    expect(state().drafts).toEqual({})
  })

  test('keeps what was typed meanwhile as a draft', async () => {
    const { state, lab } = pageOver()
    lab.apply.mockImplementationOnce(async (file, text) => {
      state().fileTyped('web.yaml', 'replicas: 4')
      return { changed: [], diagnostics: [], snapshot: snapshotAt(2, [appliedFile(file, text)]) }
    })
    state().fileTyped('web.yaml', 'replicas: 3')
    await vi.advanceTimersByTimeAsync(PAUSE)
    expect(state().drafts).toEqual({ 'web.yaml': 'replicas: 4' })
  })

  test('keeps the warnings of what was applied, and says them again after a discard', async () => {
    const warning = { ...errorIn('web.yaml'), severity: 'warning' as const }
    const { state, lab } = pageOver()
    lab.apply.mockImplementationOnce(async (file, text) => ({
      changed: [],
      diagnostics: [warning],
      snapshot: snapshotAt(2, [appliedFile(file, text)]),
    }))
    state().fileTyped('web.yaml', 'kind: NetworkPolicy')
    await vi.advanceTimersByTimeAsync(PAUSE)
    expect(state()).toMatchObject({ drafts: {}, problems: { 'web.yaml': [warning] } })

    lab.check.mockResolvedValueOnce([warning])
    state().fileTyped('web.yaml', 'kind: [')
    state().draftDiscarded('web.yaml')
    await vi.advanceTimersByTimeAsync(0)
    expect(state()).toMatchObject({ drafts: {}, problems: { 'web.yaml': [warning] } })
  })

  test('with an error keeps the text and the last good picture, and marks it', async () => {
    const { state, lab } = pageOver()
    state().requestEdited({ url: 'http://nginx/' })
    state().sendPressed()
    await vi.advanceTimersByTimeAsync(0)
    lab.apply.mockImplementationOnce(async () => ({
      changed: [],
      diagnostics: [errorIn('web.yaml')],
      snapshot: snapshotAt(1),
    }))
    state().fileTyped('web.yaml', 'replicas: [')
    await vi.advanceTimersByTimeAsync(PAUSE)
    expect(state()).toMatchObject({
      drafts: { 'web.yaml': 'replicas: [' },
      problems: { 'web.yaml': [errorIn('web.yaml')] },
      traceIsStale: true,
      snapshot: snapshotAt(1),
    })
    state().sendPressed()
    await vi.advanceTimersByTimeAsync(0)
    expect(state().traceIsStale).toBe(true)
    state().draftDiscarded('web.yaml')
    expect(state()).toMatchObject({ drafts: {}, problems: {}, traceIsStale: false })
  })

  test('makes the trace that stands one of before, until the next Send', async () => {
    const { state, lab } = pageOver()
    state().requestEdited({ url: 'http://nginx/' })
    state().sendPressed()
    await vi.advanceTimersByTimeAsync(0)
    state().fileTyped('web.yaml', 'replicas: 3')
    await vi.advanceTimersByTimeAsync(PAUSE)
    expect(state()).toMatchObject({ traceIsStale: true, picture: 'cluster', playing: false })
    lab.send.mockImplementationOnce(async (request) => ({
      kind: 'traced',
      trace: traceOf(request, 3),
      snapshot: snapshotAt(2, [appliedFile('web.yaml', 'replicas: 3')]),
    }))
    state().sendPressed()
    await vi.advanceTimersByTimeAsync(0)
    expect(state()).toMatchObject({ traceIsStale: false, picture: 'trace' })
  })

  test.each([
    { control: 'stepForward', use: (page: AppState) => page.stepForward() },
    { control: 'stepBack', use: (page: AppState) => page.stepBack() },
    { control: 'stepChosen', use: (page: AppState) => page.stepChosen(1) },
    { control: 'scrubbed', use: (page: AppState) => page.scrubbed(10) },
    { control: 'playPressed', use: (page: AppState) => page.playPressed() },
  ])('shows the cluster of now, and after $control the trace on its own cluster', async ({ use }) => {
    const { state } = pageOver()
    state().requestEdited({ url: 'http://nginx/' })
    state().sendPressed()
    await vi.advanceTimersByTimeAsync(0)
    const ranOn = state().snapshot
    state().fileTyped('web.yaml', 'replicas: 3')
    await vi.advanceTimersByTimeAsync(PAUSE)
    expect([stagedTrace(state()), stagedSnapshot(state())]).toEqual([undefined, state().snapshot])
    use(state())
    expect(stagedTrace(state())).toBe(state().trace)
    expect(stagedSnapshot(state())).toBe(ranOn)
  })
})

test('typing into a file that waits only checks it', async () => {
  const { state, lab } = pageOver(undefined, snapshotAt(1, [waitingFile('ingress.yaml', '')]))
  state().fileTyped('ingress.yaml', 'kind: Ingress')
  await vi.advanceTimersByTimeAsync(PAUSE)
  expect(lab.check).toHaveBeenCalledExactlyOnceWith('ingress.yaml', 'kind: Ingress')
  expect(lab.apply).not.toHaveBeenCalled()
  state().applyPressed('ingress.yaml')
  await vi.advanceTimersByTimeAsync(0)
  expect(lab.apply).toHaveBeenCalledExactlyOnceWith('ingress.yaml', 'kind: Ingress', { prune: true })
})

test('what is sound in a file of one’s own stands in its tab, and leaves the trace as it is', async () => {
  const { state, lab } = pageOver()
  state().requestEdited({ url: 'http://nginx/' })
  state().sendPressed()
  state().fileAdded('mine.yaml')
  await vi.advanceTimersByTimeAsync(0)
  state().fileTyped('mine.yaml', 'kind: Pod')
  await vi.advanceTimersByTimeAsync(PAUSE)
  expect(lab.addFile).toHaveBeenLastCalledWith('mine.yaml', 'kind: Pod')
  expect(state()).toMatchObject({ drafts: {}, traceIsStale: false })
})

describe('after a reload', () => {
  test('what was applied is applied again, and what was only typed is typed again', async () => {
    const storage = memoryStorage()
    const first = pageOver(storage)
    first.state().fileTyped('web.yaml', 'replicas: 3')
    await vi.advanceTimersByTimeAsync(PAUSE)
    first.state().fileAdded('mine.yaml')
    await vi.advanceTimersByTimeAsync(0)
    first.lab.check.mockImplementationOnce(async () => [errorIn('mine.yaml')])
    first.state().fileTyped('mine.yaml', 'kind: Po')
    await vi.advanceTimersByTimeAsync(PAUSE)

    const second = pageOver(storage)
    second.lab.check.mockImplementationOnce(async () => [errorIn('mine.yaml')])
    await vi.advanceTimersByTimeAsync(0)
    expect(second.lab.apply).toHaveBeenCalledExactlyOnceWith('web.yaml', 'replicas: 3', { prune: true })
    expect(second.lab.addFile).toHaveBeenCalledExactlyOnceWith('mine.yaml', '')
    expect(second.state().drafts).toEqual({ 'mine.yaml': 'kind: Po' })
  })

  test('nothing is left of it when it was started over', async () => {
    const storage = memoryStorage()
    const first = pageOver(storage)
    first.state().fileTyped('web.yaml', 'replicas: 3')
    await vi.advanceTimersByTimeAsync(PAUSE)
    first.state().startedOver()
    const second = pageOver(storage)
    await vi.advanceTimersByTimeAsync(0)
    expect(second.lab.apply).not.toHaveBeenCalled()
  })

  test.each(['', '{', 'null', '[1]', '[{"kind":"apply"}]', '{"request":{"from":1},"theme":"pink"}'])(
    'storage that holds %j starts a page like any other',
    async (text) => {
      const storage = memoryStorage()
      storage.write('podpath.deeds', text)
      storage.write('podpath.choices', text)
      const { state, lab } = pageOver(storage)
      await vi.advanceTimersByTimeAsync(0)
      expect(state()).toMatchObject({ theme: 'system', drafts: {} })
      expect(lab.apply).not.toHaveBeenCalled()
    },
  )

  test('theme, language and the last request are as they were', () => {
    const storage = memoryStorage()
    const first = pageOver(storage)
    first.state().themeChosen('dark')
    first.state().languageChosen('zh-CN')
    first.state().requestEdited({ url: 'http://web01/' })
    expect(pageOver(storage).state()).toMatchObject({
      theme: 'dark',
      language: 'zh-CN',
      request: { url: 'http://web01/' },
    })
  })
})

test('a text that the browser could not keep is named until it can', async () => {
  const { state } = pageOver(memoryStorage(400))
  state().fileTyped('web.yaml', 'x'.repeat(401))
  expect(state().unkept).toEqual(['web.yaml'])
  state().fileTyped('web.yaml', 'replicas: 3')
  expect(state().unkept).toEqual([])
})

describe('a because that is pressed', () => {
  test('opens its file, marks its lines and stops playback', async () => {
    const { state } = pageOver()
    const because = { object: { kind: 'Service', namespace: 'default', name: 'web' }, file: 'web.yaml' }
    state().because(because)
    expect(state()).toMatchObject({ revealed: because, openFile: 'web.yaml', playing: false })
  })
})
