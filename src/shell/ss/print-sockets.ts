/** The columns of ss (iproute2 6.1, misc/ss.c): each as wide as its widest cell, addresses to the right, ports to the left. */
import type { ListeningSocket } from '../../sim/trace/node-sockets.ts'

/** What `ss` prints of a socket. */
export type ShownSocket = Omit<ListeningSocket, 'owner'>

/** `withNetid`: several kinds of sockets are listed. `withProcess`: `-p`. */
export interface SocketColumns {
  readonly withNetid: boolean
  readonly withProcess: boolean
  readonly withHeader: boolean
}

interface Column {
  readonly title: string
  readonly align: 'left' | 'right'
  /** What parts it from the column before. */
  readonly delimiter: '' | ' '
}

const columns: readonly Column[] = [
  { title: 'Netid', align: 'left', delimiter: '' },
  { title: 'State', align: 'left', delimiter: ' ' },
  { title: 'Recv-Q', align: 'left', delimiter: ' ' },
  { title: 'Send-Q', align: 'left', delimiter: ' ' },
  { title: 'Local Address:', align: 'right', delimiter: ' ' },
  { title: 'Port', align: 'left', delimiter: '' },
  { title: 'Peer Address:', align: 'right', delimiter: ' ' },
  { title: 'Port', align: 'left', delimiter: '' },
  { title: 'Process', align: 'left', delimiter: '' },
]

/** The whole table, trailing blanks and all. */
export function printSockets(sockets: readonly ShownSocket[], wanted: SocketColumns): string {
  const shown = wanted.withNetid ? columns : columns.slice(1)
  const rows = sockets.map((socket) => cellsOf(socket, wanted).slice(wanted.withNetid ? 0 : 1))
  const lines = [shown.map((column) => column.title), ...rows]
  const widths = shown.map((_, index) => Math.max(...lines.map((line) => line[index]?.length ?? 0)))
  return lines
    .slice(wanted.withHeader ? 0 : 1)
    .map(
      (line) =>
        `${shown.map((column, index) => place(column, index, line[index] ?? '', widths[index] ?? 0)).join('')}\n`,
    )
    .join('')
}

function cellsOf(socket: ShownSocket, wanted: SocketColumns): readonly string[] {
  const isTcp = socket.protocol === 'tcp'
  const peer = socket.address.startsWith('[') ? '[::]:' : socket.address === '*' ? '*:' : '0.0.0.0:'
  return [
    socket.protocol,
    isTcp ? 'LISTEN' : 'UNCONN',
    '0',
    isTcp ? '4096' : '0',
    `${socket.address}:`,
    String(socket.port),
    peer,
    '*',
    wanted.withProcess ? ` users:(("${socket.process}",pid=${socket.pid},fd=${socket.fd}))` : '',
  ]
}

function place(column: Column, index: number, cell: string, width: number): string {
  const padded = column.align === 'left' ? cell.padEnd(width) : cell.padStart(width)
  return index === 0 ? padded : column.delimiter + padded
}
