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

/** Every command line of the cases, in their order. */
export async function runCases(
  cases: readonly ResolverCase[],
  lanes: readonly Lane[],
  programs: Programs,
): Promise<readonly Proven[]> {
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
  return proven
}

/**
 * Those with a difference once more, one at a time: among many a program may wait longer than its second for an answer, and ask again. The
 * simulator says the same each time.
 */
export async function runAgain(
  cases: readonly ResolverCase[],
  proven: readonly Proven[],
  lane: Lane,
  programs: Programs,
): Promise<readonly Proven[]> {
  const jobs = cases.flatMap((each) => each.commands.map((line) => ({ each, line })))
  const again: Proven[] = []
  for (const [at, before] of proven.entries()) {
    const job = jobs[at]
    again.push(
      before.difference === undefined || job === undefined
        ? before
        : await runLine(lane, programs, job.each, job.line),
    )
  }
  return again
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
  const printed = await lane.run([path, ...argv.slice(1)], files)
  const heard = lane.server.takeHeard()
  const { closed } = lane.addresses
  const simulated = notes.reduce(
    (run, { adapt }) => adapt?.(run, files) ?? run,
    simulateProgram(argv, { files, heard, answering, closed, usesTruncated: isOldMusl(programs) }),
  )
  const difference = differenceOf({ heard, printed }, simulated, closed)
  return { program, what, resolvConf: files.resolvConf, ...(difference === undefined ? {} : { difference }) }
}

/** The text with the lane's addresses in place of `{first}` and so on. */
function placed(text: string, { addresses }: Lane): string {
  return text.replace(/\{(\w+)\}/g, (_, place: ServerPlace) => addresses[place])
}
