/**
 * The one moving number of the page. It lives outside React: whoever draws each frame subscribes; the store hears only of a new step.
 * Position is in milliseconds of the {@link Schedule}, from 0 to `totalMs`.
 */
export interface PlaybackClock {
  positionMs(): number
  isPlaying(): boolean
  /** Starts at 0 with a new length. */
  load(totalMs: number): void
  play(): void
  pause(): void
  seek(positionMs: number): void
  /** 0.25 … 4. */
  setSpeed(speed: number): void
  /** Called each frame while playing and once after each change while not. Gives back the way to stop it. */
  subscribe(frame: (positionMs: number) => void): () => void
}
