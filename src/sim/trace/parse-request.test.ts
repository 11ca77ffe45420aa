import { describe, expect, test } from 'vitest'
import { parseRequest } from './parse-request.ts'

describe('a request line', () => {
  test.each([
    {
      text: 'http://nginx/',
      target: { kind: 'http', scheme: 'http', host: 'nginx', port: 80, authority: 'nginx', path: '/' },
    },
    {
      text: 'nginx',
      target: { kind: 'http', scheme: 'http', host: 'nginx', port: 80, authority: 'nginx', path: '/' },
    },
    {
      text: 'http://nginx:80/a?b=c#d',
      target: { kind: 'http', scheme: 'http', host: 'nginx', port: 80, authority: 'nginx', path: '/a?b=c' },
    },
    {
      text: 'http://nginx:8080',
      target: { kind: 'http', scheme: 'http', host: 'nginx', port: 8080, authority: 'nginx:8080', path: '/' },
    },
    {
      text: 'HTTPS://Web01.example.com?x',
      target: {
        kind: 'http',
        scheme: 'https',
        host: 'Web01.example.com',
        port: 443,
        authority: 'Web01.example.com',
        path: '/?x',
      },
    },
    {
      text: 'http://[fd00::1]:81/',
      target: {
        kind: 'http',
        scheme: 'http',
        host: 'fd00::1',
        port: 81,
        authority: '[fd00::1]:81',
        path: '/',
      },
    },
    {
      text: '  curl -v http://nginx  ',
      target: { kind: 'http', scheme: 'http', host: 'nginx', port: 80, authority: 'nginx', path: '/' },
    },
    { text: 'tcp://10.96.0.10:53', target: { kind: 'tcp', host: '10.96.0.10', port: 53 } },
    { text: 'udp://kube-dns:53', target: { kind: 'udp', host: 'kube-dns', port: 53 } },
    { text: 'ping nginx', target: { kind: 'ping', host: 'nginx' } },
    { text: 'ping -c 3 nginx', target: { kind: 'ping', host: 'nginx' } },
    {
      text: 'dig +search metrics-server AAAA',
      target: {
        kind: 'dns',
        program: 'dig',
        questions: [{ name: 'metrics-server', types: ['AAAA'], search: true }],
      },
    },
    {
      text: 'dig @10.96.0.10 -x 10.96.0.1',
      target: {
        kind: 'dns',
        program: 'dig',
        questions: [{ name: '1.0.96.10.in-addr.arpa.', types: ['PTR'], search: false, server: '10.96.0.10' }],
      },
    },
    {
      text: 'nslookup -type=SRV _http._tcp.web 10.96.0.10',
      target: {
        kind: 'dns',
        program: 'nslookup',
        questions: [{ name: '_http._tcp.web', types: ['SRV'], server: '10.96.0.10' }],
      },
    },
    { text: 'host nginx', target: { kind: 'dns', program: 'host', questions: [{ name: 'nginx' }] } },
    {
      text: 'getent hosts nginx',
      target: {
        kind: 'dns',
        program: 'getent',
        questions: [
          { name: 'nginx', types: ['AAAA'] },
          { name: 'nginx', types: ['A'] },
        ],
      },
    },
    {
      text: 'getent ahosts nginx',
      target: { kind: 'dns', program: 'getent', questions: [{ name: 'nginx' }] },
    },
  ])('$text is understood', ({ text, target }) => {
    expect(parseRequest(text)).toEqual({ kind: 'target', target })
  })
  test.each([
    { text: '   ', id: 'request.empty' },
    { text: 'http://', id: 'request.host-missing' },
    { text: 'ping', id: 'request.host-missing' },
    { text: 'dig +search', id: 'request.host-missing' },
    { text: 'nslookup', id: 'request.host-missing' },
    { text: 'http://nginx:0/', id: 'request.bad-port' },
    { text: 'http://nginx:70000/', id: 'request.bad-port' },
    { text: 'http://nginx:http/', id: 'request.bad-port' },
    { text: 'tcp://nginx', id: 'request.port-missing' },
    { text: 'gopher://nginx/', id: 'request.unknown-scheme' },
    { text: 'please send', id: 'request.blank-inside' },
    { text: 'http://<script>/', id: 'request.bad-host' },
  ])('$text is refused with $id', ({ text, id }) => {
    expect(parseRequest(text)).toMatchObject({ kind: 'problem', problem: { id } })
  })
})
