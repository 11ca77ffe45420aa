/** `npm run --silent lab`: the lab in Node. Exit status: the last command's; 2 where the call or an input could not be read. */
import { createInterface } from 'node:readline'
import { scenarios } from '../scenarios/scenarios.ts'
import { openLab } from './open-lab.ts'
import type { Lab } from '../sim/lab.ts'
import { printDiagnostic } from './print-diagnostic.ts'
import { printSources } from './print-sources.ts'
import { readArguments, usage, type LabArguments } from './read-arguments.ts'
import { readInput } from './read-inputs.ts'
import { notBegun, runCommand, type Printer } from './run-commands.ts'

const print: Printer = {
  stdout: (text) => void process.stdout.write(text),
  stderr: (text) => void process.stderr.write(text),
}

// A reader that has enough (`| head`) closes the pipe; that is no failure of ours.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0)
  throw error
})
process.exitCode = await main(process.argv.slice(2))

async function main(argv: readonly string[]): Promise<number> {
  const read = readArguments(argv)
  switch (read.kind) {
    case 'help':
      print.stdout(usage)
      return 0
    case 'problem':
      print.stderr(`lab: ${read.message}\n${usage}`)
      return 2
    case 'run':
      return run(read.args, (lab, tty) => runAll(lab, read.args, tty))
    case 'sources':
      return run(read.args, (lab) => printSources(lab, read, print))
  }
}

/** Opens the lab and does the work in it; its exit status is the work's, if all input could be read. */
async function run(
  args: LabArguments,
  work: (lab: Lab, tty: boolean) => Promise<number> | number,
): Promise<number> {
  const scenario = scenarios.find((each) => each.id === args.scenario)
  if (scenario === undefined) {
    print.stderr(
      `lab: there is no scenario ${args.scenario}; there is ${scenarios.map((each) => each.id).join(', ')}\n`,
    )
    return 2
  }
  const inputs = args.files.flatMap(readInput)
  const files = inputs.flatMap((input) => (input.kind === 'file' ? [input.file] : []))
  const unread = inputs.flatMap((input) => (input.kind === 'problem' ? [input] : []))
  for (const { name, message } of unread) print.stderr(`${name}:1:1: error: ${message}\n`)
  const { lab, diagnostics } = openLab(scenario, files, args.seed)
  for (const diagnostic of diagnostics) print.stderr(printDiagnostic(diagnostic))
  const exitCode = await work(lab, process.stdout.isTTY && process.stderr.isTTY)
  const failed = unread.length > 0 || diagnostics.some((diagnostic) => diagnostic.severity === 'error')
  return failed ? 2 : exitCode
}

async function runAll(lab: Lab, { json, faults, commands, at }: LabArguments, tty: boolean): Promise<number> {
  let ended = notBegun
  for await (const command of commands.length > 0 ? commands : linesOfInput(at))
    ended = runCommand(lab, ended, command, { json, faults, tty }, print)
  return ended.exitCode
}

/** Commands typed or piped, a line each. */
async function* linesOfInput(at: string) {
  const lines = createInterface({ input: process.stdin, terminal: false })
  for await (const line of lines) if (line.trim() !== '') yield { at, line }
}
