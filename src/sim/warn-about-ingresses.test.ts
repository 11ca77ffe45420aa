import { describe, expect, test } from 'vitest'
import { applyChapterFile, chapterLab } from './trace/chapter-lab.fixture.ts'
import { parseFile } from './manifest/parse-file.ts'

interface Written {
  readonly host?: string
  readonly path?: string
  readonly pathType?: string
  readonly service?: string
  readonly port?: string
  readonly className?: string
  readonly annotations?: string
}

function ingress({
  host = 'web01',
  path = '/',
  pathType = 'Prefix',
  service = 'nginx',
  port = 'number: 80',
  className = 'nginx',
  annotations = '{}',
}: Written): string {
  return `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: mine, annotations: ${annotations} }
spec:
  ingressClassName: ${className}
  rules:
    - host: "${host}"
      http:
        paths:
          - path: "${path}"
            pathType: ${pathType}
            backend: { service: { name: ${service}, port: { ${port} } } }
`
}

/** `code line` of each warning when the file is applied behind the chapter's Ingress web01. */
function warnings(written: Written): readonly string[] {
  const lab = chapterLab()
  applyChapterFile(lab, 'nginx-ingress.yaml')
  const text = ingress(written)
  const file = parseFile('mine.yaml', text)
  const checked = lab.check(file, text)
  const { diagnostics } = lab.apply(file, text)
  expect(checked).toEqual(diagnostics)
  return diagnostics.map(({ severity, code, range }) => `${severity} ${code} ${range?.line}`)
}

const regex = '{ nginx.ingress.kubernetes.io/use-regex: "true" }'

describe('an Ingress behind another one', () => {
  test.each([
    { written: { path: '/foo' }, says: [] },
    { written: { path: '/' }, says: ['warning ingress-path-taken 10'] },
    { written: { path: '/', pathType: 'Exact' }, says: [] },
    { written: { path: '/foo', service: 'missing' }, says: ['warning ingress-service-missing 12'] },
    { written: { path: '/foo', port: 'number: 81' }, says: ['warning ingress-port-missing 12'] },
    { written: { path: '/foo', className: 'other' }, says: ['warning ingress-not-taken 5'] },
    {
      written: { path: '/foo(', pathType: 'ImplementationSpecific', annotations: regex },
      says: ['warning ingress-config-refused 10'],
    },
  ])('$written is told $says', ({ written, says }) => {
    expect(warnings(written)).toEqual(says)
  })
  test('that makes its host one of regular expressions is told to the other', () => {
    const lab = chapterLab()
    const text = ingress({ path: '/a.*', pathType: 'ImplementationSpecific', annotations: regex })
    lab.apply(parseFile('mine.yaml', text), text)
    const chapter = ingress({ path: '/foo' }).replace('name: mine', 'name: web01')
    expect(lab.apply(parseFile('web01.yaml', chapter), chapter).diagnostics).toMatchObject([
      { code: 'ingress-regex-spreads', values: { host: 'web01', by: 'default/mine' } },
    ])
  })
})
