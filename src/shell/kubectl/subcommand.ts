/** What a subcommand of kubectl is, and how its arguments are read (spf13/pflag's words for what is wrong). */
import type { Cluster } from '../../sim/cluster/cluster.ts'
import { err, finish, type Invocation, type Outcome } from '../program.ts'
import { lastValue, readOptions, type GivenOption, type ReadOptions } from '../read-options.ts'

/** A subcommand's call, its arguments read. */
export interface KubectlCall {
  readonly call: Invocation
  readonly cluster: Cluster
  readonly options: readonly GivenOption[]
  readonly operands: readonly string[]
  /** What stood behind `--`. */
  readonly afterDashes: readonly string[]
  readonly dashes: boolean
  /** `-n`, else `default`. */
  readonly namespace: string
}

/** Its own options beside the global ones, and what it does. */
export interface Subcommand {
  readonly flags: readonly string[]
  readonly values: readonly string[]
  readonly run: (call: KubectlCall) => Outcome
}

/** Options that every subcommand has; those of contexts and users change nothing here. */
const globalFlags = ['insecure-skip-tls-verify', 'warnings-as-errors']
const globalValues = ['n', 'namespace', 'context', 'kubeconfig', 'v', 'request-timeout']

/** Reads the arguments and runs; a usage error is exit code 1, in kubectl's words. */
export function runSubcommand(
  name: string,
  subcommand: Subcommand,
  call: Invocation,
  args: readonly string[],
): Outcome {
  const read = readOptions(args, {
    flags: [...subcommand.flags, ...globalFlags],
    values: [...subcommand.values, ...globalValues],
  })
  if (!read.ok) return finish(1, err(`error: ${problemOf(read)}\nSee 'kubectl ${name} --help' for usage.\n`))
  return subcommand.run({
    call,
    cluster: call.lab.cluster,
    options: read.options,
    operands: read.operands,
    afterDashes: read.afterDashes,
    dashes: read.dashes,
    namespace: lastValue(read.options, 'n', 'namespace') ?? 'default',
  })
}

/** Where the subcommand's name stands among the arguments: behind global options and their values. -1: nowhere. */
export function findSubcommand(args: readonly string[]): number {
  for (let index = 0; index < args.length; index++) {
    const arg = args[index] ?? ''
    if (!arg.startsWith('-')) return index
    const takesNext = globalValues.includes(arg.replace(/^-+/, '')) && !arg.includes('=')
    if (takesNext) index++
  }
  return -1
}

/** An option's name as it is typed: `-w`, `--watch`. */
export function dashed(name: string): string {
  return name.length === 1 ? `-${name}` : `--${name}`
}

/** A failure in kubectl's own words, exit code 1. */
export function fail(message: string): Outcome {
  return finish(1, err(`${message}\n`))
}

function problemOf(read: Extract<ReadOptions, { ok: false }>): string {
  const isLong = read.option.startsWith('--')
  const letter = read.option.replace(/^-+/, '').charAt(0)
  if (read.problem === 'needs-value') {
    return isLong
      ? `flag needs an argument: ${read.option}`
      : `flag needs an argument: '${letter}' in -${letter}`
  }
  return isLong
    ? `unknown flag: ${read.option.split('=')[0] ?? ''}`
    : `unknown shorthand flag: '${letter}' in -${letter}`
}
