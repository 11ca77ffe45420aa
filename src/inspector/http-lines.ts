/** An HTTP message as its head and as much of its body as a pane has room for. */
import type { Message } from '../sim/trace/trace.ts'

type HttpMessage = Extract<Message, { kind: 'http-request' | 'http-response' }>

/** `GET / HTTP/1.1` or `HTTP/1.1 200 OK`; over HTTP/2 what stands for it. */
export function startLine(message: HttpMessage): string {
  if (message.kind === 'http-request') {
    const { method, target, version = 'HTTP/1.1' } = message.request
    return `${method} ${target} ${version}`
  }
  const { status, reason, version } = message.response
  // HTTP/2 has no reason phrase.
  return version === undefined ? `HTTP/1.1 ${status} ${reason}`.trimEnd() : `${version} ${status}`
}

/** Header fields as sent, in order. */
export function headerFields(message: HttpMessage): readonly (readonly [name: string, value: string])[] {
  return message.kind === 'http-request' ? message.request.headers : message.response.headers
}

const room = { characters: 600, lines: 10 }

/** The body's beginning, and how many characters more there are. Both empty for a message without a body. */
export function bodyStart(message: HttpMessage): { readonly text: string; readonly more: number } {
  const body = message.kind === 'http-request' ? (message.request.body ?? '') : message.response.body
  const start = body.slice(0, room.characters).split('\n', room.lines).join('\n')
  return { text: start, more: body.length - start.length }
}
