/** ipvsadm 1.31 of Debian 12: the node's virtual servers as the lab has them. Listing alone; kube-proxy would undo the rest. */
import type { NamedServer } from '../../sim/netfilter/print-ipvsadm.ts'
import { parseIp } from '../../sim/network/address.ts'
import { err, finish, out, type Invocation, type Outcome } from '../program.ts'
import { isGiven, lastValue, readOptions, type GivenOption } from '../read-options.ts'

const table = {
  flags: ['L', 'l', 'list', 'n', 'numeric', 'c', 'connection'],
  values: ['t', 'tcp-service', 'u', 'udp-service', 'sctp-service'],
}

/** `ipvsadm -Ln [-t|-u ADDRESS:PORT]`, `ipvsadm -Lnc`. Names are never looked up: `-n` or not, numbers are printed. */
export function ipvsadm(call: Invocation): Outcome {
  const read = readOptions(call.args, table)
  if (!read.ok) return finish(2, err(`podpath: ipvsadm ${read.option} is not simulated\n`))
  const { options } = read
  const isListing = call.args.length === 0 || isGiven(options, 'L', 'l', 'list')
  if (!isListing || read.operands.length > 0)
    return finish(2, err(`podpath: ipvsadm ${call.args.join(' ')} is not simulated\n`))
  if (call.machine.kind !== 'node') return finish(0)
  const node = call.machine.node.ref.name
  if (isGiven(options, 'c', 'connection')) return finish(0, out(call.lab.ipvsConnections(node)))
  const named = namedServer(options)
  if (named === 'invalid') return finish(255, err('illegal virtual server address[:port] specified\n'))
  const text = call.lab.ipvsadm(node, named)
  return text === undefined ? finish(255, err('No such service\n')) : finish(0, out(text))
}

/** The virtual server that `-t`, `-u` or `--sctp-service` names. */
function namedServer(options: readonly GivenOption[]): NamedServer | 'invalid' | undefined {
  const tcp = lastValue(options, 't', 'tcp-service')
  const udp = lastValue(options, 'u', 'udp-service')
  const text = tcp ?? udp ?? lastValue(options, 'sctp-service')
  if (text === undefined) return undefined
  const [, addressText = '', portText = '0'] = /^\[?([^\]]*?)\]?(?::(\d+))?$/.exec(text) ?? []
  const address = parseIp(addressText)
  if (address === undefined) return 'invalid'
  const protocol = tcp !== undefined ? 'tcp' : udp !== undefined ? 'udp' : 'sctp'
  return { protocol, address, port: Number(portText) }
}
