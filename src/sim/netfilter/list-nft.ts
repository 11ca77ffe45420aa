/** `nft list …` of nft 1.0.6: what is listed, or which of the words names nothing. */
import type { NftTable } from './nft-ruleset.ts'
import { printNftChain, printNftSet, printNftTable, type NftLive } from './print-nft.ts'

/** What is to be listed. `family` absent: every one. */
export type NftWanted =
  | { readonly kind: 'ruleset' | 'tables'; readonly family?: string }
  | { readonly kind: 'table'; readonly family: string; readonly table: string }
  | {
      readonly kind: 'chain' | 'set' | 'map'
      readonly family: string
      readonly table: string
      readonly name: string
    }

/** `missing`: there is no such table, or no such chain, set or map in it. */
export type NftListed =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'missing'; readonly what: 'table' | 'object' }

/** Lists from all tables of a node, in the order of their making. */
export function listNft(tables: readonly NftTable[], wanted: NftWanted, live: NftLive): NftListed {
  switch (wanted.kind) {
    case 'ruleset':
      return text(
        ofFamily(tables, wanted.family)
          .map((table) => printNftTable(table, live))
          .join('\n'),
      )
    case 'tables':
      return text(
        ofFamily(tables, wanted.family)
          .map(({ family, name }) => `table ${family} ${name}\n`)
          .join(''),
      )
    case 'table':
    case 'chain':
    case 'set':
    case 'map': {
      const table = tables.find(({ family, name }) => family === wanted.family && name === wanted.table)
      if (table === undefined) return { kind: 'missing', what: 'table' }
      if (wanted.kind === 'table') return text(printNftTable(table, live))
      const { kind, name } = wanted
      if (kind === 'chain') {
        const chain = table.chains.find((each) => each.name === name)
        return chain === undefined ? noObject : text(printNftChain(table, chain))
      }
      const set = table.sets.find((each) => each.kind === kind && each.name === name)
      return set === undefined ? noObject : text(printNftSet(table, set, live))
    }
  }
}

const noObject: NftListed = { kind: 'missing', what: 'object' }

function text(listed: string): NftListed {
  return { kind: 'text', text: listed }
}

function ofFamily(tables: readonly NftTable[], family: string | undefined): readonly NftTable[] {
  return family === undefined ? tables : tables.filter((table) => table.family === family)
}
