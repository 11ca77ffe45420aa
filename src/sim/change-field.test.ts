import { describe, expect, test } from 'vitest'
import { parseFile } from './manifest/parse-file.ts'
import { chapterLab, chapterText } from './trace/chapter-lab.fixture.ts'
import type { Lab } from './lab.ts'

const object = { kind: 'Service', namespace: 'default', name: 'nginx' }
const path = ['spec', 'externalTrafficPolicy']
const head = 'apiVersion: v1\nkind: Service\nmetadata: { name: nginx }\n'
const ports = 'ports: [{ port: 80 }]'

function changed(text: string, word = 'Local'): string {
  const lab = applied(text)
  const change = lab.changeField([typed(text)], { object, path, word })
  return change.kind === 'edit' ? change.text : change.kind
}

function applied(text: string): Lab {
  const lab = chapterLab()
  lab.apply(parseFile('nginx-service.yaml', text), text, { prune: true })
  return lab
}

function typed(text: string) {
  return { parsed: parseFile('nginx-service.yaml', text), text }
}

describe('changing a field in the text', () => {
  test.each([
    {
      name: 'replaces the word and nothing else',
      text: `${head}spec:\n  type: NodePort\n  externalTrafficPolicy: Cluster # all nodes\n  ${ports}\n`,
      becomes: `${head}spec:\n  type: NodePort\n  externalTrafficPolicy: Local # all nodes\n  ${ports}\n`,
    },
    {
      name: 'adds a field in front of the others',
      text: `${head}spec:\n  # for all\n  type: NodePort\n  ${ports}\n`,
      becomes: `${head}spec:\n  # for all\n  externalTrafficPolicy: Local\n  type: NodePort\n  ${ports}\n`,
    },
    {
      name: 'adds a field between braces',
      text: `${head}spec: { type: NodePort, ${ports} }\n`,
      becomes: `${head}spec: { externalTrafficPolicy: Local, type: NodePort, ${ports} }\n`,
    },
    {
      name: 'adds a field to JSON',
      text: '{"apiVersion":"v1","kind":"Service","metadata":{"name":"nginx"},"spec":{"type":"NodePort","ports":[{"port":80}]}}',
      becomes:
        '{"apiVersion":"v1","kind":"Service","metadata":{"name":"nginx"},"spec":{"externalTrafficPolicy": "Local", "type":"NodePort","ports":[{"port":80}]}}',
    },
    {
      name: 'writes no field where the cluster says so already',
      text: `${head}spec:\n  type: NodePort\n  ${ports}\n`,
      word: 'Cluster',
      becomes: 'unchanged',
    },
  ])('$name', ({ text, word, becomes }) => {
    expect(changed(text, word)).toBe(becomes)
  })

  test('gives a text that the cluster takes, and then says so', () => {
    const text = chapterText('nginx-service.yaml').replace('spec:\n', 'spec:\n  type: NodePort\n')
    const after = changed(text)
    expect(
      applied(after).cluster.services.find(({ ref }) => ref.name === 'nginx')?.externalTrafficPolicy,
    ).toBe('Local')
  })

  test('leaves a text with an error alone', () => {
    const lab = applied(`${head}spec: { type: NodePort, ${ports} }\n`)
    const broken = `${head}spec: { type: NodePort, prots: [] }\n`
    expect(lab.changeField([typed(broken)], { object, path, word: 'Local' }).kind).toBe('broken')
  })

  test('has nowhere to type for what no file holds', () => {
    expect(chapterLab().changeField([], { object, path, word: 'Local' })).toEqual({ kind: 'nowhere' })
  })
})
