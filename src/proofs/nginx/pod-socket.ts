/** The Pod behind the proof's nginx: answers every request with the request itself, byte for byte. */
import { createServer, type Server } from 'node:net'

/** Listens on a socket file. */
export async function openPodSocket(path: string): Promise<Server> {
  const server = createServer((socket) => {
    let waiting = ''
    socket.setEncoding('latin1')
    socket.on('error', () => socket.destroy())
    socket.on('data', (chunk) => {
      waiting += String(chunk)
      for (;;) {
        const end = waiting.indexOf('\r\n\r\n')
        if (end < 0) return
        const head = waiting.slice(0, end)
        const length = Number(/^content-length: (\d+)$/im.exec(head)?.[1] ?? 0)
        if (waiting.length < end + 4 + length) return
        waiting = waiting.slice(end + 4 + length)
        const body = head.startsWith('HEAD ') ? '' : head
        // A HEAD has no body, so what it was sent goes in a header.
        const sent = Buffer.from(head, 'latin1').toString('base64')
        socket.write(
          `HTTP/1.1 200 OK\r\nX-Sent: ${sent}\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
          'latin1',
        )
      }
    })
  })
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(path, () => resolve(server))
  })
}
