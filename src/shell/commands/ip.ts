/**
 * ip of iproute2 6.1 (Debian 12): the interfaces, routes and neighbours that the simulated network holds, and a word on standard error
 * where the real one would have more. It shows, and changes nothing.
 */
import { parseIp, type IpVersion } from '../../sim/network/address.ts'
import type { Iproute } from '../../sim/network/iproute.ts'
import { err, finish, out, type Invocation, type Outcome } from '../program.ts'

/** `ip [-4|-6] addr|link|route|neigh [show] [[dev] DEVICE]`, `ip route get ADDRESS` */
export function ip(call: Invocation): Outcome {
  const options = call.args.filter((word) => word.startsWith('-'))
  const [object, ...words] = call.args.filter((word) => !word.startsWith('-'))
  const host = hostOf(call)
  const notSimulated = finish(255, err(`podpath: ip ${call.args.join(' ')} is not simulated\n`))
  if (object === undefined || host === undefined || options.some((each) => !families.has(each)))
    return notSimulated
  const version = families.get(options.at(-1) ?? '')
  const subject =
    subjects.find((each) => each.startsWith(object)) ?? (object === 'neighbor' ? 'neighbour' : undefined)
  if (subject === undefined) return finish(1, err(`Object "${object}" is unknown, try "ip help".\n`))
  if (subject === 'route' && isVerb(words[0], 'get')) return routeTo(host, words[1])
  const shown = readShown(words)
  if (shown === undefined) return notSimulated
  switch (subject) {
    case 'address':
    case 'link': {
      const text = host.interfaces({
        ...shown,
        ...(version === undefined ? {} : { version }),
        ...(subject === 'link' ? { linksOnly: true } : {}),
      })
      return text === undefined ? noDevice(shown.device) : finish(0, out(text), leftOut(LINKS))
    }
    case 'route': {
      if (!isDevice(host, shown.device)) return noDevice(shown.device)
      const more =
        version === 6 ? [leftOut('the routes of link-local addresses, and of a Pod’s own, are')] : []
      return finish(0, out(host.routes(version ?? 4, shown.device)), ...more)
    }
    case 'neighbour':
      if (!isDevice(host, shown.device)) return noDevice(shown.device)
      return finish(0, out(host.neighbours(shown.device)), leftOut(NEIGHBOURS))
  }
}

const families: ReadonlyMap<string, IpVersion> = new Map([
  ['-4', 4],
  ['-6', 6],
])

/** In the order in which ip tries them: it takes any beginning of a name (ip/ip.c, do_cmd). */
const subjects = ['address', 'link', 'route', 'neighbour'] as const

const LINKS = 'MAC addresses, MTUs and queues of LAN and veth, and link-local addresses are'
const NEIGHBOURS = 'neighbours that the kernel finds by itself are'

function leftOut(what: string) {
  return err(`podpath: ${what} not held in this network, and left out\n`)
}

function noDevice(name: string | undefined): Outcome {
  return finish(1, err(`Device "${name ?? ''}" does not exist.\n`))
}

function isDevice(host: Iproute, name: string | undefined): boolean {
  return name === undefined || host.hasDevice(name)
}

function isVerb(word: string | undefined, verb: string): boolean {
  return word !== undefined && word.length > 0 && verb.startsWith(word)
}

/** `show`, `list`, `ls` or nothing, then a device; undefined for what else there is. */
function readShown(words: readonly string[]): { readonly device?: string } | undefined {
  const rest = ['show', 'list', 'lst', 'ls'].some((verb) => isVerb(words[0], verb)) ? words.slice(1) : words
  const [first, ...more] = rest
  if (first === undefined) return {}
  if (first === 'dev') return more.length === 1 && more[0] !== undefined ? { device: more[0] } : undefined
  return more.length === 0 && !changes.includes(first) ? { device: first } : undefined
}

const changes = [
  'add',
  'del',
  'delete',
  'change',
  'replace',
  'flush',
  'set',
  'append',
  'get',
  'save',
  'restore',
]

function routeTo(host: Iproute, text: string | undefined): Outcome {
  const address = parseIp(text ?? '')
  if (address === undefined)
    return finish(1, err(`Error: any valid prefix is expected rather than "${text ?? ''}".\n`))
  const answer = host.routeTo(address)
  return 'text' in answer ? finish(0, out(answer.text)) : finish(2, err(`${answer.error}\n`))
}

function hostOf({ machine, lab, at }: Invocation): Iproute | undefined {
  switch (machine.kind) {
    case 'laptop':
      return lab.iproute(at)
    case 'node':
      return lab.iproute(machine.node.ref.name)
    case 'pod': {
      const { hostNetwork, nodeName, ref } = machine.pod
      return lab.iproute(hostNetwork ? (nodeName ?? '') : `${ref.namespace}/${ref.name}`)
    }
  }
}
