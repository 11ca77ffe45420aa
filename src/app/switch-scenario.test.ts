import { expect, describe, test, vi } from 'vitest'
import { memoryStorage, pageOver, snapshotAt } from './small-lab.fixture.ts'
import { createSwitch } from './switch-scenario.ts'

/** Three scenarios over one storage. `broken` cannot be opened. */
async function opened() {
  const storage = memoryStorage()
  const draw = vi.fn<(page: Pick<ReturnType<typeof pageOver>, 'store'>) => void>()
  const open = vi.fn<(id: string) => Promise<{ id: string } & ReturnType<typeof pageOver>>>(async (id) => {
    if (id === 'broken') throw new Error('no such chunk')
    return { id, ...pageOver(storage, { ...snapshotAt(1), scenario: id }) }
  })
  const pages = createSwitch({
    cards: [],
    open: async (id) => ({ ...(await open(id)), close: () => undefined }),
    draw,
    chosen: () => undefined,
  })
  await pages.show('test')
  return { pages, draw, open, state: () => pages.shown()?.store.getState() }
}

describe('going from scenario to scenario', () => {
  test('finds what was typed there, and nothing of the other', async () => {
    const { pages, state } = await opened()
    state()?.fileTyped('web.yaml', 'replicas: 3')
    await pages.show('other')
    expect(state()?.drafts).toEqual({})
    await pages.show('test')
    expect(state()?.drafts).toEqual({ 'web.yaml': 'replicas: 3' })
  })

  test('opens each once', async () => {
    const { pages, open } = await opened()
    await pages.show('other')
    await pages.show('test')
    await pages.show('other')
    expect(open.mock.calls).toEqual([['test'], ['other']])
  })

  test('takes theme and language along', async () => {
    const { pages, state } = await opened()
    await pages.show('other')
    state()?.themeChosen('dark')
    state()?.languageChosen('zh-CN')
    await pages.show('test')
    expect(state()).toMatchObject({ theme: 'dark', language: 'zh-CN' })
  })

  test('stays where it is when the other cannot be opened, and tries again when asked again', async () => {
    const { pages, open, state } = await opened()
    await expect(pages.show('broken')).rejects.toThrow('no such chunk')
    expect(state()?.snapshot.scenario).toBe('test')
    await expect(pages.show('broken')).rejects.toThrow('no such chunk')
    expect(open).toHaveBeenCalledTimes(3)
  })

  test('shows the later of two that were asked for', async () => {
    const { pages, state, draw } = await opened()
    await Promise.all([pages.show('other'), pages.show('third')])
    expect(state()?.snapshot.scenario).toBe('third')
    expect(draw.mock.calls.map(([{ store }]) => store.getState().snapshot.scenario)).toEqual([
      'test',
      'third',
    ])
  })
})
