/** Which known differences the list shows. */
import {
  differenceAreas,
  differenceIds,
  knownDifferences,
  type DifferenceArea,
  type DifferenceId,
} from '../sim/known-differences.ts'

/** Area by area in the list's order, without those that have nothing to show. */
export interface ShownArea {
  readonly area: DifferenceArea
  readonly ids: readonly DifferenceId[]
}

/**
 * The differences whose words have every word of the filter, in any case.
 * @param wordsOf all that is said of one: its sentences, area, source
 */
export function shownDifferences(
  filter: string,
  wordsOf: (id: DifferenceId) => string,
): readonly ShownArea[] {
  const words = filter.toLowerCase().split(/\s+/)
  const shown = differenceIds.filter((id) => {
    const said = wordsOf(id).toLowerCase()
    return words.every((word) => said.includes(word))
  })
  return differenceAreas
    .map((area) => ({ area, ids: shown.filter((id) => knownDifferences[id].area === area) }))
    .filter(({ ids }) => ids.length > 0)
}
