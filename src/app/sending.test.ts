import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { appliedFile, pageOver, snapshotAt, traceOf } from './small-lab.fixture.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const settled = () => vi.advanceTimersByTimeAsync(0)

async function sent() {
  const page = pageOver()
  page.state().requestEdited({ url: 'http://nginx/' })
  page.state().sendPressed()
  await settled()
  return page
}

describe('Send', () => {
  test('shows the trace from its first step and plays it', async () => {
    const { state, clock } = await sent()
    expect(state()).toMatchObject({ step: 0, playing: true, boardOpen: true, traceIsStale: false })
    expect(clock.positionMs()).toBe(0)
  })

  test('asks the lab for what stands in the bar', async () => {
    const { lab, state } = await sent()
    expect(lab.send).toHaveBeenCalledWith({
      from: 'pod/default/pod',
      url: 'http://nginx/',
      method: 'GET',
      headers: [],
      seed: state().request.seed,
    })
  })

  test('asks nothing while a header line is no header, and says which line', async () => {
    const { state, lab } = pageOver()
    state().requestEdited({ url: 'http://nginx/', headersText: 'Accept: */*\nnonsense' })
    state().sendPressed()
    await settled()
    expect(lab.send).not.toHaveBeenCalled()
    expect(state().requestProblem).toEqual({ kind: 'header-line', line: 2, text: 'nonsense' })
  })

  test('keeps the last picture when the lab says that this is no request', async () => {
    const { state, lab } = await sent()
    const before = state().trace
    lab.send.mockImplementationOnce(async (request) => ({
      kind: 'traced',
      trace: traceOf(request, 0, 'bad-request'),
      snapshot: snapshotAt(1),
    }))
    state().sendPressed()
    await settled()
    expect(state().trace).toBe(before)
    expect(state().requestProblem).toMatchObject({ kind: 'not-a-request' })
  })

  test('waits for what was typed a moment ago, so that the trace is of the text in sight', async () => {
    const { state, lab } = pageOver()
    state().requestEdited({ url: 'http://nginx/' })
    state().fileTyped('web.yaml', 'replicas: 3')
    state().sendPressed()
    await settled()
    expect(lab.apply.mock.invocationCallOrder[0]).toBeLessThan(lab.send.mock.invocationCallOrder[0] ?? 0)
  })

  test('shows the later of two requests, whichever answer comes first', async () => {
    const { state, lab } = pageOver()
    lab.send.mockImplementationOnce(async (request) => {
      await new Promise((resume) => setTimeout(resume, 1000))
      return { kind: 'traced', trace: traceOf(request, 2), snapshot: snapshotAt(1) }
    })
    state().requestEdited({ url: 'http://slow/' })
    state().sendPressed()
    state().requestEdited({ url: 'http://quick/' })
    state().sendPressed()
    await vi.advanceTimersByTimeAsync(2000)
    expect(state().trace?.request.url).toBe('http://quick/')
  })

  test('is busy only after 150 ms', async () => {
    const { state, lab } = pageOver()
    lab.send.mockImplementationOnce(async (request) => {
      await new Promise((resume) => setTimeout(resume, 400))
      return { kind: 'traced', trace: traceOf(request, 2), snapshot: snapshotAt(1) }
    })
    state().requestEdited({ url: 'http://nginx/' })
    state().sendPressed()
    await vi.advanceTimersByTimeAsync(149)
    expect(state().busy).toBe(false)
    await vi.advanceTimersByTimeAsync(2)
    expect(state().busy).toBe(true)
    await vi.advanceTimersByTimeAsync(400)
    expect(state().busy).toBe(false)
  })

  test('says that the simulator is gone when its worker is', async () => {
    const { state, lab } = pageOver()
    lab.send.mockRejectedValueOnce(new Error('worker'))
    state().requestEdited({ url: 'http://nginx/' })
    state().sendPressed()
    await settled()
    expect(state().labIsGone).toBe(true)
  })
})

describe('a Pod deleted', () => {
  const pod = { kind: 'Pod', namespace: 'default', name: 'nginx-1' }

  test('while a request is on its way disturbs that request from the next step on, and plays on from where it stood', async () => {
    const { state, lab, clock } = await sent()
    state().stepChosen(2)
    const stood = clock.positionMs()
    state().podDeleted(pod)
    await settled()
    expect(lab.resend).toHaveBeenCalledWith(
      expect.objectContaining({ interruptions: [{ beforeHop: 3, deletePod: pod }] }),
    )
    expect(clock.positionMs()).toBe(stood)
    expect(state()).toMatchObject({ step: 2, playing: true })
    expect(lab.remove).not.toHaveBeenCalled()
  })

  test('at rest is deleted from the cluster, and the trace that stands is of before', async () => {
    const { state, lab } = await sent()
    state().lastPressed()
    state().podDeleted(pod)
    await settled()
    expect(lab.remove).toHaveBeenCalledWith(pod)
    expect(state().traceIsStale).toBe(true)
  })
})

describe('playback', () => {
  test('tells the store of a step, not of a frame', async () => {
    const { state, clock, store } = await sent()
    const heard = vi.fn<() => void>()
    store.subscribe(heard)
    const [, second] = state().schedule?.steps ?? []
    clock.runTo((second?.startMs ?? 0) + 1)
    clock.runTo((second?.startMs ?? 0) + 2)
    clock.runTo((second?.startMs ?? 0) + 3)
    expect(state().step).toBe(1)
    expect(heard).toHaveBeenCalledTimes(1)
  })

  test('stops at the end by itself', async () => {
    const { state, clock } = await sent()
    clock.runTo(Number.MAX_SAFE_INTEGER)
    expect(state()).toMatchObject({ step: 4, playing: false })
  })

  test('one step forward moves there and stops', async () => {
    const { state, clock } = await sent()
    state().pausePressed()
    state().stepForward()
    expect(state()).toMatchObject({ step: 1, playing: false })
    expect(clock.isPlaying()).toBe(true)
    clock.runTo(Number.MAX_SAFE_INTEGER)
    expect(state().step).toBe(1)
    expect(clock.isPlaying()).toBe(false)
  })

  test.each([
    { press: 'stepBack', from: 2, to: 1 },
    { press: 'stepBack', from: 0, to: 0 },
    { press: 'firstPressed', from: 3, to: 0 },
    { press: 'lastPressed', from: 1, to: 4 },
  ] as const)('$press leads from step $from to step $to', async ({ press, from, to }) => {
    const { state } = await sent()
    state().stepChosen(from)
    state()[press]()
    expect(state()).toMatchObject({ step: to, playing: false })
  })

  test('with motion off a step stands decided at once', async () => {
    const { state, clock } = await sent()
    state().motionToggled()
    state().stepForward()
    expect(state().step).toBe(1)
    expect(clock.isPlaying()).toBe(false)
    expect(clock.positionMs()).toBe(state().schedule?.steps[1]?.endMs)
  })

  test('play before the first Send sends', async () => {
    const { state, lab } = pageOver()
    state().requestEdited({ url: 'http://nginx/' })
    state().playPressed()
    await settled()
    expect(lab.send).toHaveBeenCalledTimes(1)
  })
})

test('a cluster without an application Service leaves the URL to the person', () => {
  const { state } = pageOver(undefined, snapshotAt(1, [appliedFile('pod.yaml', '')]))
  expect(state().request).toMatchObject({ from: 'pod/default/pod', url: '' })
})
