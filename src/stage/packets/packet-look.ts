/** Which shape a packet has at a hop. Shape before colour: printed grey, it says the same. */
import type { Hop, Phase } from '../../sim/trace/trace.ts'

export type Shape = 'diamond' | 'circle' | 'hexagon' | 'square' | 'ring' | 'octagon' | 'silence'

export interface PacketLook {
  readonly shape: Shape
  readonly phase: Phase
}

const shapes: Readonly<Record<Phase, Shape>> = {
  dns: 'diamond',
  nat: 'circle',
  edge: 'hexagon',
  pod: 'square',
  reply: 'ring',
  drop: 'octagon',
}

/** A reply is a ring in its phase's colour, but for the Pod that has just answered; what refuses or drops is an octagon either way. */
export function packetLook({
  kind,
  phase,
  direction,
}: Pick<Hop, 'kind' | 'phase' | 'direction'>): PacketLook {
  if (kind === 'silence') return { shape: 'silence', phase: 'drop' }
  if (phase === 'drop' || kind === 'refuse' || kind === 'drop') return { shape: 'octagon', phase: 'drop' }
  const answers = kind === 'answer' && phase === 'pod'
  return { shape: direction === 'reply' && !answers ? 'ring' : shapes[phase], phase }
}
