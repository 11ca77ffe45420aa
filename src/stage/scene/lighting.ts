/** What is lit at a step: a pure function of the scene and the step, so that every frame is right when frozen or reversed. */
import { cardOf, movesOf } from '../../playback/stations.ts'
import type { Hop, Phase, Trace } from '../../sim/trace/trace.ts'
import type { Scene } from './scene.ts'

/** `failed`: refused or dropped here, in the step shown. `lit`: a hop of the steps up to now stood here. */
export interface CardLook {
  readonly state: 'idle' | 'lit' | 'selected' | 'dimmed' | 'failed'
  readonly phase: Phase | undefined
}

export interface WireLook {
  readonly state: 'idle' | 'done' | 'now'
  readonly phase: Phase | undefined
}

export interface Lighting {
  readonly cards: ReadonlyMap<string, CardLook>
  readonly wires: ReadonlyMap<string, WireLook>
}

const idle = { state: 'idle', phase: undefined } as const
const dimmed = { state: 'dimmed', phase: undefined } as const

/** The looks of every card and wire of the scene at a step. */
export function lightingAt(scene: Scene, trace: Trace | undefined, step: number): Lighting {
  if (trace === undefined)
    return {
      cards: new Map(scene.cards.map(({ id }) => [id, idle])),
      wires: new Map(scene.wires.map(({ id }) => [id, idle])),
    }
  const past = trace.hops.slice(0, step + 1)
  const chosen = selectedAt(trace, step)
  const cards = scene.cards.map(({ id, onPath }) => [id, cardLook(id, onPath, past, chosen)] as const)
  return { cards: new Map(cards), wires: wireLooks(scene, trace, step) }
}

function cardLook(id: string, onPath: boolean, past: readonly Hop[], chosen: string | undefined): CardLook {
  const here = past.filter((hop) => cardOf(hop.subject) === id)
  const last = here.at(-1)
  const now = past.at(-1)
  if (id === chosen && now !== undefined)
    return { state: isFailure(now) && last === now ? 'failed' : 'selected', phase: now.phase }
  // In its own colour, not in the phase's: what was lit earlier is what it is.
  if (last !== undefined) return { state: 'lit', phase: failed(here) ? 'drop' : undefined }
  return onPath || id === 'ladder' || id === 'refusal' ? idle : dimmed
}

/** The card that decides; once an address is rewritten or the packet is on its way, the card that it goes to. */
function selectedAt(trace: Trace, step: number): string | undefined {
  const hop = trace.hops[step]
  if (hop === undefined) return undefined
  const move = movesOf(trace)[step]
  if (move?.to.kind === 'between') return move.to.to
  if (hop.kind !== 'rewrite') return cardOf(hop.subject)
  const next = trace.hops.slice(step).find((later) => {
    const card = cardOf(later.subject)
    return card !== undefined && card !== cardOf(hop.subject)
  })
  return next === undefined ? cardOf(hop.subject) : cardOf(next.subject)
}

function wireLooks(scene: Scene, trace: Trace, step: number): ReadonlyMap<string, WireLook> {
  const looks = new Map<string, WireLook>(scene.wires.map(({ id }) => [id, idle]))
  const used = scene.wires.map((wire) => ({ wire, hop: lastUse(scene, trace, wire.id, step) }))
  const newest = Math.max(-1, ...used.map(({ hop }) => hop?.index ?? -1))
  const ends = trace.hops[step]?.phase === 'drop'
  for (const { wire, hop } of used) {
    if (hop === undefined) continue
    const isNow = hop.index === newest
    looks.set(wire.id, { state: isNow ? 'now' : 'done', phase: isNow && ends ? 'drop' : hop.phase })
  }
  return looks
}

/** The last hop that ran along a wire; for a wire of the other act, any hop between its two cards. */
function lastUse(scene: Scene, trace: Trace, wire: string, step: number): Hop | undefined {
  const here = trace.hops.slice(0, step + 1).findLast((hop) => scene.tracks[hop.index]?.wires.includes(wire))
  if (here !== undefined) return here
  const ends = scene.wires.find(({ id }) => id === wire)
  return trace.hops.slice(0, step + 1).findLast((hop, index) => {
    if (scene.tracks[hop.index] !== undefined || index === 0) return false
    const [a, b] = [cardOf(hop.subject), cardOf(trace.hops[index - 1]?.subject ?? hop.subject)]
    return (a === ends?.from && b === ends?.to) || (a === ends?.to && b === ends?.from)
  })
}

function failed(here: readonly Hop[]): boolean {
  return here.some(isFailure)
}

function isFailure({ kind, phase }: Hop): boolean {
  return kind === 'refuse' || kind === 'drop' || (phase === 'drop' && kind !== 'receive')
}
