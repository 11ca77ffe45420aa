/** What a plugin's setup function needs and gives. */
import type { Directive } from './corefile-blocks.ts'
import type { PluginConfig } from './plugin-config.ts'
import { parseZones } from './zone-key.ts'

/** What CoreDNS says as it refuses to start; `line` is the line that it blames. */
export interface SetupFault {
  readonly error: string
  readonly line: number
}

/** A plugin of the chain, or why there is none. */
export type Setup = { readonly config: PluginConfig } | SetupFault

/** Reads one directive. `blockZones` are those of the server block, the default of most plugins. */
export type SetupFunction = (directive: Directive, blockZones: readonly string[]) => Setup

/** caddy's ArgErr. */
export function wrongArguments(word: string, line: number): SetupFault {
  return { error: `Wrong argument count or unexpected line ending after '${word}'`, line }
}

/** caddy's words for a property that the plugin does not have. */
export function unknownProperty(word: string, line: number): SetupFault {
  return { error: `unknown property '${word}'`, line }
}

/** The zones that the words name, or the block's where there are none. */
export function zonesOr(words: readonly string[], blockZones: readonly string[]): readonly string[] {
  return words.length === 0 ? blockZones : words.flatMap(parseZones)
}

/** The zones of a `fallthrough` line: none named means all. */
export function fallthroughZones(words: readonly string[]): readonly string[] {
  return words.length === 0 ? ['.'] : words.flatMap(parseZones)
}

/** Where a directive stands. */
export function placeOf(directive: Directive): { readonly line: number; readonly endLine: number } {
  return { line: directive.line, endLine: directive.endLine }
}
