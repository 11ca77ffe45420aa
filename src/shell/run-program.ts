/** Finds the program that a name means on a machine, and calls it. */
import { builtins } from './builtins.ts'
import { isDirectory, absolutePath, readText } from './files.ts'
import { machineAt, type Machine } from './machine.ts'
import { err, type Invocation, type Outcome, type Target } from './program.ts'
import { programs } from './program-table.ts'
import type { ProgramId } from './program-id.ts'
import type { Ran, Shell } from './shell.ts'

/** Where a machine keeps its programs: a path into one of them is the program's bare name. */
const programDirectories = ['/bin', '/sbin', '/usr/bin', '/usr/sbin', '/usr/local/bin']

/** The shell itself, for programs that start one. A parameter, because the shell also starts programs. */
type RunLine = (line: string, shell: Shell) => Ran

/** Runs a command of a shell: a builtin, a program, or the message that there is none. `argv` is not empty. */
export function runProgram(argv: readonly string[], shell: Shell, runLine: RunLine): Ran {
  const [name = '', ...args] = argv
  const call = invocation(args, shell, runLine)
  if (Object.hasOwn(builtins, name)) return ranOf(builtins[name]?.(call), call)
  const id = findProgram(shell.machine, name)
  if (id === 'not-simulated') return ranOf(notSimulated(name), call)
  if (id !== undefined) return ranOf(programs[id](call), call)
  return ranOf(notFound(name, shell), call)
}

/** The program of a name or a path; `undefined`: the machine has none. */
function findProgram(machine: Machine, name: string): ProgramId | undefined {
  const slash = name.lastIndexOf('/')
  const bare = programDirectories.includes(name.slice(0, Math.max(slash, 0))) ? name.slice(slash + 1) : name
  return Object.hasOwn(machine.tools, bare) ? machine.tools[bare] : undefined
}

function invocation(args: readonly string[], shell: Shell, runLine: RunLine): Invocation {
  const { at, machine, lab, session, tty, parseFile, faults, stdin } = shell
  return {
    args,
    at,
    machine,
    lab,
    session,
    tty,
    parseFile,
    faults,
    ...(stdin !== undefined && { stdin }),
    run: (target, argv, call) => runDirectly(target, argv, shellOf(call, shell), runLine),
    runLine: (line, call) => runLine(line, shellOf(call, shell)),
  }
}

/** Runs a program without a shell around it, as `kubectl exec` does. */
function runDirectly(target: Target, argv: readonly string[], shell: Shell, runLine: RunLine): Outcome {
  const machine = machineAt(shell.lab.cluster, shell.session, target.at, target.container)
  const [name = ''] = argv
  if (machine === undefined)
    return { exitCode: 127, chunks: [err(`podpath: there is no machine ${target.at}\n`)] }
  if (machine.kind === 'pod' && !machine.imageKnown) {
    const text = `podpath: which programs image ${machine.container.image} holds is not known\n`
    return { exitCode: 126, chunks: [err(text)] }
  }
  const id = findProgram(machine, name)
  if (id === undefined) return { exitCode: 127, chunks: [], missing: true }
  const inner = { ...shell, at: target.at, machine }
  return ranOf(
    id === 'not-simulated' ? notSimulated(name) : programs[id](invocation(argv.slice(1), inner, runLine)),
    inner,
  )
}

function shellOf(call: Invocation, shell: Shell): Shell {
  const { at, machine, session, tty, stdin } = call
  const { stdin: _outer, ...rest } = shell
  return { ...rest, at, machine, session, tty, ...(stdin !== undefined && { stdin }) }
}

function ranOf(outcome: Outcome | undefined, before: Pick<Invocation, 'session'>): Ran {
  return {
    chunks: outcome?.chunks ?? [],
    exitCode: outcome?.exitCode ?? 0,
    traces: outcome?.traces ?? [],
    session: outcome?.session ?? before.session,
  }
}

function notSimulated(name: string): Outcome {
  return { exitCode: 127, chunks: [err(`podpath: ${name} is not simulated\n`)] }
}

function notFound(name: string, shell: Shell): Outcome {
  const isBash = shell.machine.shell === 'bash'
  if (name.includes('/')) {
    const path = absolutePath(shell, name)
    const isThere = readText(shell, path) !== undefined
    const problem = isDirectory(shell, path)
      ? 'Is a directory'
      : isThere
        ? 'Permission denied'
        : isBash
          ? 'No such file or directory'
          : 'not found'
    const exitCode = isThere || isDirectory(shell, path) ? 126 : 127
    return { exitCode, chunks: [err(`${isBash ? 'bash' : 'sh'}: ${name}: ${problem}\n`)] }
  }
  const text = isBash ? `bash: ${name}: command not found\n` : `sh: ${name}: not found\n`
  return { exitCode: 127, chunks: [err(text)] }
}
