/** ss of iproute2: listening sockets of a node, or of a Pod's container. Connections are not kept open here, so none is listed. */
import { err, finish, out, type Invocation, type Outcome } from '../program.ts'
import { isGiven, readOptions } from '../read-options.ts'
import { printSockets, type ShownSocket } from '../ss/print-sockets.ts'

const table = {
  flags: [
    'n',
    'l',
    'p',
    't',
    'u',
    'a',
    'x',
    '4',
    '6',
    'H',
    'tcp',
    'udp',
    'listening',
    'numeric',
    'processes',
    'all',
    'no-header',
  ],
  values: [],
}

/** `ss [-tulnpaH] [sport = :PORT]` */
export function ss(call: Invocation): Outcome {
  const read = readOptions(call.args, table)
  if (!read.ok) return finish(255, err(`ss: invalid option -- '${read.option.replace(/^-+/, '')}'\n`))
  const { options, operands } = read
  const port = readFilter(operands)
  if (port === 'not-simulated')
    return finish(255, err(`podpath: the filter “${operands.join(' ')}” is not simulated\n`))
  const wantsTcp = isGiven(options, 't', 'tcp')
  const wantsUdp = isGiven(options, 'u', 'udp')
  const wantsBoth = wantsTcp === wantsUdp
  const isListening = isGiven(options, 'l', 'a', 'listening', 'all')
  const sockets = (isListening ? socketsOf(call) : []).filter(
    (socket) =>
      (wantsBoth || (socket.protocol === 'tcp') === wantsTcp) && (port === undefined || socket.port === port),
  )
  const wanted = {
    withNetid: wantsBoth,
    withProcess: isGiven(options, 'p', 'processes'),
    withHeader: !isGiven(options, 'H', 'no-header'),
  }
  return finish(0, out(printSockets(sockets, wanted)))
}

function socketsOf(call: Invocation): readonly ShownSocket[] {
  const { machine, lab } = call
  switch (machine.kind) {
    case 'node':
      return lab.listeningSockets(machine.node.ref.name)
    case 'pod':
      return machine.pod.listens.flatMap((listen, index) =>
        listen.protocol === 'SCTP'
          ? []
          : [
              {
                protocol: listen.protocol === 'UDP' ? ('udp' as const) : ('tcp' as const),
                address: listen.loopbackOnly ? '127.0.0.1' : '*',
                port: listen.port,
                process: listen.container,
                pid: 1,
                fd: 6 + index,
              },
            ],
      )
    case 'laptop':
      return []
  }
}

/** `sport = :10250`; no filter is `undefined`. */
function readFilter(operands: readonly string[]): number | undefined | 'not-simulated' {
  if (operands.length === 0) return undefined
  const match = /^\(? ?sport = :(\d+) ?\)?$/.exec(operands.join(' '))
  return match === null ? 'not-simulated' : Number(match[1])
}
