/**
 * What the programs of this machine do otherwise than those that the simulator models, and why: it models what an Alpine image has now
 * (musl 1.2.6, BusyBox 1.37 on musl), a machine may have older ones, or have them built otherwise.
 */
import { ladderOf } from '../../sim/dns/ladder.ts'
import { parseResolvConf } from '../../sim/dns/resolv-conf.ts'
import type { LaneFiles } from './lane.ts'
import type { ProgramName, Programs } from './programs.ts'
import type { SimulatedRun } from './simulated-program.ts'

/** One difference that is known. */
export interface VersionNote {
  readonly program: ProgramName
  /** For a person: which version, what it does, since when it does otherwise. */
  readonly says: string
  readonly isHere: (programs: Programs) => boolean
  /** A run that the note makes incomparable is left out. */
  readonly leavesOut?: (files: LaneFiles, argv: readonly string[]) => boolean
  /** The simulated run as this version has it. */
  readonly adapt?: (run: SimulatedRun, files: LaneFiles) => SimulatedRun
}

/** The first musl that asks over TCP, tells NODATA from NXDOMAIN, and skips a name that cannot be encoded. */
export function isOldMusl({ musl = [] }: Programs): boolean {
  const [major = 0, minor = 0, patch = 0] = musl
  return major * 1e6 + minor * 1e3 + patch < 1_002_004
}

/** The notes that hold on this machine. */
export function versionNotes(programs: Programs): readonly VersionNote[] {
  return notes.filter(({ program, isHere }) => programs.paths.has(program) && isHere(programs))
}

const notes: readonly VersionNote[] = [
  {
    program: 'ask-musl',
    says: 'musl before 1.2.4 uses a truncated answer as it came, without TCP',
    isHere: isOldMusl,
  },
  {
    program: 'ask-musl',
    says: 'musl before 1.2.4 calls NODATA what it calls NXDOMAIN: EAI_NONAME in place of EAI_NODATA',
    isHere: isOldMusl,
    adapt: (run) => {
      const stdout = run.printed.stdout.replace(
        'error -5: Name has no usable address',
        'error -2: Name does not resolve',
      )
      return { ...run, printed: { ...run.printed, stdout } }
    },
  },
  {
    program: 'ask-musl',
    says: 'musl before 1.2.4 ends the lookup at a search domain with which the name cannot be encoded, later ones skip it: left out',
    isHere: isOldMusl,
    leavesOut: ({ resolvConf }, [, name = '']) =>
      ladderOf(name, parseResolvConf(resolvConf, 'musl'), 'musl').some(({ reason }) =>
        ['root-skipped', 'too-long'].includes(reason.kind),
      ),
  },
  {
    program: 'busybox',
    says: 'BusyBox built on glibc, as Debian’s is, sets AD in its nslookup’s questions only with trust-ad; on musl it does always',
    isHere: ({ busyboxLibrary }) => busyboxLibrary === 'glibc',
    adapt: (run, { resolvConf }) => ({
      ...run,
      batches: run.batches.map((batch) =>
        batch.map(({ query, ...sent }) => ({
          ...sent,
          query: { ...query, flags: { ...query.flags, ad: resolvConf.includes('trust-ad') } },
        })),
      ),
    }),
  },
]
