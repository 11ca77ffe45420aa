import { describe, expect, test } from 'vitest'
import { errorIn, pageOver } from './small-lab.fixture.ts'

describe('cutting a node off', () => {
  test('types Unknown into its file and applies it; True brings it back', async () => {
    const { state, lab } = pageOver()
    lab.changeNode.mockResolvedValueOnce({ kind: 'edit', file: 'web.yaml', text: 'status: Unknown' })
    await state().nodeCutOff('host01', true)
    expect(lab.changeNode).toHaveBeenCalledWith(expect.anything(), 'host01', 'Unknown')
    expect(lab.apply).toHaveBeenCalledWith('web.yaml', 'status: Unknown', expect.anything())
    await state().nodeCutOff('host01', false)
    expect(lab.changeNode).toHaveBeenLastCalledWith(expect.anything(), 'host01', 'True')
    expect(state().nodeProblem).toBeUndefined()
  })

  test('says what stands in the way', async () => {
    const { state, lab } = pageOver()
    lab.changeNode.mockResolvedValueOnce({ kind: 'broken', problem: errorIn('web.yaml') })
    await state().nodeCutOff('host01', true)
    expect(state().nodeProblem).toMatchObject({ node: 'host01', change: { kind: 'broken' } })
    state().nodeProblemSeen()
    expect(state().nodeProblem).toBeUndefined()
  })
})
