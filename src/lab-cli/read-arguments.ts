/** The command line of `npm run lab`: files, vantages and commands, in the order given. */

import type { Fault } from '../sim/trace/request.ts'

/** What was asked for. `at` of a command is the last `--at` before it. */
export interface LabArguments {
  readonly files: readonly string[]
  readonly scenario: string
  readonly seed?: number
  readonly faults: readonly Fault[]
  readonly json: boolean
  readonly commands: readonly { readonly at: string; readonly line: string }[]
  /** The vantage of what comes over standard input, where no `-c` was given. */
  readonly at: string
}

export type ReadArguments =
  | { readonly kind: 'run'; readonly args: LabArguments }
  /** `service`: `namespace/name`, or a name of the namespace default; absent: those of the files. */
  | { readonly kind: 'sources'; readonly args: LabArguments; readonly service?: string }
  | { readonly kind: 'help' }
  | { readonly kind: 'problem'; readonly message: string }

/** How it is called. */
export const usage = `usage: npm run --silent lab -- [-f FILE|DIR]... [--scenario NAME] [--at VANTAGE] [--seed N] [--fault conntrack-race] [--json] [-c COMMAND]...
       npm run --silent lab -- sources -f FILE|DIR... [--service NAMESPACE/NAME] [--scenario NAME] [--seed N] [--json]
`

const commandOptions = ['-f', '--scenario', '--at', '--seed', '--fault', '-c']
const sourcesOptions = ['-f', '--scenario', '--seed', '--service']

/** Reads the arguments. An option that is not known, or has no value, is a problem. */
export function readArguments(argv: readonly string[]): ReadArguments {
  const [first, ...rest] = argv
  if (first === 'check')
    return { kind: 'problem', message: 'check: findings are not there yet; a later release brings them' }
  return first === 'sources' ? readOptions(rest, sourcesOptions) : readOptions(argv, commandOptions)
}

function readOptions(argv: readonly string[], known: readonly string[]): ReadArguments {
  let args: LabArguments = {
    files: [],
    scenario: 'chapter-9',
    faults: [],
    json: false,
    commands: [],
    at: 'host01',
  }
  let service: string | undefined
  for (let index = 0; index < argv.length; index++) {
    const { name, inline } = splitOption(argv[index] ?? '')
    if (name === '--json') args = { ...args, json: true }
    else if (name === '-h' || name === '--help') return { kind: 'help' }
    else if (known.includes(name)) {
      const value = inline ?? argv[++index]
      if (value === undefined) return { kind: 'problem', message: `${name} needs a value` }
      if (name === '--service') {
        service = value
        continue
      }
      const next = withOption(args, name, value)
      if (typeof next === 'string') return { kind: 'problem', message: next }
      args = next
    } else return { kind: 'problem', message: `unknown argument ${argv[index] ?? ''}` }
  }
  if (known === commandOptions) return { kind: 'run', args }
  return { kind: 'sources', args, ...(service !== undefined && { service }) }
}

function splitOption(arg: string): { readonly name: string; readonly inline?: string } {
  const equals = arg.indexOf('=')
  return arg.startsWith('--') && equals > 0
    ? { name: arg.slice(0, equals), inline: arg.slice(equals + 1) }
    : { name: arg }
}

/** The arguments with one more option; a text says what is wrong with its value. */
function withOption(args: LabArguments, name: string, value: string): LabArguments | string {
  switch (name) {
    case '-f':
      return { ...args, files: [...args.files, value] }
    case '--scenario':
      return { ...args, scenario: value }
    case '--at':
      return { ...args, at: value }
    case '--seed':
      return /^\d{1,15}$/.test(value)
        ? { ...args, seed: Number(value) }
        : `--seed needs a whole number, not ${value}`
    case '--fault':
      return value === 'conntrack-race'
        ? { ...args, faults: [value] }
        : `--fault knows conntrack-race, not ${value}`
    default:
      return { ...args, commands: [...args.commands, { at: args.at, line: value }] }
  }
}
