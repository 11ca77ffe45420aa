/** The rows inside cards: what decided there, in the order tried, with what became of each by the hop at which it is known. */
import { objectKey } from '../../sim/cluster/object-ref.ts'
import { drawOf } from '../../playback/draw-of.ts'
import { drawTimes, type DrawTime } from '../../playback/draw-times.ts'
import type { ChainRowView } from '../../sim/snapshot.ts'
import type { Candidate, Evidence, Hop } from '../../sim/trace/trace.ts'
import type { Outcome, Row } from './scene.ts'

/** More rows than this fold; the first, the winner and the last stay. */
const mostRows = 8
const atOnce: DrawTime = { fromMs: 0, toMs: 0 }

/**
 * The rows of a chain: as a draw tried them, else as kube-proxy wrote them. A candidate that is no endpoint (the masquerade check) is
 * marked `·`; an endpoint has its number.
 * @param hops those at this card
 * @param views the chain of the port that is asked, from the snapshot
 */
export function chainRows(hops: readonly Hop[], views: readonly ChainRowView[]): readonly Row[] {
  const draws = hops.filter((hop) => drawOf(hop) !== undefined)
  const first = draws[0] && drawOf(draws[0])
  const rows = first === undefined ? views.map(restingRow) : first.candidates.map(triedRow(views))
  const won = new Set(
    draws
      .flatMap((hop) => hop.evidence[0]?.candidates ?? [])
      .filter(isWinner)
      .map(({ id }) => id),
  )
  return folded(
    rows.map((row) => ({ ...row, outcomes: draws.flatMap((hop) => outcomesOf(hop, row.id)) })),
    won,
  )
}

/** The rules by which a node port was found, a row each that was taken: in which chain, and where it jumped. */
export function dispatchRows(hops: readonly Hop[]): readonly Row[] {
  return hops
    .filter(({ kind }) => kind === 'dispatch')
    .flatMap((hop) =>
      hop.evidence
        .flatMap(({ candidates }) => candidates)
        .filter((candidate) => isWinner(candidate) && chainOf(candidate) !== 'KUBE-SERVICES')
        .map((candidate) => ({
          id: candidate.id,
          mark: '·',
          name: chainOf(candidate),
          outcomes: [{ ...outcome(hop, 'won'), reason: candidate.reason }],
        })),
    )
}

/** A row for each station that let the packet pass unseen, or ended it; a packet that is sent again meets the same one. */
export function saidRows(hops: readonly Hop[]): readonly Row[] {
  const rows: Row[] = []
  for (const hop of hops.filter(isEnding)) {
    const said = { ...outcome(hop, hop.kind === 'no-match' ? 'lost' : 'won'), ...endingOf(hop) }
    const name = hop.place.hook ?? hop.label
    const at = rows.findIndex((row) => row.name === name)
    const known = rows[at]
    if (known === undefined) rows.push({ id: `hop/${hop.index}`, mark: '·', name, outcomes: [said] })
    else rows[at] = { ...known, outcomes: [...known.outcomes, said] }
  }
  return rows
}

/** What an ingress controller decided, a row a kind of evidence: certificate, server, location, upstream. */
export function controllerRows(hops: readonly Hop[]): readonly Row[] {
  const decided = hops
    .filter((hop) => hop.kind === 'match')
    .flatMap((hop) => hop.evidence.map((evidence) => ({ hop, evidence })))
  // A second try asks the same again: the first of each kind stands.
  return decided.flatMap(({ hop, evidence }, index) => {
    const { kind, candidates } = evidence
    const winner = candidates.find(isWinner)
    const isFirst = decided.findIndex((each) => each.evidence.kind === kind) === index
    if (winner === undefined || !isFirst) return []
    return [{ id: kind, mark: kind, name: winner.name, outcomes: [outcome(hop, 'won')] }]
  })
}

/** The search list, a rung a name, with what each name got by the hop that says so. */
export function ladderRows(
  hops: readonly Hop[],
): { readonly evidence: Evidence; readonly rows: readonly Row[] } | undefined {
  const said = hops.flatMap((hop) => hop.evidence.filter(isSearchList).map((evidence) => ({ hop, evidence })))
  const [first, last] = [said[0], said.at(-1)]
  if (first === undefined || last === undefined) return undefined
  const rows = first.evidence.candidates.map(({ id, name }, index) => {
    const asked = lastHopAsking(hops, name)
    const isEarly = asked !== undefined && asked.index < last.hop.index
    return {
      id,
      mark: String(index + 1),
      name,
      outcomes: [...said, ...(isEarly ? [{ hop: asked, evidence: last.evidence }] : [])]
        .toSorted((a, b) => a.hop.index - b.hop.index)
        .flatMap(({ hop, evidence }) =>
          evidence.candidates
            .filter((candidate) => candidate.id === id)
            .map((candidate) => ({ ...outcome(hop, candidate.verdict), reason: candidate.reason })),
        ),
    }
  })
  return { evidence: first.evidence, rows }
}

/** The end of the last exchange in which this name was asked: what it got is known from then on, before the whole list is told. */
function lastHopAsking(hops: readonly Hop[], name: Candidate['name']): Hop | undefined {
  const asking = hops.findLast(
    ({ message }) => message?.kind === 'dns' && message.message.question.name === name,
  )
  return asking && hops.findLast(({ exchange }) => exchange === asking.exchange)
}

/** What is known of a row at a step. */
export function outcomeAt(row: Row, step: number): Outcome | undefined {
  return row.outcomes.findLast(({ hop }) => hop <= step)
}

function isEnding({ kind }: Hop): boolean {
  return kind === 'no-match' || kind === 'refuse' || kind === 'drop'
}

/** A rule's chain, out of its id `table chain number`, without the hash that only a machine reads. */
function chainOf({ id, name }: Candidate): string {
  return id.split(' ')[1]?.replace(/^(KUBE-[A-Z]+)-[A-Z2-7]{16}$/, '$1') ?? name
}

function restingRow(view: ChainRowView, index: number): Row {
  return {
    id: view.ruleId,
    mark: String(index + 1),
    name: view.endpoint,
    ...(view.chosenBy === 'no-draw' ? { always: true as const } : {}),
    ...(view.chosenBy === 'own-draw' ? { probability: view.probability } : {}),
    share: view.share,
    outcomes: [],
    ...leadsTo(view),
  }
}

function triedRow(views: readonly ChainRowView[]): (candidate: Candidate) => Row {
  let number = 0
  return (candidate) => {
    const view = views.find((each) => isOf(each, candidate))
    const takesTheRest = view === undefined ? isEndpointChain(candidate) : view.chosenBy === 'no-draw'
    const isEndpoint = view !== undefined || candidate.draw !== undefined || takesTheRest
    if (isEndpoint) number += 1
    return {
      id: candidate.id,
      mark: isEndpoint ? String(number) : '·',
      name: candidate.name,
      ...(takesTheRest ? { always: true as const } : {}),
      ...probability(candidate, view),
      ...(view === undefined ? {} : { share: view.share, ...leadsTo(view) }),
      outcomes: [],
    }
  }
}

/** The last endpoint of a chain, which needs no draw, is named by its own chain. The snapshot has no chain of policy Local: it differs by node. */
function isEndpointChain({ name, draw }: Candidate): boolean {
  return draw === undefined && name.startsWith('KUBE-SEP-')
}

/** A real server stands behind every address of its Service; the card has it as one of the ClusterIP's. */
function isOf({ ruleId, chosenBy, endpoint }: ChainRowView, { id, name }: Candidate): boolean {
  return ruleId === id || (chosenBy === 'scheduler' && endpoint === name)
}

function probability(candidate: Candidate, view: ChainRowView | undefined) {
  const value = candidate.draw?.probability ?? (view?.chosenBy === 'own-draw' ? view.probability : undefined)
  return value === undefined ? {} : { probability: value }
}

function leadsTo({ pod }: ChainRowView) {
  return pod === undefined ? {} : { leadsTo: objectKey(pod) }
}

function outcomesOf(hop: Hop, id: string): readonly Outcome[] {
  const candidates = drawOf(hop)?.candidates ?? []
  const times = drawTimes(candidates)
  return candidates.flatMap((candidate, index) =>
    candidate.id === id
      ? [
          {
            ...outcome(hop, candidate.verdict),
            reason: candidate.reason,
            time: times[index] ?? atOnce,
            ...(candidate.draw === undefined ? {} : { drawn: candidate.draw.drawn }),
          },
        ]
      : [],
  )
}

function outcome(hop: Hop, verdict: Candidate['verdict']): Outcome {
  return { hop: hop.index, verdict, reason: hop.label, phase: hop.phase, time: atOnce }
}

function endingOf({ kind }: Hop): Pick<Outcome, 'ending'> {
  if (kind === 'refuse') return { ending: 'refused' }
  return kind === 'drop' ? { ending: 'dropped' } : {}
}

function isWinner({ verdict }: Candidate): boolean {
  return verdict === 'won'
}

function isSearchList({ kind }: Evidence): boolean {
  return kind === 'search-list'
}

/** The first five, the winners and the last stay; what lies between folds into one row where it stood. */
function folded(rows: readonly Row[], won: ReadonlySet<string>): readonly Row[] {
  if (rows.length <= mostRows) return rows
  const stays = (row: Row, index: number) =>
    index < mostRows - 3 || index === rows.length - 1 || won.has(row.id)
  return rows.reduce<Row[]>((kept, row, index) => {
    const last = kept.at(-1)
    if (stays(row, index)) kept.push(row)
    else if (last?.folded === undefined)
      kept.push({ id: `fold/${index}`, mark: '…', name: '', outcomes: [], folded: 1 })
    else kept[kept.length - 1] = { ...last, folded: last.folded + 1 }
    return kept
  }, [])
}
