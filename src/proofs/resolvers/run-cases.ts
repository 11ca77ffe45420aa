/** Runs cases on several lanes side by side, and compares each command line's real run with the simulated one. */
import type { Check } from '../kernel/proof.ts'
import { differenceOf } from './compare-run.ts'
import type { ResolverCase } from './fixed-cases.ts'
import type { Lane, ServerPlace } from './lane.ts'
import type { ProgramName, Programs } from './programs.ts'
import { simulateProgram } from './simulated-program.ts'
import { isOldMusl, versionNotes } from './version-notes.ts'

/** What came of one command line; `leftOut`: its program is not there, or a version note makes it incomparable. */
export interface Proven extends Check {
  readonly program: ProgramName
  /** As the program found it. */
  readonly resolvConf: string
  readonly leftOut?: boolean
}

/**
 * Every command line of the cases, in their order. One that differs is run once more when all others are done: among many a program may wait
 * longer than its second for an answer, and ask again, while the simulator says the same each time.
 * @param lanes at least one
 */
export async function runCases(
  cases: readonly ResolverCase[],
  lanes: readonly [Lane, ...Lane[]],
  programs: Programs,
): Promise<{ readonly proven: readonly Proven[]; readonly runTwice: number }> {
  const jobs = cases.flatMap((each) => each.commands.map((line) => ({ each, line })))
  const proven: Proven[] = []
  let next = 0
  const work = async (lane: Lane) => {
    for (let at = next++; at < jobs.length; at = next++) {
      const job = jobs[at]
      if (job !== undefined) proven[at] = await runLine(lane, programs, job.each, job.line)
    }
  }
  await Promise.all(lanes.map(work))
  let runTwice = 0
  for (const [at, { each, line }] of jobs.entries()) {
    if (proven[at]?.difference === undefined) continue
    runTwice++
    proven[at] = await runLine(lanes[0], programs, each, line)
  }
  return { proven, runTwice }
}

async function runLine(
  lane: Lane,
  programs: Programs,
  { title, served, resolvConf, hosts = '127.0.0.1 localhost\n' }: ResolverCase,
  line: string,
): Promise<Proven> {
  const argv = placed(line, lane).split(' ')
  const files = { resolvConf: placed(resolvConf, lane), hosts }
  const program = argv[0] as ProgramName
  const what = `${title}: ${line}`
  const path = programs.paths.get(program)
  const notes = versionNotes(programs).filter((note) => note.program === program)
  if (path === undefined || notes.some(({ leavesOut }) => leavesOut?.(files, argv) === true))
    return { program, what, resolvConf: files.resolvConf, leftOut: true }
  const answering = served(lane)
  lane.server.answerBy(answering)
  lane.server.takeHeard()
  const startedAt = performance.now()
  const printed = await lane.run([path, ...argv.slice(1)], files)
  const tookMs = performance.now() - startedAt
  const heard = lane.server.takeHeard()
  const { closed } = lane.addresses
  const simulated = notes.reduce(
    (run, { adapt }) => adapt?.(run, files) ?? run,
    simulateProgram(argv, { files, heard, answering, closed, usesTruncated: isOldMusl(programs) }),
  )
  const difference = differenceOf({ heard, printed, tookMs }, simulated, closed)
  return { program, what, resolvConf: files.resolvConf, ...(difference === undefined ? {} : { difference }) }
}

/** The text with the lane's addresses in place of `{first}` and so on. */
function placed(text: string, { addresses }: Lane): string {
  return text.replace(/\{(\w+)\}/g, (_, place: ServerPlace) => addresses[place])
}
