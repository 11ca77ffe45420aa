import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import type { JsonValue } from '../../sim/manifest/manifest.ts'
import { printYaml } from './print-yaml.ts'

// kubectl v1.32.5, get -o yaml: sigs.k8s.io/yaml.
describe('YAML', () => {
  test.each<{ value: JsonValue; text: string }>([
    {
      value: { a: '80', b: 80, c: 'true', d: true, e: '', f: null },
      text: 'a: "80"\nb: 80\nc: "true"\nd: true\ne: ""\nf: null\n',
    },
    {
      value: { a: {}, b: [], c: [{ x: 1, y: [2, 3] }] },
      text: "a: {}\nb: []\nc:\n- x: 1\n  'y':\n  - 2\n  - 3\n".replace("'y'", '"y"'),
    },
    {
      value: { at: '2026-01-10T12:00:00Z', ip: '10.0.0.1', v: '1.32' },
      text: 'at: "2026-01-10T12:00:00Z"\nip: 10.0.0.1\nv: "1.32"\n',
    },
    { value: { data: { f: 'a\nb\n' } }, text: 'data:\n  f: |\n    a\n    b\n' },
    { value: { s: 'a: b', t: '*x', u: '-' }, text: 's: "a: b"\nt: "*x"\nu: "-"\n' },
  ])('of $value', ({ value, text }) => {
    expect(printYaml(value)).toBe(text)
  })

  test('read back is the value', () => {
    const texts = fc.string({
      unit: fc.constantFrom(...Array.from('ab1 :-#\n\'"{}[]&*!|>%@`~,?yn')),
      maxLength: 8,
    })
    const { value } = fc.letrec((tie) => ({
      value: fc.oneof(
        { maxDepth: 3 },
        texts,
        fc.integer(),
        fc.boolean(),
        fc.constant(null),
        tie('list'),
        tie('map'),
      ),
      list: fc.array(tie('value'), { maxLength: 3 }),
      map: fc.dictionary(fc.constantFrom('a', 'b-c', 'on', '1', 'x.y/z'), tie('value'), { maxKeys: 3 }),
    }))
    fc.assert(
      fc.property(value, (given) => {
        expect(parse(printYaml(given as JsonValue), { version: '1.1' })).toEqual(given)
      }),
      { seed: 20260110, numRuns: 300 },
    )
  })
})
