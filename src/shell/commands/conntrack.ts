/** conntrack 1.4.7 of Debian 12: the node's connections as the lab has them. */
import { err, finish, out, type Invocation, type Outcome } from '../program.ts'
import { isGiven, lastValue, readOptions, type GivenOption } from '../read-options.ts'
import { joinLines, linesOf } from './input-lines.ts'

const head = 'conntrack v1.4.7 (conntrack-tools): '

const table = {
  flags: ['L', 'C', 'D', 'F', 'S', 'dump', 'count', 'delete', 'flush', 'stats'],
  values: [
    'p',
    'proto',
    's',
    'src',
    'orig-src',
    'd',
    'dst',
    'orig-dst',
    'sport',
    'orig-port-src',
    'dport',
    'orig-port-dst',
    'state',
    'f',
    'family',
  ],
}

const protocols = ['tcp', 'udp', 'icmp', 'icmpv6', 'sctp', 'dccp', 'gre']

/** `conntrack -L|-D [-f ipv4|ipv6] [-p PROTO] [-s A] [-d A] [--sport N] [--dport N] [--state S]`, `-C`, `-F`, `-S`; the count goes to standard error. */
export function conntrack(call: Invocation): Outcome {
  const read = readOptions(call.args, table)
  if (!read.ok) return finish(2, err(`podpath: conntrack ${read.option} is not simulated\n`))
  const { options } = read
  const protocol = lastValue(options, 'p', 'proto')
  if (protocol !== undefined && !protocols.includes(protocol)) {
    const advice = "Try `conntrack -h' or 'conntrack --help' for more information.\n"
    return finish(2, err(`${head}\`${protocol}' unsupported protocol\n${advice}`))
  }
  const node = nodeOf(call)
  const family = lastValue(options, 'f', 'family')
  const version = family === 'ipv4' ? 4 : family === 'ipv6' ? 6 : undefined
  const lines = node === undefined ? [] : linesOf(call.lab.conntrack(node, version))
  if (isGiven(options, 'C', 'count')) return finish(0, out(`${lines.length}\n`))
  if (isGiven(options, 'S', 'stats')) return finish(0, out(call.lab.conntrackStatistics(node ?? '')))
  if (isGiven(options, 'F', 'flush')) {
    if (node !== undefined) call.lab.deleteConntrack(node, lines)
    return finish(0, err(`${head}connection tracking table has been emptied.\n`))
  }
  const chosen = lines.filter((line) => fits(line, options))
  if (isGiven(options, 'D', 'delete')) {
    if (node !== undefined) call.lab.deleteConntrack(node, chosen)
    const count = err(`${head}${chosen.length} flow entries have been deleted.\n`)
    return finish(chosen.length === 0 ? 1 : 0, out(joinLines(chosen)), count)
  }
  return finish(0, out(joinLines(chosen)), err(`${head}${chosen.length} flow entries have been shown.\n`))
}

/** A Pod has a table of its own, which nothing uses here; on the host's network it is the node's. */
function nodeOf(call: Invocation): string | undefined {
  const { machine } = call
  if (machine.kind === 'node') return machine.node.ref.name
  return machine.kind === 'pod' && machine.pod.hostNetwork ? machine.pod.nodeName : undefined
}

/** The first `src=`, `dst=`, `sport=`, `dport=` of a line are those of the original direction. */
function fits(line: string, options: readonly GivenOption[]): boolean {
  const first = (key: string) => new RegExp(`(?:^| )${key}=(\\S+)`).exec(line)?.[1]
  const wanted: readonly (readonly [string | undefined, string | undefined])[] = [
    [lastValue(options, 'p', 'proto'), line.split(' ')[0]],
    [lastValue(options, 's', 'src', 'orig-src'), first('src')],
    [lastValue(options, 'd', 'dst', 'orig-dst'), first('dst')],
    [lastValue(options, 'sport', 'orig-port-src'), first('sport')],
    [lastValue(options, 'dport', 'orig-port-dst'), first('dport')],
  ]
  const state = lastValue(options, 'state')
  const isFitting = wanted.every(([asked, found]) => asked === undefined || asked === found)
  return isFitting && (state === undefined || line.split(/\s+/).includes(state))
}
