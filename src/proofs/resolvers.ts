/**
 * `npm run test:resolvers [-- --seed N] [--count N] [--only WORDS] [--quick] [--report FILE]`: the real programs that look names up ask our
 * simulated CoreDNS on real sockets; what they send and what they print is compared with what the simulator says. Linux and root; the
 * programs run in namespaces of their own, and reach nothing else.
 */
import { writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { isAlone, runAlone } from './alone.ts'
import { has } from './kernel/commands.ts'
import { fixedCases } from './resolvers/fixed-cases.ts'
import { openLane, openNetwork } from './resolvers/lane.ts'
import { debianPackages } from './resolvers/packages.mjs'
import { findPrograms, type Programs } from './resolvers/programs.ts'
import { randomCase } from './resolvers/random-cases.ts'
import { countedByProgram, type ResolversReport } from './resolvers/report.ts'
import { runCases, type Proven } from './resolvers/run-cases.ts'
import { versionNotes } from './resolvers/version-notes.ts'

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    count: { type: 'string', default: '20' },
    // The cases whose title has these words; `random`: those of the seeds alone.
    only: { type: 'string' },
    // Without the cases in which a server is silent.
    quick: { type: 'boolean', default: false },
    report: { type: 'string' },
  },
})

/** Every system has it, and nobody else sees what this proof puts over it. */
const FOLDER = '/mnt'

/** The lanes beside the first, on which programs run side by side: most of the time they wait. */
const others = Array.from({ length: 11 }, (_, index) => index + 2)

const missing = whatIsMissing()
if (missing !== undefined) {
  console.log(`The proof of the resolvers was not run: ${missing}`)
  process.exit(0)
}
if (!isAlone())
  process.exit(
    await runAlone({
      name: 'the resolvers',
      namespaces: ['--net', '--mount', '--uts'],
      // The host's own domain is a search domain to glibc: a Pod has none. Files stand where they go with the proof.
      before: `hostname pod && mount -t tmpfs podpath ${FOLDER}`,
      limitMs: 180_000 + 5000 * Number(values.count),
    }),
  )
const programs = findPrograms(FOLDER)
const proven = await prove(programs)
printNotes(programs)
const compared = proven.filter(({ leftOut }) => leftOut !== true)
const failed = compared.filter(({ difference }) => difference !== undefined).length
if (values.report !== undefined) writeFileSync(values.report, `${JSON.stringify(report(), undefined, 2)}\n`)
console.log(`${compared.length - failed} passed, ${failed} failed`)
process.exit(failed === 0 && compared.length > 0 ? 0 : 1)

async function prove(there: Programs): Promise<readonly Proven[]> {
  await openNetwork()
  const lanes = await Promise.all([openLane(1, FOLDER), ...others.map((number) => openLane(number, FOLDER))])
  const { only, quick } = values
  const fixed = fixedCases()
    .filter(({ waits = false }) => !(quick && waits))
    .filter(({ title }) => only === undefined || title.includes(only))
  const seeds = only === undefined || only === 'random' ? Number(values.count) : 0
  const random = Array.from({ length: seeds }, (_, index) => randomCase(Number(values.seed) + index))
  const { proven: done, runTwice } = await runCases([...fixed, ...random], lanes, there)
  if (runTwice > 0) console.log(`${runTwice} command lines were run twice.`)
  for (const { what, resolvConf, difference } of done)
    if (difference !== undefined) console.log(`✕ ${what}\n  ${difference}\n    with\n${indented(resolvConf)}`)
  for (const lane of lanes) lane.close()
  return done
}

function indented(text: string): string {
  return text.trimEnd().replace(/^/gm, '      ')
}

/** Which programs were compared, what was not, and where an older version is known to do otherwise. */
function printNotes(there: Programs): void {
  console.log(`With ${there.versions.join(', ')}.`)
  for (const { says } of versionNotes(there)) console.log(`Known: ${says}.`)
  const leftOut = proven.filter((each) => each.leftOut === true).length
  if (leftOut > 0) console.log(`${leftOut} left out.`)
  if (there.absent.length > 0)
    console.log(`Not there: ${there.absent.join(', ')}. apt-get install -y ${debianPackages.join(' ')}`)
}

function report(): ResolversReport {
  return { versions: programs.versions, seeds: Number(values.count), programs: countedByProgram(compared) }
}

function whatIsMissing(): string | undefined {
  if (process.platform !== 'linux') return 'it needs Linux.'
  if (process.getuid?.() !== 0) return 'it needs root.'
  const absent = ['ip', 'unshare', 'nsenter', 'setpriv', 'dig'].filter((command) => !has(command))
  if (absent.length === 0) return undefined
  return `${absent.join(', ')} missing. apt-get install -y ${debianPackages.join(' ')}`
}
