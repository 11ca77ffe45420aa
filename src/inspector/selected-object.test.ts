import { describe, expect, test } from 'vitest'
import { chapterSnapshot } from '../stage/chapter.fixture.ts'
import { selectedObject } from './selected-object.ts'

describe('a chosen card', () => {
  test.each([
    { card: 'Pod/default/pod', kind: 'pod' },
    { card: 'Service/default/nginx', kind: 'service' },
    { card: 'node-port/default/nginx@host01', kind: 'service' },
    { card: 'Node//host01', kind: 'node' },
    { card: 'Pod/default/gone', kind: undefined },
    { card: 'laptop', kind: undefined },
    { card: undefined, kind: undefined },
  ])('$card stands for a $kind', ({ card, kind }) => {
    expect(selectedObject(chapterSnapshot, card)?.kind).toBe(kind)
  })
})
