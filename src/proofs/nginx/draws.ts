/** Choices of chance for generators. */
import { drawBelow, type Draw } from '../../sim/draw.ts'

/** One of the values. Throws for none. */
export function pick<Value>(draw: Draw, values: readonly Value[]): Value {
  const value = values[drawBelow(draw, values.length)]
  if (value === undefined) throw new Error('nothing to pick from')
  return value
}

/** True once in so many times. */
export function sometimes(draw: Draw, oneIn: number): boolean {
  return drawBelow(draw, oneIn) === 0
}
