import { describe, expect, test } from 'vitest'
import type { Pod } from '../cluster/objects.ts'
import { chapterLab } from './chapter-lab.fixture.ts'
import { answerHttp } from './http-application.ts'
import type { HttpRequest } from './trace.ts'

const now = Date.UTC(2026, 10, 25, 1)
const base = chapterLab().cluster.pods.find((pod) => pod.labels['app'] === 'nginx')

function podWith(image: string, http?: string): Pod {
  const [container] = base?.containers ?? []
  if (base === undefined || container === undefined) throw new Error('the chapter has no nginx')
  return {
    ...base,
    annotations: http === undefined ? {} : { 'podpath.dev/http': http },
    containers: [{ ...container, image }],
  }
}

function ask(pod: Pod, target = '/', method = 'GET', headers: HttpRequest['headers'] = []) {
  return answerHttp(pod, 80, { method, target, headers }, now)
}

describe('a Pod of nginx', () => {
  const nginx = podWith('nginx:1.27.2')

  test.each([
    { method: 'GET', target: '/', status: 200, length: 615 },
    { method: 'GET', target: '/index.html?a=b', status: 200, length: 615 },
    { method: 'HEAD', target: '/', status: 200, length: 0 },
    { method: 'GET', target: '/missing', status: 404, length: 153 },
    { method: 'POST', target: '/', status: 405, length: 157 },
  ])('answers $method $target with $status', ({ method, target, status, length }) => {
    const { response, basis, told } = ask(nginx, target, method)
    expect(response.status).toBe(status)
    expect(response.body).toHaveLength(length)
    expect([basis, told]).toEqual(['assumed', 'image'])
  })
  test('sends its headers in nginx’s order', () => {
    expect(ask(nginx).response.headers.map(([name]) => name)).toEqual([
      'Server',
      'Date',
      'Content-Type',
      'Content-Length',
      'Last-Modified',
      'Connection',
      'ETag',
      'Accept-Ranges',
    ])
  })
  test('closes the connection of a client that asks for it', () => {
    const connection = ask(nginx, '/', 'GET', [['connection', 'Close']]).response.headers.find(
      ([name]) => name === 'Connection',
    )
    expect(connection?.[1]).toBe('close')
  })
})

describe('the annotation podpath.dev/http', () => {
  test.each([
    { lines: '200 hello', target: '/any', status: 200, body: 'hello\n' },
    { lines: '404', target: '/', status: 404, body: '' },
    { lines: '200 hello\n/empty 204', target: '/empty?x', status: 204, body: '' },
    { lines: '200 hello\n/empty 204', target: '/', status: 200, body: 'hello\n' },
    { lines: '  /a 500 oh no  \n', target: '/a', status: 500, body: 'oh no\n' },
  ])('$lines gives $status to $target', ({ lines, target, status, body }) => {
    const { response, basis, told } = ask(podWith('app:1', lines), target)
    expect([response.status, response.body]).toEqual([status, body])
    expect([basis, told]).toEqual(['computed', 'annotation'])
  })
  test.each(['hello', '/a 500'])('%j says nothing about /, so the image’s answer stands', (lines) => {
    expect(ask(podWith('nginx', lines)).told).toBe('image')
  })
  test('has no body and no length with 204', () => {
    const { headers } = ask(podWith('app', '204')).response
    expect(headers.map(([name]) => name)).toEqual(['Date', 'Connection'])
  })
})

test('an image that nobody knows answers an empty 200, which is assumed', () => {
  const { response, basis, told, image } = ask(podWith('example.com/app:1'))
  expect([response.status, response.body, basis, told, image]).toEqual([
    200,
    '',
    'assumed',
    'nothing',
    'example.com/app:1',
  ])
})
