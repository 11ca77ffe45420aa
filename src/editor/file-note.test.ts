import { describe, expect, test } from 'vitest'
import { fileNote, type FileFacts } from './file-note.ts'

const service = { kind: 'Service', namespace: 'default', name: 'nginx' }
const did = (verb: string, file = 'a.yaml') => ({ file, changed: [{ ref: service, verb }] })
const facts: FileFacts = {
  file: 'a.yaml',
  state: { kind: 'applied', errors: 0, warnings: 0 },
  isPatch: false,
  isEmpty: false,
  applyNote: undefined,
  stepLines: [],
}
const waiting: FileFacts = { ...facts, state: { kind: 'waiting', errors: 0, warnings: 0 } }
const broken: FileFacts = { ...facts, state: { kind: 'broken', errors: 1, warnings: 0 } }

const notes: readonly { readonly name: string; readonly of: FileFacts; readonly is: string }[] = [
  { name: 'as it was shipped', of: facts, is: 'applied ()' },
  {
    name: 'just applied',
    of: { ...facts, applyNote: did('configured') },
    is: 'applied (service/nginx configured)',
  },
  {
    name: 'whose neighbour was just applied',
    of: { ...facts, applyNote: did('configured', 'b.yaml') },
    is: 'applied ()',
  },
  {
    name: 'broken since it was applied',
    of: { ...broken, applyNote: did('configured') },
    is: 'broken ()',
  },
  { name: 'not applied', of: waiting, is: 'waiting ()' },
  { name: 'just added', of: { ...waiting, isEmpty: true }, is: 'empty ()' },
  { name: 'that is a patch', of: { ...waiting, isPatch: true }, is: 'patch ()' },
  {
    name: 'whose objects were just deleted',
    of: { ...waiting, applyNote: did('deleted') },
    is: 'waiting (service/nginx deleted)',
  },
]

describe('the note of a file', () => {
  test.each(notes)('$name is $is', ({ of, is }) => {
    const { says, changes } = fileNote(of)
    expect(`${says} (${changes.join(', ')})`).toBe(is)
  })
})
