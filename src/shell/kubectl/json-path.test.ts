import { describe, expect, test } from 'vitest'
import { evaluateJsonPath } from './json-path.ts'

const value = {
  kind: 'List',
  items: [
    { name: 'a', labels: { 'x.y/z': '1' }, ports: [{ port: 80 }, { port: 443 }] },
    { name: 'b', labels: {}, ports: [] },
  ],
}

// kubectl v1.32.5, get -o jsonpath.
describe('a jsonpath', () => {
  test.each([
    { template: '{.kind}', text: 'List' },
    { template: '.kind', text: 'List' },
    { template: '{.items[*].name}', text: 'a b' },
    { template: '{.items[-1:].name}', text: undefined },
    { template: '{.items[-1].name}', text: 'b' },
    { template: '{.items[0].ports}', text: '[{"port":80},{"port":443}]' },
    { template: '{range .items[*]}{.name}={.ports[0].port}{"\\n"}{end}', text: 'a=80\nb=\n' },
    { template: '{.items[?(@.name=="b")].name}', text: 'b' },
    { template: '{.items[0].labels.x\\.y/z}', text: '1' },
    { template: '{.none.at.all}', text: '' },
    { template: 'n: {.items[0].name}', text: 'n: a' },
    { template: '{range .items[*]}{.name}', text: undefined },
  ])('$template gives $text', ({ template, text }) => {
    expect(evaluateJsonPath(template, value)).toBe(text)
  })
})
