import { describe, expect, test } from 'vitest'
import { errorPage, ownResponse, plainHttpToHttpsResponse } from './error-page.ts'
import { httpDate } from './http-date.ts'

const date = httpDate(Date.UTC(2026, 10, 25, 1, 3, 57))

describe("nginx's page", () => {
  test.each([
    { status: 301, length: 162, reason: 'Moved Permanently', connection: 'keep-alive' },
    { status: 302, length: 138, reason: 'Moved Temporarily', connection: 'keep-alive' },
    { status: 308, length: 164, reason: 'Permanent Redirect', connection: 'keep-alive' },
    { status: 403, length: 146, reason: 'Forbidden', connection: 'keep-alive' },
    { status: 404, length: 146, reason: 'Not Found', connection: 'keep-alive' },
    { status: 413, length: 176, reason: 'Request Entity Too Large', connection: 'close' },
    { status: 500, length: 170, reason: 'Internal Server Error', connection: 'close' },
    { status: 502, length: 150, reason: 'Bad Gateway', connection: 'keep-alive' },
    { status: 503, length: 190, reason: 'Service Temporarily Unavailable', connection: 'keep-alive' },
    { status: 504, length: 160, reason: 'Gateway Time-out', connection: 'keep-alive' },
  ] as const)('of $status $reason has $length bytes', ({ status, length, reason, connection }) => {
    const response = ownResponse(status, { date })
    expect(response.body).toHaveLength(length)
    expect(response.reason).toBe(reason)
    expect(response.headers).toEqual([
      ['Date', 'Wed, 25 Nov 2026 01:03:57 GMT'],
      ['Content-Type', 'text/html'],
      ['Content-Length', String(length)],
      ['Connection', connection],
    ])
  })

  test('ends every line with CRLF', () => {
    expect(errorPage(404).split('\r\n')).toEqual([
      '<html>',
      '<head><title>404 Not Found</title></head>',
      '<body>',
      '<center><h1>404 Not Found</h1></center>',
      '<hr><center>nginx</center>',
      '</body>',
      '</html>',
      '',
    ])
  })

  test('says Found for 302, unlike the status line', () => {
    expect(errorPage(302)).toContain('<title>302 Found</title>')
  })

  test('of plain http on the https port has 248 bytes and closes the connection', () => {
    const response = plainHttpToHttpsResponse({ date })
    expect(response.body).toHaveLength(248)
    expect(response.headers).toContainEqual(['Connection', 'close'])
  })
})

test('Location and HSTS come after the standing headers, in this order', () => {
  const { headers } = ownResponse(308, { date, location: 'https://web01', hsts: 'max-age=1' })
  expect(headers.slice(4)).toEqual([
    ['Location', 'https://web01'],
    ['Strict-Transport-Security', 'max-age=1'],
  ])
})
