/** Runs golden cases of the terminal: a state, commands, and what the real tools printed of it. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { exec } from '../../shell/exec.ts'
import { machineAt } from '../../shell/machine.ts'
import { newSession, type ShellSession } from '../../shell/session.ts'
import type { Lab } from '../../sim/lab.ts'
import { parseFile } from '../../sim/manifest/parse-file.ts'
import type { Patterns, TerminalCase, TerminalRun, TerminalScene } from './terminal-golden.ts'
import { openTerminalLab, type TerminalFolder } from './terminal-lab.ts'
import { fillCommand, matchText, type Bindings } from './terminal-placeholders.ts'

/** A command whose text or exit code differs. */
export interface TerminalFailure {
  readonly name: string
  readonly expected: string
  readonly got: string
}

export interface TerminalReport {
  readonly passed: number
  readonly failures: readonly TerminalFailure[]
}

/**
 * Runs every case of a folder that has `patterns.json` and `scene.json`; `only` names cases to run. A command counts as one. Cases that
 * need a paste, a log or a Ctrl-C are left out: the terminal has none of these yet.
 */
export async function runTerminalCases(
  folder: string,
  only: readonly string[] = [],
): Promise<TerminalReport> {
  const patterns = readJson(join(folder, 'patterns.json')) as Patterns
  const scene = readJson(join(folder, 'scene.json')) as TerminalScene
  const cases = readdirSync(folder)
    .filter((file) => file.endsWith('.yaml'))
    .toSorted()
    .map((file) => parse(readFileSync(join(folder, file), 'utf8')) as TerminalCase)
    .filter((golden) => only.length === 0 || only.includes(golden.name))
  const reports = cases.filter(isRunnable).map((golden) => runCase(golden, { path: folder, scene }, patterns))
  return {
    passed: reports.reduce((sum, report) => sum + report.passed, 0),
    failures: reports.flatMap((report) => report.failures),
  }
}

function readJson(path: string): unknown {
  return JSON.parse(readFileSync(path, 'utf8'))
}

function isRunnable(golden: TerminalCase): boolean {
  return golden.given.pastes === undefined && golden.given.logs === undefined
}

function runCase(golden: TerminalCase, folder: TerminalFolder, patterns: Patterns): TerminalReport {
  const lab = openTerminalLab(golden, folder)
  const isTied = golden.name === 'chapter-9'
  let session = newSession
  let values: Bindings = {}
  let passed = 0
  const failures: TerminalFailure[] = []
  for (const { at, command } of golden.given.commands ?? []) {
    session = type(lab, session, { at, command }, 'curl, BIND dig').session
  }
  for (const [index, run] of golden.runs.entries()) {
    if (run.during !== undefined) continue
    const command = fillCommand(run.command, values)
    const got = type(lab, session, { ...run, command }, `${golden.program} ${run.words ?? ''}`)
    session = got.session
    const compared = compare(golden, run, got, patterns, isTied ? values : {})
    if (compared !== undefined) {
      passed++
      values = { ...values, ...compared, ...(isTied && firstOnes(values, compared)) }
    } else {
      failures.push({
        name: `${golden.name} ${run.id ?? index + 1}: ${command}`,
        expected: show(run.stdout, run.stderr ?? '', run.exitCode),
        got: show(got.stdout, got.stderr, got.exitCode),
      })
    }
  }
  return { passed, failures }
}

/** Values that are tied keep what they were first. */
function firstOnes(before: Bindings, found: Bindings): Bindings {
  const names = ['clusterip', 'nodeport', 'hash'].filter((name) => name in before && name in found)
  return Object.fromEntries(names.map((name) => [name, before[name] ?? '']))
}

/** Types a command at its machine; a case without that machine is typed at the laptop. `program` says whose program answers. */
function type(
  lab: Lab,
  session: ShellSession,
  run: Pick<TerminalRun, 'at' | 'command' | 'stdin'>,
  program: string,
) {
  const machine = machineAt(lab.cluster, session, run.at)
  const at = machine === undefined ? 'laptop' : run.at
  const packages = machine?.kind === 'pod' && !program.includes('BusyBox') ? packagesOf(program) : []
  const equipped =
    machine === undefined || packages.length === 0
      ? session
      : { ...session, packages: { ...session.packages, [machine.key]: packages } }
  return exec(lab, run.command, {
    at,
    session: equipped,
    parseFile,
    ...(run.stdin !== undefined && { stdin: run.stdin }),
  })
}

/** Which packages bring the program that a case speaks of into any image. */
function packagesOf(program: string): readonly string[] {
  const known: readonly (readonly [word: string, name: string])[] = [
    ['curl', 'curl'],
    ['GNU Wget', 'wget'],
    ['BIND', 'bind-tools'],
    ['iputils', 'iputils'],
  ]
  return known.filter(([word]) => program.includes(word)).map(([, name]) => name)
}

function compare(
  golden: TerminalCase,
  run: TerminalRun,
  got: { readonly stdout: string; readonly stderr: string; readonly exitCode: number },
  patterns: Patterns,
  bound: Bindings,
): Bindings | undefined {
  const tidy = (text: string) =>
    golden.basis === 'docs' ? text.replace(/ +/g, ' ').replace(/ $/gm, '') : text
  // A case may say so of its placeholders: they stand in columns of a width, filled up with blanks.
  const column = Number(/stands in a column of (\d+)/.exec(golden.note ?? '')?.[1] ?? 0)
  // Counts of bytes come where the output is no terminal; a case may say that it leaves them out.
  const leavesOut = golden.note?.startsWith('Lines that begin "{ [" or "} ["') === true
  const said = leavesOut ? got.stderr.replace(/^[{}] \[.*\n/gm, '') : got.stderr
  const stderr = matchText(tidy(run.stderr ?? ''), tidy(said), patterns, bound)
  const accepted = [{ stdout: run.stdout, exitCode: run.exitCode }, ...(run.variants ?? [])]
  for (const { stdout, exitCode } of accepted) {
    const matched = matchText(tidy(stdout), tidy(got.stdout), patterns, bound, column)
    if (matched.matches && stderr.matches && got.exitCode === exitCode)
      return { ...stderr.found, ...matched.found }
  }
  return undefined
}

function show(stdout: string, stderr: string, exitCode: number): string {
  return `${stdout}--- stderr\n${stderr}--- exit ${exitCode}\n`
}
