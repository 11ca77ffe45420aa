import { describe, expect, test } from 'vitest'
import { phrase } from '../sim/phrase.ts'
import type { SourceCell, SourceQuestion } from '../sim/source-cells/source-cell.ts'
import { errorIn, pageOver } from './small-lab.fixture.ts'

const service = { kind: 'Service', namespace: 'default', name: 'web' }
const question: SourceQuestion = { service, vantage: 'node-port', policy: 'Local', mode: 'nftables' }
const sent: SourceCell = {
  kind: 'sent',
  request: { from: 'pod/default/pod', url: 'http://10.0.0.1/', method: 'GET', headers: [], seed: 3 },
  policyOf: service,
  verdict: { kind: 'answered', phrase: phrase('verdict.http') },
  reached: 'yes',
}

async function openTable() {
  const page = pageOver()
  page.lab.source.mockResolvedValue({ kind: 'cell', cell: sent })
  page.state().sourcesShown(service)
  await expect.poll(() => Object.keys(page.state().sources?.cells ?? {})).toHaveLength(54)
  return page
}

describe('the table of sources', () => {
  test('asks each vantage under both policies in the three modes, and keeps every answer', async () => {
    const { state, lab } = await openTable()
    expect(lab.source).toHaveBeenCalledTimes(54)
    expect(state().sources?.cells['node-port Local nftables']).toEqual(sent)
  })

  test('asks no more once it is closed', async () => {
    const { state, lab } = pageOver()
    lab.source.mockImplementation(async () => {
      state().sourcesClosed()
      return { kind: 'cell', cell: sent }
    })
    state().sourcesShown(service)
    await expect.poll(() => state().sources).toBeUndefined()
    expect(lab.source).toHaveBeenCalledTimes(1)
  })

  test('a cell that is opened brings its mode, its policy and its request to kernels that have seen nothing', async () => {
    const { state, lab } = await openTable()
    await state().sourcePlayed(question)
    await expect.poll(() => lab.send.mock.calls.length).toBe(1)
    expect(lab.changeMode).toHaveBeenCalledWith(expect.anything(), 'nftables')
    expect(lab.changeField).toHaveBeenCalledWith(expect.anything(), {
      object: service,
      path: ['spec', 'externalTrafficPolicy'],
      word: 'Local',
    })
    expect(lab.forget.mock.invocationCallOrder[0]).toBeLessThan(lab.send.mock.invocationCallOrder[0] ?? 0)
    expect(lab.send).toHaveBeenCalledWith(expect.objectContaining({ url: 'http://10.0.0.1/', seed: 3 }))
    expect(state().sources).toBeUndefined()
  })

  test('a cell whose policy cannot be typed says so and is not sent', async () => {
    const { state, lab } = await openTable()
    lab.changeField.mockResolvedValueOnce({ kind: 'broken', problem: errorIn('web.yaml') })
    await state().sourcePlayed(question)
    expect(state().sources?.problem).toMatchObject({ kind: 'field', field: 'externalTrafficPolicy' })
    expect(lab.send).not.toHaveBeenCalled()
  })

  test('says when the simulator fails, and asks no more', async () => {
    const { state, lab } = pageOver()
    lab.source.mockResolvedValue({ kind: 'failed', diagnostic: errorIn('') })
    state().sourcesShown(service)
    await expect.poll(() => state().sources?.problem?.kind).toBe('simulator-failed')
    expect(lab.source).toHaveBeenCalledTimes(1)
  })
})
