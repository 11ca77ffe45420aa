/** `npm run bench`: prints the simulator's times and how the first journey plays in a browser. It judges nothing: no test asserts a time. */
import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { builtScript } from './bench-build.ts'
import { playbackNumbers, type Spread } from './bench-playback.ts'

const SERVICES = 10_000

execFileSync(process.execPath, [await builtScript('bench-simulation')], { stdio: 'inherit' })
const heap = ['--expose-gc', await builtScript('bench-heap'), String(SERVICES)]
const heapMb = Number(execFileSync(process.execPath, heap, { encoding: 'utf8' })) / 2 ** 20
console.log(
  `${heapMb.toFixed(1).padStart(9)} MB of heap kept by the rules of ${SERVICES.toLocaleString('en')} Services × 5 endpoints`,
)

if (!existsSync('dist/index.html')) console.log('\nNo dist/: run npm run build for the browser’s part.')
else {
  const play = await playbackNumbers()
  console.log(
    `\nThe first journey in Chromium, 1440 × 900, headless: ${play.steps} steps in ${play.seconds.toFixed(1)} s`,
  )
  console.log(
    `${figures(play.frame)}  from frame to frame: ${play.framesPerSecond.toFixed(1)} frames a second`,
  )
  console.log(`${figures(play.script)}  the page’s own code in a frame`)
  console.log(`${play.reactCommits} React commits while playing, for ${play.steps} steps`)
  console.log(
    `${play.pausedFrames} frames and ${play.pausedCommits} React commits in a second of a paused page`,
  )
}

function figures({ p50, p95, worst }: Spread): string {
  return `p50 ${p50.toFixed(1)} ms, p95 ${p95.toFixed(1)} ms, worst ${worst.toFixed(1)} ms`
}
