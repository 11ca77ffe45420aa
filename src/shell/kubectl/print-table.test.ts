import { describe, expect, test } from 'vitest'
import { formatLabels, layOut, printTable } from './print-table.ts'

const ref = { kind: 'Pod', namespace: 'default', name: 'a' }
const table = {
  columns: [{ name: 'Name' }, { name: 'Ready' }, { name: 'Age' }, { name: 'IP', wide: true }],
  rows: [{ ref, labels: { b: '2', a: '1' }, cells: ['a', '1/1', '10m', '<none>'] }],
}

describe('a table', () => {
  test.each([
    { options: {}, text: 'NAME   READY   AGE\na      1/1     10m\n' },
    { options: { wide: true }, text: 'NAME   READY   AGE   IP\na      1/1     10m   <none>\n' },
    { options: { noHeaders: true }, text: 'a     1/1   10m\n' },
    { options: { withNamespace: true, noHeaders: true }, text: 'default   a     1/1   10m\n' },
    { options: { namePrefix: 'pod', noHeaders: true }, text: 'pod/a   1/1   10m\n' },
    { options: { showLabels: true }, text: 'NAME   READY   AGE   LABELS\na      1/1     10m   a=1,b=2\n' },
    {
      options: { labelColumns: ['x/a', 'b'] },
      text: 'NAME   READY   AGE   A     B\na      1/1     10m         2\n',
    },
  ])('with $options', ({ options, text }) => {
    expect(printTable(table, options)).toBe(text)
  })

  test('cuts a cell at its first newline', () => {
    expect(layOut([['a\nb', 'c']])).toBe('a...   c\n')
  })

  test('counts characters, not their code units', () => {
    expect(
      layOut([
        ['😀😀😀😀', 'x'],
        ['abcd', 'y'],
      ]),
    ).toBe('😀😀😀😀   x\nabcd   y\n')
  })

  test('has no labels to show where there are none', () => {
    expect(formatLabels({})).toBe('<none>')
  })
})
