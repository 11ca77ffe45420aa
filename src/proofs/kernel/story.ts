/**
 * Steps that follow upon each other, taken in a kernel and in the simulator alike: what both remember from packet to packet must come
 * to the same. What is chance in either (which Pod, which ephemeral port) is told by letters, in the order in which it appears.
 */
import type { Lab } from '../../sim/lab.ts'
import type { IpAddress } from '../../sim/network/address.ts'
import type { OutcomeLine } from './outcome.ts'
import type { Check } from './proof.ts'

/** A cluster's machines, real or simulated. Vantages and addresses as in a flow; `to` is `ADDRESS:PORT`. */
export interface Machines {
  /** Puts the rules of this cluster in place of those before; what kernels remember stays. */
  readonly load: (lab: Lab) => Promise<void>
  /** Opens a connection, and closes it again unless it is to be held under a name. */
  readonly connect: (from: string, to: string, how?: ConnectHow) => Promise<OutcomeLine>
  /** Asks for an answer on a connection that is held: {@link ANSWERED}, {@link CLOSED}, or what else became of it. */
  readonly ask: (held: string) => Promise<string>
  readonly release: (held: string) => Promise<void>
  /** Sends a datagram; `port` is the sender's own, an ephemeral one where absent. */
  readonly datagram: (from: string, to: string, port?: number) => Promise<OutcomeLine>
  /** So many flows at one moment, each waiting a short while: `6 × port-unreachable from …, 44 × silence`. */
  readonly burst: (from: string, url: string, count: number) => Promise<string>
  readonly ping: (from: string, to: string) => Promise<OutcomeLine>
  /** What `conntrack -L` prints on a node, a line an entry. */
  readonly conntrack: (node: string) => Promise<readonly string[]>
  readonly wait: (ms: number) => Promise<void>
  /** Ends what listens in a Pod, at once (SIGKILL): its kernel closes the connections. It is back with the next story. */
  readonly kill: (pod: string) => Promise<void>
  /** Takes a Pod's interface away, as its deletion does in the end; rules stay. It is back with the next story. */
  readonly remove: (pod: string) => Promise<void>
  /** Gives a host another way to some addresses, or takes its way from it; it comes back with the next story. */
  readonly reroute: (host: string, destination: string, via: IpAddress | 'nowhere') => Promise<void>
}

export interface ConnectHow {
  readonly hold?: string
  readonly patienceMs?: number
}

/** What {@link Machines.ask} gives where the answer came. */
export const ANSWERED = 'answered'
/** What it gives where the other end has closed the connection. */
export const CLOSED = 'closed by the other end'

/** One thing that a story found, in words that both worlds have. */
export interface Told {
  readonly what: string
  readonly came: string
}

export interface Story {
  readonly title: string
  readonly tell: (machines: Machines) => Promise<readonly Told[]>
}

/** Simulated ones, whose clock can be put forward: to so many milliseconds after their beginning, at least. */
export interface SimulatedMachines extends Machines {
  readonly reach: (sinceBeginningMs: number) => void
}

/**
 * Tells a story in both worlds and compares them, word by word. Each step of the simulator's begins as late as the kernel's did, since
 * a busy machine takes longer, and time counts.
 */
export async function compareStory(
  { tell }: Story,
  kernel: Machines,
  simulator: SimulatedMachines,
): Promise<readonly Check[]> {
  const begun: number[] = []
  const startedAt = performance.now()
  const real = lettered(await tell(stepByStep(kernel, () => begun.push(performance.now() - startedAt))))
  let steps = 0
  const inStep = stepByStep(simulator, () => simulator.reach(begun[steps++] ?? 0))
  const simulated = lettered(await tell(inStep))
  return real.map(({ what, came }, index) => {
    const other = simulated[index]?.came ?? ''
    const difference = `kernel    ${came}\n  simulator ${other}`
    return { what, ...(sameText(came, other) ? {} : { difference }) }
  })
}

/** The machines, with something done before each step. */
function stepByStep(machines: Machines, before: () => void): Machines {
  const step =
    <Given extends readonly unknown[], Result>(act: (...given: Given) => Result) =>
    (...given: Given): Result => {
      before()
      return act(...given)
    }
  return {
    load: step(machines.load),
    connect: step(machines.connect),
    ask: step(machines.ask),
    release: step(machines.release),
    datagram: step(machines.datagram),
    burst: step(machines.burst),
    ping: step(machines.ping),
    conntrack: step(machines.conntrack),
    wait: step(machines.wait),
    kill: step(machines.kill),
    remove: step(machines.remove),
    reroute: step(machines.reroute),
  }
}

/** How far seconds left may be apart: a real story takes a moment. */
const SECONDS_APART = 3

/** `<N s>` is a time left; all else must be the same. */
function sameText(a: string, b: string): boolean {
  const seconds = /<(\d+) s>/g
  const [left, right] = [a, b].map((text) => [...text.matchAll(seconds)].map(([, count]) => Number(count)))
  if (a.replaceAll(seconds, '') !== b.replaceAll(seconds, '')) return false
  return (left ?? []).every((each, index) => Math.abs(each - (right?.[index] ?? 0)) <= SECONDS_APART)
}

/** Ports that stories speak of themselves: no chance is in them. */
const PORTS_BY_NAME = new Set(['5353', '30080', '30053', '40000', '40001'])

/** With a letter for each server, and a number for each ephemeral port, from the first that is told. */
function lettered(told: readonly Told[]): readonly Told[] {
  const names = new Map<string, string>()
  const named = (name: string, made: (count: number) => string) => {
    const known = names.get(name) ?? made([...names.values()].filter((each) => each[0] === made(0)[0]).length)
    names.set(name, known)
    return known
  }
  return told.map(({ what, came }) => ({
    what,
    came: came
      .replaceAll(/default\/web-\d/g, (name) => named(name, (count) => `Pod ${'ABCDE'[count] ?? '?'}`))
      .replaceAll(/(?<=port=)\d{4,5}\b/g, (port) =>
        PORTS_BY_NAME.has(port) ? port : named(port, (count) => `port ${count + 1}`),
      )
      .replaceAll(/(?<=id=)\d+/g, (id) => named(`id ${id}`, (count) => `id ${count + 1}`)),
  }))
}

/** How often each outcome came, the most telling one first: silence last. */
export function tally(lines: readonly OutcomeLine[]): string {
  const counts = new Map<string, number>()
  for (const line of lines) counts.set(line, (counts.get(line) ?? 0) + 1)
  const silentLast = (a: readonly [string, number], b: readonly [string, number]) =>
    Number(a[0] === 'silence') - Number(b[0] === 'silence') || (a[0] < b[0] ? -1 : 1)
  return [...counts]
    .toSorted(silentLast)
    .map(([line, count]) => `${count} × ${line}`)
    .join(', ')
}
