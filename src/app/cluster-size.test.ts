import { describe, expect, test } from 'vitest'
import { readDeeds } from './kept-work.ts'
import { errorIn, memoryStorage, pageOver, snapshotAt } from './small-lab.fixture.ts'

const sent = (count: number) =>
  ({ kind: 'sent', first: { rulesTried: count, byHost: { host01: count } } }) as const

describe('the number of Services', () => {
  test('is asked about from the small to the large, in every mode', async () => {
    const { store, lab } = pageOver()
    lab.servicesCost.mockImplementation(async (_, { services }) => sent(services))
    store.getState().requestEdited({ url: 'http://nginx/' })
    store.getState().clusterSizeShown()
    await expect.poll(() => lab.servicesCost.mock.calls.length).toBe(18)
    expect(lab.servicesCost.mock.calls.map(([, { services }]) => services).slice(0, 6)).toEqual([
      0, 0, 0, 10, 10, 10,
    ])
    expect(store.getState().sizes?.rows.at(-1)).toEqual({
      services: 30_000,
      costs: { iptables: sent(30_000), nftables: sent(30_000), ipvs: sent(30_000) },
    })
  })
  test('is asked about no more once the dialog is closed', async () => {
    const { store, lab } = pageOver()
    lab.servicesCost.mockImplementation(async () => {
      store.getState().clusterSizeClosed()
      return sent(1)
    })
    store.getState().requestEdited({ url: 'http://nginx/' })
    store.getState().clusterSizeShown()
    await expect.poll(() => store.getState().sizes).toBeUndefined()
    expect(lab.servicesCost).toHaveBeenCalledTimes(1)
  })
  test('that is chosen counts the cluster’s own among them, and is kept for the next time', async () => {
    const storage = memoryStorage()
    const { store, lab } = pageOver(storage)
    lab.crowd.mockResolvedValue({ changed: [], diagnostics: [], snapshot: { ...snapshotAt(2), crowd: 100 } })
    await store.getState().servicesChosen(100)
    await store.getState().servicesChosen(1000)
    expect(lab.crowd.mock.calls).toEqual([[100], [1000]])
    expect(readDeeds(storage)).toEqual([{ kind: 'crowd', count: 1000 }])
    expect(store.getState().snapshot.crowd).toBe(100)
  })
  test('that the cluster cannot have is said, and not kept', async () => {
    const storage = memoryStorage()
    const { store, lab } = pageOver(storage)
    lab.crowd.mockResolvedValue({ changed: [], diagnostics: [errorIn('')], snapshot: snapshotAt(1) })
    await store.getState().servicesChosen(30_000)
    expect(store.getState().sizeProblems).toHaveLength(1)
    expect(readDeeds(storage)).toEqual([])
  })
})
