/** A client that sends exactly the bytes it is told, over one connection for as long as nginx keeps it. */
import { connect, type Socket } from 'node:net'
import type { Question } from './random-requests.ts'

/** What came back; header names in lower case. */
export interface RawAnswer {
  readonly status: number
  readonly headers: ReadonlyMap<string, string>
}

/** Sends questions one after the other. `from` is the client's own address. */
export interface Client {
  ask(question: Question): Promise<RawAnswer>
  close(): void
}

/** Opens a client for a port of 127.0.0.1; it connects at the first question, and again whenever nginx has closed. */
export function openClient(port: number, from: string): Client {
  let socket: Socket | undefined
  return {
    ask: (question) =>
      new Promise((resolve, reject) => {
        const current = socket ?? connect({ port, host: '127.0.0.1', localAddress: from, noDelay: true })
        socket = current
        let text = ''
        const onData = (chunk: Buffer) => {
          text += chunk.toString('latin1')
          const answer = readAnswer(text, question.method)
          if (answer !== undefined) done(answer)
        }
        const onClose = () => {
          socket = undefined
          const answer = readAnswer(text, question.method, true)
          if (answer === undefined) reject(new Error(`closed after ${JSON.stringify(text)}`))
          else done(answer)
        }
        const done = (answer: RawAnswer) => {
          current.off('data', onData).off('close', onClose).off('error', reject)
          if (answer.headers.get('connection') === 'close') {
            socket = undefined
            current.destroy()
          }
          resolve(answer)
        }
        current.on('data', onData).on('close', onClose).on('error', reject)
        current.write(printQuestion(question))
      }),
    close: () => socket?.destroy(),
  }
}

function printQuestion({ method, target, host, headers }: Question): string {
  const lines = [
    `${method} ${target} HTTP/1.1`,
    ...(host === undefined ? [] : [`Host: ${host}`]),
    ...headers.map(([name, value]) => `${name}: ${value}`),
    ...(method === 'POST' ? ['Content-Length: 0'] : []),
  ]
  return `${lines.join('\r\n')}\r\n\r\n`
}

function readAnswer(text: string, method: string, isClosed = false): RawAnswer | undefined {
  const end = text.indexOf('\r\n\r\n')
  const [, status] = /^HTTP\/1\.1 (\d{3}) /.exec(text) ?? []
  if (end < 0 || status === undefined) return undefined
  const headers = new Map(
    text
      .slice(0, end)
      .split('\r\n')
      .slice(1)
      .map((line) => {
        const [name = '', value = ''] = line.split(/: (.*)/s)
        return [name.toLowerCase(), value] as const
      }),
  )
  const length = Number(headers.get('content-length') ?? 0)
  const isWhole = method === 'HEAD' || text.length >= end + 4 + length || isClosed
  return isWhole ? { status: Number(status), headers } : undefined
}
