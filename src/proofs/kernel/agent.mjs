// A process inside one network namespace, which listens, connects, sends and pings as it is told: a JSON line a command on standard
// input, a JSON line an answer on standard output. It ends with its input. Plain JavaScript on Node alone, so that it starts at once.
import { execFile } from 'node:child_process'
import { createSocket } from 'node:dgram'
import { connect, createServer } from 'node:net'
import { createInterface } from 'node:readline'

const tell = (message) => process.stdout.write(`${JSON.stringify(message)}\n`)
const held = new Map()

const actions = { listen, connect: open, write, release, datagram, ping }

createInterface({ input: process.stdin })
  .on('line', (line) => {
    const { id, action, ...rest } = JSON.parse(line)
    Promise.resolve(actions[action](rest)).then(
      (answer) => tell({ id, answer }),
      (error) => tell({ id, answer: { kind: 'failed', code: String(error.code ?? error.message) } }),
    )
  })
  .on('close', () => process.exit(0))

/** A server that tells every client who it is and whom it sees, once at first and again for every line. */
function listen({ protocol, port, name }) {
  return protocol === 'tcp' ? listenTcp(port, name) : listenUdp(port, name)
}

function listenTcp(port, name) {
  const server = createServer((socket) => {
    const hello = () =>
      socket.write(
        `${JSON.stringify({ name, source: bare(socket.remoteAddress), port: socket.remotePort })}\n`,
      )
    hello()
    socket.on('data', hello)
    socket.on('error', () => socket.destroy())
  })
  return new Promise((resolve, reject) => {
    server.on('error', reject)
    server.listen(port, '0.0.0.0', 1024, () => resolve({ kind: 'listening' }))
  })
}

/** Says of every datagram that it came: the sender may never hear of it. */
function listenUdp(port, name) {
  const socket = createSocket('udp4')
  socket.on('message', (text, { address, port: from }) => {
    tell({ event: 'datagram', flow: String(text), name, source: address, port: from })
    socket.send(text, from, address, () => {})
  })
  return new Promise((resolve, reject) => {
    socket.on('error', reject)
    socket.bind(port, '0.0.0.0', () => resolve({ kind: 'listening' }))
  })
}

/** Opens a connection and waits for the server's first line. `hold`: keeps it open under that name. */
function open({ address, port, timeoutMs, hold }) {
  return new Promise((resolve) => {
    const socket = connect({ host: address, port })
    let localPort
    const end = (answer) => {
      clearTimeout(timer)
      if (hold === undefined || answer.kind !== 'answered') socket.destroy()
      else held.set(hold, socket)
      resolve(answer)
    }
    const timer = setTimeout(() => end({ kind: 'timed-out' }), timeoutMs)
    socket.on('connect', () => {
      localPort = socket.localPort
    })
    socket.once('data', (text) => end({ kind: 'answered', localPort, ...firstLine(text) }))
    socket.on('error', ({ code }) => end({ kind: 'failed', code }))
    socket.on('close', () => end({ kind: 'failed', code: 'closed' }))
  })
}

/** Writes on a connection that was kept, and waits for the server's answer. */
function write({ hold, timeoutMs }) {
  const socket = held.get(hold)
  if (socket === undefined) return { kind: 'failed', code: 'no such connection' }
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve({ kind: 'timed-out' }), timeoutMs)
    const end = (answer) => {
      clearTimeout(timer)
      resolve(answer)
    }
    socket.once('data', (text) => end({ kind: 'answered', localPort: socket.localPort, ...firstLine(text) }))
    socket.once('error', ({ code }) => end({ kind: 'failed', code }))
    socket.once('close', () => end({ kind: 'failed', code: 'closed' }))
    socket.write('again\n')
  })
}

function release({ hold }) {
  held.get(hold)?.destroy()
  held.delete(hold)
  return { kind: 'released' }
}

/** Sends a datagram that carries `flow`, and waits for an answer or an error. */
function datagram({ address, port, from = 0, flow, timeoutMs }) {
  return new Promise((resolve) => {
    const socket = createSocket({ type: 'udp4', reuseAddr: true })
    let localPort
    const end = (answer) => {
      clearTimeout(timer)
      socket.close()
      resolve({ localPort, ...answer })
    }
    const timer = setTimeout(() => end({ kind: 'timed-out' }), timeoutMs)
    socket.on('message', () => end({ kind: 'answered' }))
    socket.on('error', ({ code }) => end({ kind: 'failed', code }))
    socket.bind(from, () => {
      localPort = socket.address().port
      socket.connect(port, address, (error) => {
        if (error) end({ kind: 'failed', code: error.code })
        else socket.send(flow, (failed) => failed && end({ kind: 'failed', code: failed.code }))
      })
    })
  })
}

/** One echo request. */
function ping({ address, timeoutMs }) {
  const seconds = String(timeoutMs / 1000)
  return new Promise((resolve) => {
    execFile('ping', ['-n', '-c', '1', '-W', seconds, address], (_, stdout, stderr) => {
      const text = stdout + stderr
      const [, code] =
        /(Destination \w+ Unreachable|Network is unreachable|Invalid argument|Operation not permitted)/.exec(
          text,
        ) ?? []
      if (/1 received/.test(text)) resolve({ kind: 'answered' })
      else resolve(code === undefined ? { kind: 'timed-out' } : { kind: 'failed', code })
    })
  })
}

function firstLine(bytes) {
  return JSON.parse(String(bytes).split('\n')[0])
}

function bare(address = '') {
  return address.replace('::ffff:', '')
}
