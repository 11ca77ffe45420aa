/** What the filters of a rule do to a request and to its answer (apis/v1 HTTPRouteFilter). */
import type { HeaderChange, HttpRouteFilter, PathChange, PathMatch } from '../cluster/gateway-objects.ts'
import type { FilterStep, GatewayRequest, Headers } from './gateway-decision.ts'

/** Sets, adds and removes fields, in this order. Names without regard to case; what is added becomes a field of its own. */
function changeHeaders(headers: Headers, change: HeaderChange): Headers {
  const is = (a: string, b: string) => a.toLowerCase() === b.toLowerCase()
  const kept = headers.filter(([name]) => !change.set.some((field) => is(field.name, name)))
  const changed = [
    ...kept,
    ...[...change.set, ...change.add].map(({ name, value }) => [name, value] as const),
  ]
  return changed.filter(([name]) => !change.remove.some((each) => is(each, name)))
}

/** The path under a path modifier; the query is no part of it. `match` is the match that the request came by. */
export function changePath(path: string, change: PathChange, match: PathMatch): string {
  if (change.kind === 'ReplaceFullPath') return change.to
  const rest = path.slice(match.value.replace(/\/+$/, '').length)
  const replaced = `${change.to.replace(/\/+$/, '')}${rest}`
  return replaced.startsWith('/') ? replaced : `/${replaced}`
}

/** The request as the filters leave it, and what each did. Redirects and mirrors are not among them. */
export function filterRequest(
  request: GatewayRequest,
  filters: readonly HttpRouteFilter[],
  match: PathMatch,
): { readonly request: GatewayRequest; readonly steps: readonly FilterStep[] } {
  let changed = request
  const steps: FilterStep[] = []
  for (const filter of filters) {
    if (filter.kind === 'RequestHeaderModifier') {
      changed = { ...changed, headers: changeHeaders(changed.headers, filter.change) }
      steps.push({ filter, did: printChange(filter.change) })
    }
    if (filter.kind === 'URLRewrite') {
      const { hostname, path } = filter
      const [before = '', ...query] = changed.target.split(/(?=\?)/)
      const target =
        path === undefined ? changed.target : `${changePath(before, path, match)}${query.join('')}`
      const headers =
        hostname === undefined
          ? changed.headers
          : changed.headers.map(([name, value]) =>
              name.toLowerCase() === 'host' ? ([name, hostname] as const) : ([name, value] as const),
            )
      changed = { ...changed, target, headers }
      steps.push({
        filter,
        did: [
          ...(hostname === undefined ? [] : [`Host: ${hostname}`]),
          ...(path === undefined ? [] : [target]),
        ],
      })
    }
  }
  return { request: changed, steps }
}

/** The filters of the way back, to be carried out by {@link changeHeaders} on the answer. */
export function responseSteps(filters: readonly HttpRouteFilter[]): readonly FilterStep[] {
  return filters.flatMap((filter) =>
    filter.kind === 'ResponseHeaderModifier' ? [{ filter, did: printChange(filter.change) }] : [],
  )
}

/** The answer's header fields as the filters of the way back leave them. */
export function filterResponse(headers: Headers, steps: readonly FilterStep[]): Headers {
  return steps.reduce(
    (all, { filter }) => (filter.kind === 'ResponseHeaderModifier' ? changeHeaders(all, filter.change) : all),
    headers,
  )
}

function printChange({ set, add, remove }: HeaderChange): readonly string[] {
  return [
    ...set.map(({ name, value }) => `= ${name}: ${value}`),
    ...add.map(({ name, value }) => `+ ${name}: ${value}`),
    ...remove.map((name) => `- ${name}`),
  ]
}
