/** The scenario that the page's address names: `?scenario=two-subnets`. An address without one means the first. */

/** The id, as written; undefined where none is named. */
export function scenarioIn(address: string): string | undefined {
  return new URL(address).searchParams.get('scenario') ?? undefined
}

/** The address with the scenario named, or with none for the first; whatever else stands in it stays. */
export function withScenario(address: string, id: string, isFirst: boolean): string {
  const url = new URL(address)
  if (isFirst) url.searchParams.delete('scenario')
  else url.searchParams.set('scenario', id)
  return url.href
}
