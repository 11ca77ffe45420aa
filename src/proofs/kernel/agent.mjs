// A process inside one network namespace, which listens, connects, sends and pings as it is told: a JSON line a command on standard
// input, a JSON line an answer on standard output. It ends with its input. Plain JavaScript on Node alone, so that it starts at once.
import { execFile } from 'node:child_process'
import { createSocket } from 'node:dgram'
import { connect, createServer, isIPv6 } from 'node:net'
import { createInterface } from 'node:readline'
import { flowKey, heardOf, openEar, unhear } from './ear.mjs'

const tell = (message) => process.stdout.write(`${JSON.stringify(message)}\n`)
const held = new Map()
let lastEcho = 0

/** How long a refusal that a socket has told of is waited for: two processes hear of it. */
const LATEST_WORD_MS = 1000
/** How long one is waited for that a node's own rule sends to the node itself, while the system call has failed already. */
const SOON_MS = 200

const actions = { listen, connect: open, write, release, datagram, ping }
const ready = openEar()

createInterface({ input: process.stdin })
  .on('line', (line) => {
    const { id, action, ...rest } = JSON.parse(line)
    ready
      .then(() => actions[action](rest))
      .then(
        (answer) => tell({ id, answer }),
        (error) => tell({ id, answer: { kind: 'failed', code: String(error.code ?? error.message) } }),
      )
  })
  .on('close', () => process.exit(0))

/** A server of both families that tells every client who it is and whom it sees, once at first and again for every line. */
async function listen({ protocol, port, name }) {
  const [, listening] = await Promise.all(
    ['0.0.0.0', '::'].map((any) =>
      protocol === 'tcp' ? listenTcp(port, name, any) : listenUdp(port, name, any),
    ),
  )
  return listening
}

function listenTcp(port, name, any) {
  const server = createServer((socket) => {
    const hello = () =>
      socket.write(`${JSON.stringify({ name, source: socket.remoteAddress, port: socket.remotePort })}\n`)
    hello()
    socket.on('data', hello)
    socket.on('error', () => socket.destroy())
  })
  return new Promise((resolve, reject) => {
    server.on('error', reject)
    server.listen({ port, host: any, backlog: 1024, ipv6Only: true }, () => resolve({ kind: 'listening' }))
  })
}

/** Says of every datagram that it came: the sender may never hear of it. */
function listenUdp(port, name, any) {
  const socket = createSocket({ type: udpFor(any), ipv6Only: isIPv6(any) })
  socket.on('message', (text, { address, port: from }) => {
    tell({ event: 'datagram', flow: String(text), name, source: address, port: from })
    socket.send(text, from, address, () => {})
  })
  return new Promise((resolve, reject) => {
    socket.on('error', reject)
    socket.bind(port, any, () => resolve({ kind: 'listening' }))
  })
}

/** Opens a connection and waits for the server's first line. `hold`: keeps it open under that name. */
function open({ address, port, timeoutMs, hold }) {
  return new Promise((resolve) => {
    const socket = connect({ host: address, port })
    const flow = { protocol: 6, destination: address, port }
    let localPort
    const end = (answer) => {
      clearTimeout(timer)
      if (hold === undefined || answer.kind !== 'answered') socket.destroy()
      else held.set(hold, socket)
      resolve(withHeard(answer, { ...flow, local: localPort }))
    }
    const timer = setTimeout(() => end({ kind: 'timed-out' }), timeoutMs)
    // The port is known when the SYN is out, and not after a failure.
    socket.on('connectionAttempt', () =>
      process.nextTick(() => {
        localPort = socket.localPort
        unhear(flowKey({ ...flow, local: localPort }))
      }),
    )
    socket.once('data', (text) => end({ kind: 'answered', localPort, ...firstLine(text) }))
    socket.on('error', ({ code }) => end({ kind: 'failed', code }))
    socket.on('close', () => end({ kind: 'failed', code: 'closed' }))
  })
}

/** Writes on a connection that was kept, and waits for the server's answer. */
function write({ hold, timeoutMs }) {
  const socket = held.get(hold)
  if (socket === undefined) return { kind: 'failed', code: 'no such connection' }
  if (socket.destroyed) return { kind: 'failed', code: 'closed' }
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

/** Sends a datagram that carries `text`, and waits for an answer or an error. */
function datagram({ address, port, from = 0, text, timeoutMs }) {
  return new Promise((resolve) => {
    // An ephemeral port that may be shared is given twice; one that a story names may still be bound.
    const socket = createSocket({ type: udpFor(address), reuseAddr: from !== 0 })
    let localPort
    const flow = () => ({ protocol: 17, destination: address, port, local: localPort })
    const end = (answer) => {
      clearTimeout(timer)
      socket.close()
      resolve(withHeard({ localPort, ...answer }, flow()))
    }
    const timer = setTimeout(() => end({ kind: 'timed-out' }), timeoutMs)
    socket.on('message', () => end({ kind: 'answered' }))
    socket.on('error', ({ code }) => end({ kind: 'failed', code }))
    socket.bind(from, () => {
      localPort = socket.address().port
      unhear(flowKey(flow()))
      socket.connect(port, address, (error) => {
        if (error) end({ kind: 'failed', code: error.code })
        else socket.send(text, (failed) => failed && end({ kind: 'failed', code: failed.code }))
      })
    })
  })
}

/** One echo request. */
function ping({ address, timeoutMs }) {
  const seconds = String(timeoutMs / 1000)
  const local = (lastEcho = (lastEcho % 65_535) + 1)
  const flow = { protocol: isIPv6(address) ? 58 : 1, destination: address, port: 0, local }
  unhear(flowKey(flow))
  return new Promise((resolve) => {
    execFile('ping', ['-n', '-c', '1', '-e', String(local), '-W', seconds, address], (_, stdout, stderr) => {
      const text = stdout + stderr
      const [, code] =
        /(Destination \w+ Unreachable|Destination unreachable: .*|Network is unreachable|Invalid argument|Operation not permitted)/i.exec(
          text,
        ) ?? []
      const failed = code === undefined ? { kind: 'timed-out' } : { kind: 'failed', code }
      resolve(/1 received/.test(text) ? { kind: 'answered' } : withHeard(failed, flow))
    })
  })
}

/** With what was heard against the flow. A system call that fails by itself was refused by nobody, as far as its caller can know. */
async function withHeard(answer, flow) {
  if (answer.kind === 'answered') return answer
  const isRefusal =
    ['ECONNREFUSED', 'EHOSTUNREACH', 'EACCES'].includes(answer.code) || String(answer.code).startsWith('Dest')
  const patience = isRefusal ? LATEST_WORD_MS : answer.kind === 'failed' ? SOON_MS : 0
  const heard = await heardOf(flowKey(flow), patience)
  return heard === undefined ? answer : { ...answer, heard }
}

function firstLine(bytes) {
  return JSON.parse(String(bytes).split('\n')[0])
}

function udpFor(address) {
  return isIPv6(address) ? 'udp6' : 'udp4'
}
