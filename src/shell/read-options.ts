/**
 * Options as getopt_long reads them: clusters of letters (`-vH x`), values beside or behind (`-c3`, `-c 3`, `--x=3`, `--x 3`),
 * operands between options, and `--` to end them.
 */

/** Which options a program has. `flags` stand alone, `values` take one. Names without hyphens. */
export interface OptionTable {
  readonly flags: readonly string[]
  readonly values: readonly string[]
  /** Stop at the first operand, as `kubectl exec POD -- …` does not but `sh` does. */
  readonly stopAtOperand?: boolean
}

/** One option as given; a flag's value is `''`. */
export interface GivenOption {
  readonly name: string
  readonly value: string
}

export type ReadOptions =
  | {
      readonly ok: true
      readonly options: readonly GivenOption[]
      readonly operands: readonly string[]
      /** What stood behind `--`, also part of `operands`. */
      readonly afterDashes: readonly string[]
      /** `--` was given. */
      readonly dashes: boolean
    }
  /** `option` as typed with its hyphens; `problem` says what is wrong with it. */
  | { readonly ok: false; readonly problem: 'unknown' | 'needs-value'; readonly option: string }

/** Reads a program's arguments. The first fault ends it. */
export function readOptions(args: readonly string[], table: OptionTable): ReadOptions {
  const options: GivenOption[] = []
  const operands: string[] = []
  for (let index = 0; index < args.length; index++) {
    const arg = args[index] ?? ''
    const next = args[index + 1]
    if (arg === '--') {
      const afterDashes = args.slice(index + 1)
      return { ok: true, options, operands: [...operands, ...afterDashes], afterDashes, dashes: true }
    }
    if (arg === '-' || !arg.startsWith('-')) {
      operands.push(arg)
      if (table.stopAtOperand === true) {
        operands.push(...args.slice(index + 1))
        break
      }
      continue
    }
    const read = arg.startsWith('--') ? readLong(arg, next, table) : readCluster(arg, next, table)
    if (!read.ok) return read
    options.push(...read.options)
    if (read.tookNext) index++
  }
  return { ok: true, options, operands, afterDashes: [], dashes: false }
}

/** The last value given under any of the names, or `undefined`. */
export function lastValue(options: readonly GivenOption[], ...names: readonly string[]): string | undefined {
  return options.findLast((option) => names.includes(option.name))?.value
}

/** Whether any of the names was given; `--flag=false` takes it back. */
export function isGiven(options: readonly GivenOption[], ...names: readonly string[]): boolean {
  const value = lastValue(options, ...names)
  return value !== undefined && value !== 'false'
}

/** All values given under any of the names, in order. */
export function allValues(options: readonly GivenOption[], ...names: readonly string[]): readonly string[] {
  return options.filter((option) => names.includes(option.name)).map((option) => option.value)
}

type Step =
  | { readonly ok: true; readonly options: readonly GivenOption[]; readonly tookNext: boolean }
  | Extract<ReadOptions, { ok: false }>

function readLong(arg: string, next: string | undefined, table: OptionTable): Step {
  const equals = arg.indexOf('=')
  const name = arg.slice(2, equals < 0 ? undefined : equals)
  if (table.flags.includes(name)) {
    const value = equals < 0 ? '' : arg.slice(equals + 1)
    return { ok: true, options: [{ name, value }], tookNext: false }
  }
  if (!table.values.includes(name)) return { ok: false, problem: 'unknown', option: arg }
  if (equals >= 0) return { ok: true, options: [{ name, value: arg.slice(equals + 1) }], tookNext: false }
  if (next === undefined) return { ok: false, problem: 'needs-value', option: arg }
  return { ok: true, options: [{ name, value: next }], tookNext: true }
}

function readCluster(arg: string, next: string | undefined, table: OptionTable): Step {
  const options: GivenOption[] = []
  for (let at = 1; at < arg.length; at++) {
    const name = arg.charAt(at)
    if (table.flags.includes(name)) {
      options.push({ name, value: '' })
      continue
    }
    if (!table.values.includes(name)) return { ok: false, problem: 'unknown', option: `-${name}` }
    const rest = arg.slice(at + 1)
    if (rest !== '') {
      options.push({ name, value: rest.startsWith('=') ? rest.slice(1) : rest })
      return { ok: true, options, tookNext: false }
    }
    if (next === undefined) return { ok: false, problem: 'needs-value', option: `-${name}` }
    options.push({ name, value: next })
    return { ok: true, options, tookNext: true }
  }
  return { ok: true, options, tookNext: false }
}
