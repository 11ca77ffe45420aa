import { describe, expect, test } from 'vitest'
import { fieldKey } from './manifest.ts'
import { parseFile } from './parse-file.ts'

/** The text that a diagnostic marks, with its code and line. */
function problems(text: string): string[] {
  return parseFile('a.yaml', text).diagnostics.map(({ code, range }) =>
    range === undefined
      ? code
      : `${code} ${range.line} ${text.slice(range.from, range.to).split('\n')[0] ?? ''}`,
  )
}

const service = (spec: string, name = 'web') =>
  `apiVersion: v1\nkind: Service\nmetadata:\n  name: ${name}\nspec:\n${spec}\n`
const ingress = (path: string) =>
  `apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: { name: web }\nspec:\n  rules:\n    - http:\n        paths:\n          - ${path}\n`

describe('a file', () => {
  test('gives every document with the range of every field', () => {
    const text =
      '# first\napiVersion: v1\nkind: ConfigMap\nmetadata: { name: a }\ndata:\n  k.v: |\n    x\n\n---\nkind: List\n'
    const [map] = parseFile('a.yaml', text).manifests
    const range = map?.source.ranges[fieldKey(['data', 'k.v'])]
    expect(text.slice(range?.from, range?.to)).toBe('k.v: |\n    x')
    expect(range).toMatchObject({ line: 6, column: 3, endLine: 7 })
    expect(map?.source.ranges['metadata.name']).toMatchObject({ line: 4, column: 13, endLine: 4 })
  })

  test('unfolds Lists, each item with ranges from its own root', () => {
    const text =
      'apiVersion: v1\nkind: List\nitems:\n- apiVersion: v1\n  kind: ConfigMap\n  metadata:\n    name: a\n- apiVersion: v1\n  kind: ConfigMap\n  metadata:\n    name: b\n'
    const { manifests, diagnostics } = parseFile('a.yaml', text)
    expect(diagnostics).toEqual([])
    expect(manifests.map(({ name, source }) => [name, source.ranges['metadata.name']?.line])).toEqual([
      ['a', 7],
      ['b', 11],
    ])
  })

  test('reads JSON, a byte order mark and CRLF', () => {
    const text = '\uFEFF{"apiVersion": "v1",\r\n "kind": "ConfigMap",\r\n "metadata": {"name": "a"}}\r\n'
    const { manifests, diagnostics } = parseFile('a.json', text)
    expect(diagnostics).toEqual([])
    expect(manifests[0]?.source.ranges['metadata.name']?.line).toBe(3)
  })

  test('is a patch where it has neither apiVersion nor kind', () => {
    const parsed = parseFile('patch.yaml', '# a patch\nspec:\n  type: NodePort\n')
    expect(parsed).toMatchObject({
      manifests: [],
      patch: { body: { spec: { type: 'NodePort' } } },
      diagnostics: [],
    })
    expect(parsed.patch?.source.ranges['spec.type']?.line).toBe(3)
  })

  test('may hold keys that JavaScript has a meaning for', () => {
    const text =
      'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a }\ndata:\n  __proto__: x\n  constructor: "1"\n'
    const { manifests, diagnostics } = parseFile('a.yaml', text)
    expect(diagnostics).toEqual([])
    expect(JSON.stringify(manifests[0]?.body['data'])).toBe('{"__proto__":"x","constructor":"1"}')
  })

  test('takes what kubectl get -o yaml prints, status and managedFields and all', () => {
    const text = `${service('  clusterIP: 10.96.0.9\n  ports: [{ port: 80, protocol: TCP, targetPort: 80 }]\nstatus:\n  loadBalancer: {}')}`
    const pasted = text.replace(
      '  name: web',
      '  name: web\n  uid: 1-2\n  managedFields: [{ manager: kubectl, fieldsV1: { "f:spec": {} } }]',
    )
    expect(parseFile('a.yaml', pasted).diagnostics).toEqual([])
  })
})

describe('scalars mean what they mean to kubectl', () => {
  test.each([
    { text: 'yes', value: true },
    { text: 'Off', value: false },
    { text: 'yEs', value: 'yEs' },
    { text: '0120', value: 80 },
    { text: '0x7531', value: 30001 },
    { text: '8_080', value: 8080 },
    { text: '09', value: 9 },
    { text: '1:30', value: '1:30' },
    { text: '2026-01-10', value: '2026-01-10' },
    { text: '1e3', value: 1000 },
    { text: '~', value: null },
    { text: '"yes"', value: 'yes' },
    { text: '!!str 80', value: '80' },
    { text: '172.31.0.1', value: '172.31.0.1' },
  ])('$text', ({ text, value }) => {
    const parsed = parseFile('a.yaml', `spec:\n  x: ${text}\n`)
    expect(parsed.patch?.body).toEqual({ spec: { x: value } })
  })

  test('of two equal keys the last wins, with a warning at its line', () => {
    const text = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\n  name: b\n'
    expect(parseFile('a.yaml', text).manifests[0]?.name).toBe('b')
    expect(problems(text)).toEqual(['yaml-duplicate-key 5 name'])
  })

  test('an anchor is expanded, and a merge key fills in what is missing', () => {
    const parsed = parseFile('a.yaml', 'spec:\n  a: &a { k: 1, l: 2 }\n  b: { <<: *a, l: 3 }\n  c: *a\n')
    expect(parsed.patch?.body).toEqual({ spec: { a: { k: 1, l: 2 }, b: { k: 1, l: 3 }, c: { k: 1, l: 2 } } })
  })
})

describe('a text that is no manifest', () => {
  test.each([
    {
      what: 'a chart',
      text: 'kind: Service\nmetadata:\n  name: {{ .Release.Name }}\n',
      says: ['not-yaml 3 {{ .Release.Name }}'],
    },
    {
      what: 'a chart that begins with a condition',
      text: '{{- if .Values.on }}\nkind: A\n{{- end }}\n',
      says: ['not-yaml 1 {{- if .Values.on }}'],
    },
    { what: 'a web page', text: '<!DOCTYPE html>\n<html>', says: ['not-yaml 1 <!DOCTYPE'] },
    { what: 'an archive', text: 'PK\u0003\u0004', says: ['not-yaml 1 \u0003'] },
    {
      what: 'half a document in a quote',
      text: 'kind: "Service\nmetadata:\n',
      says: ['not-yaml 1 "Service'],
    },
    { what: 'half a document in a bracket', text: 'apiVersion: v1\nkind: [\n', says: ['not-yaml 2 ['] },
    { what: 'half a JSON document', text: '{"apiVersion": "v1",', says: ['not-yaml 1 {"apiVersion": "v1",'] },
    { what: 'prose', text: 'hello', says: ['not-an-object 1 hello'] },
    { what: 'nothing', text: '# only this\n---\n', says: ['no-objects'] },
    { what: '5 MB', text: 'x'.repeat(5_000_000), says: ['file-too-large'] },
    {
      what: 'brackets without end',
      text: '['.repeat(50_000),
      says: [expect.stringMatching(/^yaml-syntax|^not-yaml/)],
    },
    { what: 'an anchor in itself', text: 'a: &a [*a]', says: ['yaml-alias-bomb 1 *a'] },
  ])('$what is said to be that', ({ text, says }) => {
    expect(problems(text)).toEqual(says)
    expect(parseFile('a.yaml', text).manifests).toEqual([])
  })

  test('an alias bomb is refused, whatever else it is', () => {
    const lines = ['a: &a [x,x,x,x,x,x,x,x,x]']
    for (const [index, name] of ['b', 'c', 'd', 'e', 'f', 'g', 'h'].entries())
      lines.push(
        `${name}: &${name} [${Array(9)
          .fill(`*${'abcdefg'.charAt(index)}`)
          .join(',')}]`,
      )
    expect(parseFile('a.yaml', lines.join('\n')).diagnostics.map(({ code }) => code)).toEqual([
      'yaml-alias-bomb',
    ])
  })

  test('braces in a block scalar are content', () => {
    const text = 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a }\ndata:\n  t: |\n    {{ .Values }}\n'
    expect(problems(text)).toEqual([])
  })
})

describe('broken YAML is named in the words of kubectl, at its line', () => {
  test.each([
    { text: 'a:\n\tb: c\n', words: 'found character that cannot start any token', line: 2 },
    {
      text: 'metadata:\n  name: x\n   labels: {}\n',
      words: 'mapping values are not allowed in this context',
      line: 3,
    },
    { text: 'metadata:\n  name: a: b\n', words: 'mapping values are not allowed in this context', line: 2 },
    { text: 'spec:\n    rules: 1\n  other: 2\n', words: 'did not find expected key', line: 2 },
    {
      text: 'host: *.example.com\n',
      words: 'did not find expected alphabetic or numeric character',
      line: 1,
    },
  ])('$words', ({ text, words, line }) => {
    const [first] = parseFile('a.yaml', text).diagnostics
    expect(first).toMatchObject({ code: 'yaml-syntax', values: { words, line } })
  })

  test('counts from the document’s first line, and keeps the documents before', () => {
    const parsed = parseFile(
      'a.yaml',
      'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a }\n---\nx:\n\ty: 1\n',
    )
    expect(parsed.manifests.map(({ name }) => name)).toEqual(['a'])
    expect(parsed.diagnostics[0]).toMatchObject({ values: { line: 2 }, range: { line: 6 } })
  })
})

describe('an object is checked as the API server checks it', () => {
  test.each([
    {
      text: service('  selectors: { a: b }\n  ports: [{ port: 80 }]'),
      says: ['unknown-field 6 selectors: { a: b }'],
    },
    {
      text: service('  ports:\n    - port: 80\n      targetport: 80'),
      says: ['unknown-field 8 targetport: 80'],
    },
    { text: service('  ports: [{ port: "80" }]'), says: ['wrong-type 6 port: "80"'] },
    { text: service('  ports: [{ port: 70000 }]'), says: ['field-invalid 6 port: 70000'] },
    {
      text: service('  ports: [{ port: 80 }, { port: 81 }]'),
      says: ['field-required 6 { port: 80 }', 'field-required 6 { port: 81 }'],
    },
    { text: service('  selector: { a: b }'), says: ['field-required 5 spec:'] },
    { text: service('  type: Nodeport\n  ports: [{ port: 80 }]'), says: ['field-invalid 6 type: Nodeport'] },
    { text: service('  ports: [{ port: 80, nodePort: 30000 }]'), says: ['field-invalid 6 nodePort: 30000'] },
    {
      text: service('  ports: [{ port: 80, targetPort: http-web-service }]'),
      says: ['field-invalid 6 targetPort: http-web-service'],
    },
    {
      text: service('  ports: [{ port: 80 }]', '<script>alert(1)</script>'),
      says: ['field-invalid 4 name: <script>alert(1)</script>'],
    },
    {
      text: ingress('{ path: /, backend: { service: { name: a, port: { number: 80 } } } }'),
      says: [expect.stringMatching(/^field-required 8 /)],
    },
    {
      text: ingress('{ path: a, pathType: Prefix, backend: { service: { name: a, port: { number: 80 } } } }'),
      says: ['field-invalid 8 path: a'],
    },
    { text: 'apiVersion: v1\nmetadata: { name: a }\n', says: ['kind-missing 1 apiVersion: v1'] },
    { text: 'kind: Service\nmetadata: { name: a }\n', says: ['api-version-missing 1 kind: Service'] },
    { text: 'apiVersion: v1\nkind: ConfigMap\nmetadata: {}\n', says: ['name-missing 3 metadata: {}'] },
    {
      text: 'apiVersion: extensions/v1beta1\nkind: Ingress\nmetadata: { name: a }\n',
      says: ['field-invalid 1 apiVersion: extensions/v1beta1'],
    },
    {
      text: 'apiVersion: example.com/v1\nkind: Widget\nmetadata: { name: a }\nspec: 3\n',
      says: ['kind-not-simulated 2 kind: Widget'],
    },
    {
      text: 'apiVersion: serving.knative.dev/v1\nkind: Service\nmetadata: { name: a }\nspec: 3\n',
      says: ['kind-not-simulated 2 kind: Service'],
    },
  ])('$says.0', ({ text, says }) => {
    expect(problems(text)).toEqual(says)
  })

  test('two objects of one name are one too many', () => {
    const map = 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a }\n'
    expect(problems(`${map}---\n${map}`)).toEqual(['duplicate-object 7 name: a'])
    expect(problems(`${map}---\n${map.replace('name: a', 'name: a, namespace: b')}`)).toEqual([])
  })

  test('an unknown field is named as strict decoding names it, with the field that was meant', () => {
    const [found] = parseFile('a.yaml', service('  selectors: {}\n  ports: [{ port: 80 }]')).diagnostics
    expect(found).toMatchObject({
      message: 'strict decoding error: unknown field "spec.selectors"',
      values: { kind: 'Service', name: 'web', apiVersion: 'v1', suggestion: 'selector' },
    })
  })

  test('a Deployment whose selector misses its template says so twice when there is none', () => {
    const text =
      'apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: a }\nspec:\n  template:\n    metadata: { labels: { app: a } }\n    spec: { containers: [{ name: a, image: a }] }\n'
    expect(parseFile('a.yaml', text).diagnostics.map(({ message }) => message)).toEqual([
      'spec.selector: Required value',
      'spec.template.metadata.labels: Invalid value: map[string]string{"app":"a"}: `selector` does not match template `labels`',
    ])
  })
})
