/** What a Pod's card has room for. */
import { shortName } from '../scene/short-name.ts'
import type { PodContent } from '../scene/scene.ts'

/** A card narrower than this shows the ends of addresses and bare ports. */
const narrowBelow = 240
/** A chip narrower than this has no room for a glyph or an address. */
const chipBelow = 90
/** A letter of a name, and one of an address, in CSS pixels; what stands round both. A chip's address is smaller. */
const measures = {
  name: 7.1,
  narrowName: 7.4,
  address: 7,
  frame: 46,
  chipAddress: 6.6,
  chipFrame: 16,
} as const

export interface PodTexts {
  readonly name: string
  /** Beside the name, on a card of one line. */
  readonly beside: string | undefined
  /** Under the name. */
  readonly under: string | undefined
  readonly ports: string
  readonly isNarrow: boolean
  readonly hasGlyph: boolean
}

/** Fits name, address and ports of a Pod into a card of `width` CSS pixels. The name keeps its last five letters in any case. */
export function podTexts({ size, ref, address, ports, status }: PodContent, width: number): PodTexts {
  const isNarrow = width < narrowBelow
  const isTiny = size === 'chip' && width < chipBelow
  const shownPorts = [...new Set(ports)].slice(0, isNarrow ? 2 : 3)
  const beside = status ?? (size === 'line' ? (isNarrow ? lastTwo(address) : address) : undefined)
  const isChip = size === 'chip'
  const fits = address.length * measures.chipAddress <= width - measures.chipFrame
  const room =
    (width - measures.frame - (beside?.length ?? 0) * measures.address) /
    (isNarrow ? measures.narrowName : measures.name)
  return {
    name: size === 'chip' ? ref.name.slice(-5) : shortName(ref.name, Math.max(8, Math.floor(room))),
    beside: size === 'chip' ? undefined : beside,
    under:
      size === 'line' ? undefined : isTiny ? lastOne(address) : isChip && !fits ? lastTwo(address) : address,
    ports: size === 'full' ? shownPorts.map((port) => `:${port}`).join(' ') : '',
    isNarrow,
    hasGlyph: !isTiny,
  }
}

/** `172.31.239.228` → `.239.228`: in a cluster's Pod network the end tells Pods apart. IPv6 stays whole. */
function lastTwo(address: string): string {
  const parts = address.split('.')
  return parts.length === 4 ? `.${parts.slice(2).join('.')}` : address
}

function lastOne(address: string): string {
  const parts = address.split('.')
  return parts.length === 4 ? `.${parts[3] ?? ''}` : address
}
