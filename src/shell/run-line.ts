/** Runs a line as a shell does: lists, pipelines, loops, redirections, expansion (POSIX.1-2017, Shell Command Language §2.6–2.9). */
import type { Trace } from '../sim/trace/trace.ts'
import { applyRedirects, openRedirects } from './apply-redirects.ts'
import { expandWord, expandWords } from './expand-words.ts'
import type { Machine } from './machine.ts'
import { err, type Chunk } from './program.ts'
import { runProgram } from './run-program.ts'
import type { Ran, Shell } from './shell.ts'
import { parseLine } from './syntax/parse-line.ts'
import { printProblem } from './syntax/print-problem.ts'
import type { Command, ForLoop, List, Pipeline, SimpleCommand } from './syntax/tree.ts'

/** A line that loops too often ends here, instead of freezing the page. */
const mostCommands = 20_000

/** Runs what is typed. A line that is no program runs not at all, with exit code 2 as in bash. */
export function runLine(line: string, shell: Shell): Ran {
  const unusable = missingShell(shell.machine)
  if (unusable !== undefined) return failed(shell, 126, unusable)
  const parsed = parseLine(line)
  if (!parsed.ok) return failed(shell, 2, printProblem(parsed.problem, line, shell.machine.shell ?? 'sh'))
  return runList(parsed.value, { ...shell, budget: shell.budget ?? { left: mostCommands } })
}

/** Runs pipelines one after the other; `&&` and `||` look at the exit code of the last that ran. */
function runList(list: List, shell: Shell): Ran {
  const chunks: Chunk[] = []
  const traces: Trace[] = []
  let session = shell.session
  for (const { pipeline, when } of list.items) {
    const succeeded = session.lastExitCode === 0
    if ((when === 'success' && !succeeded) || (when === 'failure' && succeeded)) continue
    const ran = runPipeline(pipeline, { ...shell, session })
    chunks.push(...ran.chunks)
    traces.push(...ran.traces)
    session = { ...ran.session, lastExitCode: ran.exitCode }
    if (isSpent(shell)) break
  }
  return { chunks, traces, session, exitCode: session.lastExitCode }
}

function runPipeline(pipeline: Pipeline, shell: Shell): Ran {
  const chunks: Chunk[] = []
  const traces: Trace[] = []
  let session = shell.session
  let stdin = shell.stdin
  let exitCode = 0
  for (const [index, command] of pipeline.commands.entries()) {
    const isLast = index === pipeline.commands.length - 1
    const ran = runCommand(command, {
      ...shell,
      session,
      tty: shell.tty && isLast,
      ...(stdin !== undefined && { stdin }),
    })
    session = ran.session
    exitCode = ran.exitCode
    traces.push(...ran.traces)
    stdin = ran.chunks.flatMap((chunk) => (chunk.stream === 'stdout' ? [chunk.text] : [])).join('')
    chunks.push(...(isLast ? ran.chunks : ran.chunks.filter((chunk) => chunk.stream === 'stderr')))
  }
  return { chunks, traces, session, exitCode: pipeline.negated ? Number(exitCode === 0) : exitCode }
}

function runCommand(command: Command, shell: Shell): Ran {
  if (isSpent(shell)) return failed(shell, 130, '')
  if (shell.budget !== undefined) shell.budget.left--
  if (isSpent(shell)) return failed(shell, 130, `podpath: stopped after ${mostCommands} commands\n`)
  switch (command.kind) {
    case 'for':
      return runFor(command, shell)
    case 'simple':
      return runSimple(command, shell)
  }
}

function runFor(loop: ForLoop, shell: Shell): Ran {
  const items = expandWords(loop.items, shell, runList)
  const chunks: Chunk[] = [...items.chunks]
  const traces: Trace[] = [...items.traces]
  let session = items.session
  let exitCode = 0
  for (const item of items.fields) {
    const variables = { ...session.variables, [loop.variable]: item }
    const ran = runList(loop.body, { ...shell, session: { ...session, variables } })
    chunks.push(...ran.chunks)
    traces.push(...ran.traces)
    session = ran.session
    exitCode = ran.exitCode
    if (isSpent(shell)) break
  }
  return { chunks, traces, session, exitCode }
}

function runSimple(command: SimpleCommand, shell: Shell): Ran {
  const words = expandWords(command.words, shell, runList)
  let session = words.session
  for (const { name, value } of command.assignments) {
    const expanded = expandWord(value, { ...shell, session }, runList)
    session = { ...expanded.session, variables: { ...expanded.session.variables, [name]: expanded.text } }
  }
  const ready: Shell = { ...shell, session }
  const opened = openRedirects(command.redirects, ready, (word) => expandWord(word, ready, runList).text)
  if (!opened.ok) return failed(ready, 1, opened.message)
  const stdin = opened.stdin ?? shell.stdin
  const ran =
    words.fields.length === 0
      ? { chunks: [], exitCode: 0, traces: [], session }
      : runProgram(words.fields, { ...ready, ...(stdin !== undefined && { stdin }) }, runLine)
  const routed = applyRedirects(opened.routes, ran, shell.machine)
  return {
    ...routed,
    chunks: [...words.chunks, ...routed.chunks],
    traces: [...words.traces, ...routed.traces],
  }
}

function isSpent(shell: Shell): boolean {
  return shell.budget !== undefined && shell.budget.left < 0
}

function failed(shell: Shell, exitCode: number, message: string): Ran {
  const session = { ...shell.session, lastExitCode: exitCode }
  return { chunks: [err(message)], exitCode, traces: [], session }
}

/** Why nothing can be typed at a machine, or `undefined`. */
function missingShell(machine: Machine): string | undefined {
  if (machine.kind !== 'pod') return undefined
  const { ref, ip } = machine.pod
  if (ip === undefined) return `podpath: Pod ${ref.namespace}/${ref.name} does not run\n`
  if (machine.shell !== undefined) return undefined
  const { image } = machine.container
  return machine.imageKnown
    ? `podpath: image ${image} has no shell\n`
    : `podpath: which programs image ${image} holds is not known\n`
}
