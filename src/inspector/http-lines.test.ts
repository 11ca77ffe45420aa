import { describe, expect, test } from 'vitest'
import type { Message } from '../sim/trace/trace.ts'
import { bodyStart, headerFields, startLine } from './http-lines.ts'

const request: Extract<Message, { kind: 'http-request' }> = {
  kind: 'http-request',
  request: { method: 'GET', target: '/', headers: [['Host', 'nginx']] },
}
const response: Extract<Message, { kind: 'http-response' }> = {
  kind: 'http-response',
  response: {
    status: 200,
    reason: 'OK',
    headers: [['Server', 'nginx/1.27.0']],
    body: 'x'.repeat(900),
    from: { kind: 'node', node: 'host01' },
  },
}

describe('an HTTP message', () => {
  test.each([
    { message: request, line: 'GET / HTTP/1.1', field: 'Host', more: 0 },
    { message: response, line: 'HTTP/1.1 200 OK', field: 'Server', more: 300 },
  ])('begins $line and leaves $more characters of its body out', ({ message, line, field, more }) => {
    expect(startLine(message)).toBe(line)
    expect(headerFields(message)[0]?.[0]).toBe(field)
    expect(bodyStart(message).more).toBe(more)
  })

  test('shows ten lines of its body at most', () => {
    const lines = { ...response, response: { ...response.response, body: 'line\n'.repeat(12) } }
    expect(bodyStart(lines)).toEqual({ text: Array(10).fill('line').join('\n'), more: 11 })
  })
})
