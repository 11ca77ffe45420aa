/** bridge of iproute2 6.1 (Debian 12): the forwarding entries of a node's tunnel, as felix told them to it. */
import { err, finish, out, type Invocation, type Outcome } from '../program.ts'

/** `bridge fdb [show] [dev DEVICE]` */
export function bridge(call: Invocation): Outcome {
  const [object, ...words] = call.args
  const rest = ['show', 'list'].includes(words[0] ?? '') ? words.slice(1) : words
  const [dev, device] = rest
  const isAsked = object === 'fdb' && (rest.length === 0 || (dev === 'dev' && rest.length === 2))
  const host = call.machine.kind === 'node' ? call.lab.iproute(call.machine.node.ref.name) : undefined
  if (!isAsked || host === undefined)
    return finish(255, err(`podpath: bridge ${call.args.join(' ')} is not simulated\n`))
  if (device !== undefined && !host.hasDevice(device))
    return finish(255, err(`Cannot find device "${device}"\n`))
  const others = 'podpath: entries of multicast groups are not held in this network, and left out\n'
  const isWhole = device !== undefined && host.hasTunnel(device)
  return finish(0, out(host.fdb(device)), ...(isWhole ? [] : [err(others)]))
}
