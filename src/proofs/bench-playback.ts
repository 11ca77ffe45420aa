/**
 * How the first journey plays in a browser. Nothing is built into the page for it: the page's frames are counted at
 * `requestAnimationFrame`, React's commits at the hook that React's developer tools use, which a production build calls as well.
 */
import { chromium, type Browser, type Page } from '@playwright/test'
import { preview } from 'vite'
import { systemBrowser } from './browser.mjs'

export interface Playback {
  readonly seconds: number
  readonly steps: number
  /** From frame to frame, milliseconds. */
  readonly frame: Spread
  /** What the page's own code takes of a frame, milliseconds. */
  readonly script: Spread
  readonly framesPerSecond: number
  readonly reactCommits: number
  /** In one second of a paused page. */
  readonly pausedFrames: number
  readonly pausedCommits: number
}

export interface Spread {
  readonly p50: number
  readonly p95: number
  readonly worst: number
}

/** What the page's side counts; it stands on `window` before the page's own code runs. */
interface Counts {
  /** When each frame was asked to be drawn, and how long the page took for it. */
  frames: { readonly at: number; readonly took: number }[]
  commits: number
}

declare global {
  interface Window {
    bench: Counts
  }
}

/** Plays it once from beginning to end. Needs a built `dist/`. */
export async function playbackNumbers(): Promise<Playback> {
  const server = await preview({ preview: { port: 4319, strictPort: false }, logLevel: 'warn' })
  const browser = await openBrowser()
  try {
    return await measure(await browser.newPage(), server.resolvedUrls?.local[0] ?? '')
  } finally {
    await browser.close()
    await server.close()
  }
}

function openBrowser(): Promise<Browser> {
  const executablePath = systemBrowser()
  return chromium.launch({
    args: ['--no-sandbox', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
    ...(executablePath === undefined ? {} : { executablePath }),
  })
}

async function measure(page: Page, url: string): Promise<Playback> {
  await page.setViewportSize({ width: 1440, height: 900 })
  // tsx gives each function its name by a helper, which the page has to have then.
  await page.addInitScript('globalThis.__name = (named) => named')
  await page.addInitScript(countFramesAndCommits)
  await page.goto(url)
  await page.getByRole('button', { name: 'Send', exact: true }).click()
  const pause = page.getByRole('button', { name: 'Pause', exact: true })
  await pause.waitFor()
  await page.evaluate(startAnew)
  const played = page.getByRole('button', { name: 'Play', exact: true })
  await played.waitFor({ timeout: 120_000 })
  const { frames, commits } = await page.evaluate(() => window.bench)
  const steps = await page.getByRole('list', { name: 'Steps' }).getByRole('button').count()
  // What the last step still sets in motion ends; then a second of rest.
  await page.waitForTimeout(500)
  await page.evaluate(startAnew)
  await page.waitForTimeout(1000)
  const paused = await page.evaluate(() => window.bench)

  const seconds = ((frames.at(-1)?.at ?? 0) - (frames[0]?.at ?? 0)) / 1000
  const gaps = frames.slice(1).map(({ at }, index) => at - (frames[index]?.at ?? at))
  return {
    seconds,
    steps,
    frame: spread(gaps),
    script: spread(frames.map(({ took }) => took)),
    framesPerSecond: gaps.length / seconds,
    reactCommits: commits,
    pausedFrames: paused.frames.length,
    pausedCommits: paused.commits,
  }
}

function spread(values: readonly number[]): Spread {
  const sorted = values.toSorted((a, b) => a - b)
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0
  return { p50: at(0.5), p95: at(0.95), worst: at(1) }
}

/** Runs in the page. Several callbacks of one frame count as one frame. */
function countFramesAndCommits(): void {
  window.bench = { frames: [], commits: 0 }
  const ask = window.requestAnimationFrame.bind(window)
  window.requestAnimationFrame = (draw) =>
    ask((at) => {
      const start = performance.now()
      draw(at)
      const took = performance.now() - start
      const { frames } = window.bench
      const last = frames.at(-1)
      if (last?.at === at) frames[frames.length - 1] = { at, took: last.took + took }
      else frames.push({ at, took })
    })
  Object.assign(window, {
    __REACT_DEVTOOLS_GLOBAL_HOOK__: {
      supportsFiber: true,
      inject: () => 1,
      checkDCE: () => undefined,
      onCommitFiberRoot: () => {
        window.bench.commits += 1
      },
      onCommitFiberUnmount: () => undefined,
      onPostCommitFiberRoot: () => undefined,
    },
  })
}

/** Runs in the page. */
function startAnew(): void {
  window.bench.frames = []
  window.bench.commits = 0
}
