import { describe, expect, test } from 'vitest'
import { keepDraft, readDrafts, storageOf, withDeed, type Deed } from './kept-work.ts'
import { memoryStorage } from './small-lab.fixture.ts'

/** `apply web 3` is one deed; the last word is the text. */
function deeds(...lines: readonly string[]): readonly Deed[] {
  return lines.map((line) => {
    const [kind = '', file = '', text = ''] = line.split(' ')
    const target = { kind: 'Service', namespace: 'default', name: 'web' }
    if (kind === 'patch') return { kind, file, text, target }
    if (kind === 'delete') return { kind, file }
    return kind === 'add' ? { kind, file, text } : { kind: 'apply', file, text }
  })
}

describe('a run of deeds', () => {
  test.each([
    {
      name: 'keeps only the last text of a file',
      done: ['apply web 5', 'apply web 3'],
      kept: ['apply web 3'],
    },
    {
      name: 'keeps the order in which files came',
      done: ['apply a 1', 'apply b 1', 'apply a 2'],
      kept: ['apply a 2', 'apply b 1'],
    },
    {
      name: 'begins anew after a patch, which may hold against an earlier text only',
      done: ['apply web 1', 'patch np x', 'apply web 2'],
      kept: ['apply web 1', 'patch np x', 'apply web 2'],
    },
    {
      name: 'begins anew after a delete',
      done: ['apply web 1', 'delete web', 'apply web 1'],
      kept: ['apply web 1', 'delete web', 'apply web 1'],
    },
    {
      name: 'tells a file that waits from one that was applied',
      done: ['add mine 1', 'add mine 2', 'apply mine 2'],
      kept: ['add mine 2', 'apply mine 2'],
    },
  ])('$name', ({ done, kept }) => {
    const all = deeds(...done).reduce<readonly Deed[]>((list, deed) => withDeed(list, deed), [])
    expect(all).toEqual(deeds(...kept))
  })
})

describe('the work of several scenarios in one browser', () => {
  const storage = memoryStorage()
  const chapter = storageOf(storage, 'chapter-9', true)
  const modes = storageOf(storage, 'proxy-modes', false)

  test('is kept apart', () => {
    keepDraft(chapter, 'web.yaml', 'of the chapter')
    keepDraft(modes, 'web.yaml', 'of the modes')
    expect(readDrafts(chapter)).toEqual({ 'web.yaml': 'of the chapter' })
    expect(readDrafts(modes)).toEqual({ 'web.yaml': 'of the modes' })
  })

  test('is the chapter’s where it was kept before there was a choice', () => {
    storage.write('podpath.draft/old.yaml', 'typed last year')
    expect(readDrafts(chapter)).toHaveProperty(['old.yaml'], 'typed last year')
    expect(readDrafts(modes)).not.toHaveProperty(['old.yaml'])
  })
})
