import { describe, expect, test } from 'vitest'
import { phrase } from '../sim/phrase.ts'
import type { SourceCell, SourceQuestion } from '../sim/source-cells/source-cell.ts'
import { sourceKey } from '../sim/source-cells/source-vantages.ts'
import { runsOf } from './row-runs.ts'

const service = { kind: 'Service', namespace: 'default', name: 'web' }
const questions: readonly SourceQuestion[] = (['Cluster', 'Local'] as const).flatMap((policy) =>
  (['iptables', 'nftables'] as const).map((mode) => ({ service, vantage: 'vip', policy, mode })),
)
const noVip: SourceCell = { kind: 'none', reason: phrase('source.no-vip') }
const noPort: SourceCell = { kind: 'none', reason: phrase('source.no-node-port') }

function lengths(cells: readonly (SourceCell | undefined)[]): readonly number[] {
  const known = questions.flatMap((question, index) => {
    const cell = cells[index]
    return cell === undefined ? [] : [[sourceKey(question), cell] as const]
  })
  return runsOf(questions, Object.fromEntries(known)).map((run) => run.questions.length)
}

describe('the cells of a row', () => {
  test('stand as one where they are empty for one reason', () => {
    expect(lengths([noVip, noVip, noVip, noVip])).toEqual([4])
  })
  test('stand apart where the reasons differ', () => {
    expect(lengths([noVip, noPort, noPort, noVip])).toEqual([1, 2, 1])
  })
  test('stand alone while the lab works on them', () => {
    expect(lengths([noVip, undefined, undefined, noVip])).toEqual([1, 1, 1, 1])
  })
})
