import { beforeEach, describe, expect, test, vi } from 'vitest'
import { createPlaybackClock, type FrameScheduler, type PlaybackClock } from './playback-clock.ts'

/** A browser that gives a frame when told to. */
class FakeFrames implements FrameScheduler {
  private pending: (() => void) | undefined
  private nowMs = 1000
  asked = 0
  requestFrame(frame: () => void) {
    this.pending = frame
    return ++this.asked
  }
  cancelFrame() {
    this.pending = undefined
  }
  now() {
    return this.nowMs
  }
  pass(ms: number) {
    this.nowMs += ms
    const frame = this.pending
    this.pending = undefined
    frame?.()
  }
}

let frames: FakeFrames
let clock: PlaybackClock
beforeEach(() => {
  frames = new FakeFrames()
  clock = createPlaybackClock(frames)
  clock.load(1000)
})

describe('a clock that plays', () => {
  test.each([
    { speed: 0.25, after: 4 },
    { speed: 1, after: 16 },
    { speed: 4, after: 64 },
  ])('moves $after ms in a frame of 16 ms at $speed×', ({ speed, after }) => {
    clock.setSpeed(speed)
    clock.play()
    frames.pass(16)
    expect(clock.positionMs()).toBe(after)
  })
  test('stops at its end and asks for no more frames', () => {
    clock.play()
    for (let i = 0; i < 20; i++) frames.pass(90)
    expect([clock.positionMs(), clock.isPlaying()]).toEqual([1000, false])
    const { asked } = frames
    frames.pass(16)
    expect(frames.asked).toBe(asked)
  })
  test('begins anew from its end', () => {
    clock.seek(1000)
    clock.play()
    frames.pass(16)
    expect(clock.positionMs()).toBe(16)
  })
  test('goes on from where it stood after the page was hidden', () => {
    clock.play()
    frames.pass(60_000)
    expect(clock.positionMs()).toBe(100)
  })
})

describe('a clock that stands', () => {
  test('asks for no frame', () => {
    clock.seek(300)
    clock.pause()
    expect(frames.asked).toBe(0)
  })
  test.each([
    { to: -5, stands: 0 },
    { to: 400, stands: 400 },
    { to: 5000, stands: 1000 },
  ])('seeks to $stands for $to and says so once', ({ to, stands }) => {
    const listener = vi.fn<(positionMs: number) => void>()
    const stop = clock.subscribe(listener)
    clock.seek(to)
    expect(listener.mock.calls).toEqual([[stands]])
    stop()
    clock.seek(1)
    expect(listener).toHaveBeenCalledTimes(1)
  })
  test('does not play an empty schedule', () => {
    clock.load(0)
    clock.play()
    expect(clock.isPlaying()).toBe(false)
  })
})
