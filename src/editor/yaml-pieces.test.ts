import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { yamlPieces } from './yaml-pieces.ts'

/** Pieces as letters: k key, s string, n number, c comment, a dot for plain. */
function drawn(line: string): string {
  const letters = { key: 'k', string: 's', number: 'n', comment: 'c', plain: '.' }
  return yamlPieces(line)
    .map((piece) => `${letters[piece.kind]}(${piece.text})`)
    .join('')
}

describe('a line of YAML', () => {
  test.each([
    { line: 'kind: Service', is: 'k(kind).(:)s( Service)' },
    { line: '    - protocol: TCP', is: '.(    - )k(protocol).(:)s( TCP)' },
    { line: '      port: 80', is: '.(      )k(port).(:)n( 80)' },
    { line: 'spec:', is: 'k(spec).(:)' },
    { line: '  - nginx:1.27', is: '.(  - )s(nginx:1.27)' },
    { line: 'a: b # why', is: 'k(a).(:)s( b )c(# why)' },
    { line: 'a: "b # c"', is: 'k(a).(:)s( "b # c")' },
    { line: '---', is: '.(---)' },
    { line: '"a b": true', is: 'k("a b").(:)n( true)' },
    { line: '  podpath.dev/listen: "80/TCP"', is: '.(  )k(podpath.dev/listen).(:)s( "80/TCP")' },
  ])('"$line" is $is', ({ line, is }) => {
    expect(drawn(line)).toBe(is)
  })

  test('is whole again when its pieces are joined', () => {
    fc.assert(
      fc.property(fc.string(), (line) => {
        expect(
          yamlPieces(line)
            .map((piece) => piece.text)
            .join(''),
        ).toBe(line)
      }),
      { seed: 7 },
    )
  })
})
