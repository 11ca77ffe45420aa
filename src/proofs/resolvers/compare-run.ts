/** A program's real run beside the simulated one: what was sent, then what was printed. */
import type { Printed } from '../../shell/lookups/printed.ts'
import { withoutChance } from '../conformance/printed-command.ts'
import type { Heard } from './name-server.ts'
import type { SentQuery, SimulatedRun } from './simulated-program.ts'

/** A run of a real program. */
export interface RealRun {
  readonly heard: readonly Heard[]
  readonly printed: Printed
  readonly tookMs: number
}

/** How much longer than the simulated one a real run may take: its start, and a second that another program's answers took. */
const LATENESS_MS = 1500
/** Timers of whole seconds are set a little before the clock that measures them. */
const EARLINESS_MS = 300

/**
 * The first difference, in lines for a person, with what the real program asked and got; undefined: none.
 * @param closed what the simulator sends there nobody can have heard
 */
export function differenceOf(real: RealRun, simulated: SimulatedRun, closed: string): string | undefined {
  const difference =
    sendingDiffers(real, simulated, closed) ??
    differs('standard output', linesOf(real.printed.stdout), linesOf(simulated.printed.stdout)) ??
    differs('standard error', linesOf(real.printed.stderr), linesOf(simulated.printed.stderr)) ??
    differs('exit status', [String(real.printed.exitCode)], [String(simulated.printed.exitCode)]) ??
    timeDiffers(real.tookMs, simulated.tookMs)
  if (difference === undefined) return undefined
  const heard = real.heard.map((each) => `      ${sentText(each)} → ${replyText(each)}`)
  return [difference, '    the real program asked', ...heard].join('\n')
}

function timeDiffers(realMs: number, simulatedMs: number): string | undefined {
  const late = realMs - simulatedMs
  if (late <= LATENESS_MS && late >= -EARLINESS_MS) return undefined
  return differs('seconds', [String(realMs / 1000)], [String(simulatedMs / 1000)])
}

function replyText({ reply }: Heard): string {
  if (reply.kind !== 'reply') return reply.kind
  const { rcode, flags, answer } = reply.message
  const set = (['aa', 'ra', 'tc'] as const).filter((flag) => flags[flag])
  return [rcode, ...set, `${answer.length} records`].join(' ')
}

function sendingDiffers(real: RealRun, simulated: SimulatedRun, closed: string): string | undefined {
  const batches = simulated.batches
    .map((batch) => batch.filter(({ server }) => server !== closed))
    .filter((batch) => batch.length > 0)
  if (!batches.some(isParallel)) {
    const wanted = batches.map((batch) => batch.map(sentText))
    return differs('sent', inBatches(real.heard.map(sentText), wanted), wanted.flat())
  }
  // Of servers that are asked at once, the first to answer leads on: only what each of them was sent has an order, and how often one
  // that fails is asked again hangs on how soon another answers.
  const servers = [...new Set(batches.flat().map(({ server }) => server))]
  return servers
    .map((server) => {
      const own = ({ server: at }: SentQuery) => at === server
      const wanted = batches.map((batch) => batch.filter(own).map(sentText))
      const heard = inBatches(real.heard.filter(own).map(sentText), wanted)
      return differs('sent', withoutRepeats(heard), withoutRepeats(wanted.flat()))
    })
    .find((difference) => difference !== undefined)
}

function withoutRepeats(lines: readonly string[]): readonly string[] {
  return lines.filter((line, index) => line !== lines[index - 1])
}

function isParallel(batch: readonly SentQuery[]): boolean {
  return batch.some(({ server }) => server !== batch[0]?.server)
}

/** `10.96.1.10 UDP nginx. A rd ad edns:1232 cookie` */
function sentText({ server, transport, query }: SentQuery): string {
  const { flags, edns, question } = query
  const words = [
    flags.rd ? 'rd' : '',
    flags.ad ? 'ad' : '',
    edns === undefined ? '' : `edns:${edns.udpSize}`,
    edns?.cookie === undefined ? '' : 'cookie',
  ].filter((word) => word !== '')
  return [server, transport, question.name, question.type, ...words].join(' ')
}

/**
 * What was heard, each stretch that a batch of the simulator covers in that batch's order if it has the same questions: among those that
 * wait for nothing, retries may overtake, and several servers' sockets are read in any order.
 */
function inBatches(heard: readonly string[], wanted: readonly (readonly string[])[]): readonly string[] {
  let at = 0
  const ordered = wanted.flatMap((batch) => {
    const stretch = heard.slice(at, at + batch.length)
    at += batch.length
    return stretch.toSorted().join('\n') === batch.toSorted().join('\n') ? batch : stretch
  })
  return [...ordered, ...heard.slice(at)]
}

function linesOf(text: string): readonly string[] {
  return withoutChance(text).split('\n')
}

function differs(what: string, real: readonly string[], simulated: readonly string[]): string | undefined {
  if (real.join('\n') === simulated.join('\n')) return undefined
  const at = real.findIndex((line, index) => line !== simulated[index])
  const place = at < 0 ? real.length : at
  const shown = (lines: readonly string[]) => lines.map((line) => `      ${JSON.stringify(line)}`).join('\n')
  return `${what}, from line ${place + 1}:\n    real\n${shown(real)}\n    simulator\n${shown(simulated)}`
}
