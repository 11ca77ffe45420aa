/**
 * A Corefile: text → words → blocks → plugins in the order in which a query passes them (CoreDNS 1.14.7; man corefile(5)). A problem that
 * is fatal keeps CoreDNS from starting; at a reload the old configuration stays.
 */
import { parseBlocks } from './corefile-blocks.ts'
import type { CorefileProblem, Directive, RawBlock } from './corefile-blocks.ts'
import { tokenizeCorefile } from './corefile-tokens.ts'
import type { PluginConfig } from './plugin-config.ts'
import { pluginOrder, watchingPlugins } from './plugin-names.ts'
import { placeOf, wrongArguments } from './plugin-setup.ts'
import type { Setup, SetupFunction } from './plugin-setup.ts'
import { setupCache } from './setup-cache.ts'
import { setupForward } from './setup-forward.ts'
import { setupHosts } from './setup-hosts.ts'
import { setupKubernetes } from './setup-kubernetes.ts'
import { setupRewrite } from './setup-rewrite.ts'
import { parseZoneKey } from './zone-key.ts'
import type { ZoneKey } from './zone-key.ts'

/** A Corefile that starts. `lines` are those of its text, the first is line 1. */
export interface Corefile {
  readonly blocks: readonly ServerBlock[]
  readonly lines: readonly string[]
}

export interface ServerBlock {
  /** From 1. */
  readonly line: number
  readonly keys: readonly ZoneKey[]
  /** In build order. */
  readonly plugins: readonly PluginConfig[]
}

/**
 * Reads a Corefile. `config` is missing exactly if a problem is fatal. `text` of a problem is what CoreDNS prints; a plugin that CoreDNS
 * has and Podpath lacks is a problem that is not fatal.
 */
export function parseCorefile(text: string): {
  readonly config?: Corefile
  readonly problems: readonly CorefileProblem[]
} {
  const { blocks: raw, problems: syntax } = parseBlocks(tokenizeCorefile(text))
  const strangers = raw.flatMap((block) =>
    block.directives.filter((each) => !pluginOrder.includes(each.name)),
  )
  const unknown = strangers.map(({ name, line }) =>
    fatal(line, `Corefile:${line} - Error during parsing: Unknown directive '${name}'`),
  )
  if (syntax.length > 0 || unknown.length > 0) return { problems: [...unknown, ...syntax] }
  const read = raw.map(readBlock)
  const problems = [...read.flatMap((each) => each.problems), ...doubledKeys(raw)]
  if (problems.some((problem) => problem.fatal)) return { problems }
  return { config: { blocks: read.map((each) => each.block), lines: text.split('\n') }, problems }
}

function readBlock(raw: RawBlock): {
  readonly block: ServerBlock
  readonly problems: readonly CorefileProblem[]
} {
  const problems: CorefileProblem[] = []
  const keys: ZoneKey[] = []
  for (const text of raw.keys) {
    const key = parseZoneKey(text)
    if (key === undefined)
      problems.push(
        fatal(raw.line, `Corefile:${raw.line} - Error during parsing: invalid server key '${text}'`),
      )
    else keys.push(key)
  }
  const zones = keys.flatMap((key) => key.zones)
  const inOrder = raw.directives.toSorted((a, b) => pluginOrder.indexOf(a.name) - pluginOrder.indexOf(b.name))
  const plugins: PluginConfig[] = []
  for (const [at, directive] of inOrder.entries()) {
    const repeated = onlyOnce.has(directive.name) && inOrder[at - 1]?.name === directive.name
    const setup = repeated ? once(directive) : setupOf(directive, zones)
    if ('error' in setup) problems.push(pluginFault(directive.name, setup))
    else {
      plugins.push(setup.config)
      problems.push(...notModelled(setup.config))
    }
  }
  return { block: { line: raw.line, keys, plugins }, problems }
}

const setups: Readonly<Record<string, SetupFunction>> = {
  kubernetes: setupKubernetes,
  forward: setupForward,
  cache: setupCache,
  hosts: setupHosts,
  rewrite: setupRewrite,
  loadbalance: setupLoadbalance,
  bufsize: setupBufsize,
}

const onlyOnce = new Set([
  'kubernetes',
  'cache',
  'hosts',
  'errors',
  'health',
  'reload',
  'loop',
  'file',
  'etcd',
])

function once(directive: Directive): Setup {
  return { error: 'this plugin can only be used once per Server Block', line: directive.line }
}

function setupOf(directive: Directive, zones: readonly string[]): Setup {
  const setup = setups[directive.name]
  if (setup !== undefined) return setup(directive, zones)
  const kind = watchingPlugins.has(directive.name) ? 'watching' : 'not-modelled'
  return { config: { kind, name: directive.name, ...placeOf(directive) } }
}

function setupLoadbalance(directive: Directive): Setup {
  const [policy = 'round_robin'] = directive.args
  if (policy === 'round_robin') return { config: { kind: 'loadbalance', ...placeOf(directive) } }
  if (policy === 'weighted')
    return { config: { kind: 'not-modelled', name: 'loadbalance weighted', ...placeOf(directive) } }
  return { error: `unknown policy: ${policy}`, line: directive.line }
}

function setupBufsize(directive: Directive): Setup {
  const bytes = Number(directive.args[0] ?? 1232)
  if (directive.args.length > 1) return wrongArguments(directive.args.at(-1) ?? 'bufsize', directive.line)
  if (!Number.isInteger(bytes) || bytes < 512 || bytes > 4096)
    return { error: 'bufsize must be within 512 - 4096', line: directive.line }
  return { config: { kind: 'bufsize', bytes, ...placeOf(directive) } }
}

function pluginFault(
  plugin: string,
  fault: { readonly error: string; readonly line: number },
): CorefileProblem {
  return fatal(fault.line, `plugin/${plugin}: Corefile:${fault.line} - Error during parsing: ${fault.error}`)
}

function notModelled(config: PluginConfig): readonly CorefileProblem[] {
  const names =
    config.kind === 'not-modelled'
      ? [config.name]
      : 'notModelled' in config
        ? config.notModelled.map((each) => `${config.kind} ${each}`)
        : []
  return names.map((name) => ({ line: config.line, text: `${name}: not modelled`, fatal: false }))
}

/** The same zone and port twice, in one block or in two. */
function doubledKeys(raw: readonly RawBlock[]): readonly CorefileProblem[] {
  const seen = new Set<string>()
  const problems: CorefileProblem[] = []
  for (const block of raw) {
    for (const key of block.keys.flatMap((text) => parseZoneKey(text) ?? [])) {
      for (const zone of key.zones) {
        const id = `${key.scheme}://${zone}:${key.port}`
        if (seen.has(id)) problems.push(fatal(block.line, `cannot serve ${id} - it is already defined`))
        seen.add(id)
      }
    }
  }
  return problems
}

function fatal(line: number, text: string): CorefileProblem {
  return { line, text, fatal: true }
}
