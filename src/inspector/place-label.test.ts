import { describe, expect, test } from 'vitest'
import type { Place } from '../sim/trace/trace.ts'
import { placeLabel, shortPlace } from './place-label.ts'

const places: readonly { readonly place: Place; readonly label: string; readonly short: string }[] = [
  {
    place: { host: 'host01', hostKind: 'node', node: 'host01', hook: 'nat PREROUTING' },
    label: 'host01 · nat PREROUTING',
    short: 'host01',
  },
  {
    place: { host: 'default/pod', hostKind: 'pod', node: 'host01', hook: 'resolver' },
    label: 'pod · resolver',
    short: 'pod',
  },
  {
    place: { host: 'default/nginx-7f8c5b6d9-dtx7s', hostKind: 'pod' },
    label: 'nginx-7f8c5b6d9-dtx7s',
    short: 'nginx-7f…dtx7s',
  },
  { place: { host: 'laptop', hostKind: 'outside' }, label: 'laptop', short: 'laptop' },
]

describe('a place', () => {
  test.each(places)('reads "$label", and $short at the end of a line', ({ place, label, short }) => {
    expect(placeLabel(place)).toBe(label)
    expect(shortPlace(place)).toBe(short)
  })
})
