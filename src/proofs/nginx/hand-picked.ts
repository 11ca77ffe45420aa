/** Requests that somebody thought of: each once stood for a doubt. */
import type { ControllerConfig } from '../../sim/ingress/controller-config.ts'
import { configOf, ingressOf, pathOf } from './random-ingresses.ts'
import type { Question } from './random-requests.ts'

const plain = configOf([
  ingressOf('plain', [
    {
      host: 'a.example',
      paths: [
        pathOf('/', 'Prefix'),
        pathOf('/foo', 'Prefix'),
        pathOf('/foo/bar', 'Exact'),
        pathOf('/slash/', 'Exact'),
        pathOf('/%41', 'Prefix'),
        pathOf('/a b', 'Prefix'),
        pathOf('/fö', 'Exact'),
      ],
    },
    { host: '*.example', paths: [pathOf('/wild', 'Prefix')] },
  ]),
])

const regex = configOf([
  ingressOf(
    'regex',
    [
      {
        host: 'a.example',
        paths: [
          pathOf('/something(/|$)(.*)', 'ImplementationSpecific'),
          pathOf('/re/(a+)+$', 'ImplementationSpecific'),
        ],
      },
    ],
    { 'rewrite-target': '/$2', 'x-forwarded-prefix': '/something' },
  ),
  ingressOf('plain', [{ host: 'a.example', paths: [pathOf('/foo', 'Prefix'), pathOf('/', 'Exact')] }]),
])

const hosts = [
  'a.example',
  'A.EXAMPLE',
  'a.example:8080',
  'a.example.',
  'a.example.:80',
  'x.example',
  'x.y.example',
  'x_y.example',
  '.example',
  'a..example',
  '..',
  '',
  ' ',
  '[::1]',
  '[::1]:80',
  '[::1',
  'a/b',
  'a b',
  'ä.example',
  '_',
  '*.example',
  '127.0.0.1',
  ':80',
]

const targets = [
  '/',
  '//',
  '/.',
  '/..',
  '/../',
  '/foo',
  '/foo/',
  '/foo/bar',
  '/foo/bar/',
  '/foobar',
  '/FOO',
  '/foo//bar',
  '//foo',
  '/foo/./bar',
  '/foo/x/../bar',
  '/foo/../../bar',
  '/foo%2Fbar',
  '/foo%2fbar',
  '/%66oo',
  '/foo%',
  '/foo%2',
  '/foo%zz',
  '/foo%00',
  '/foo%20bar',
  '/foo bar',
  '/foo?',
  '/foo?x=/../',
  '/foo#x',
  '/foo/?q=a b',
  '/slash',
  '/slash/',
  '/slash?q=1',
  '/%41',
  '/A',
  '/%2541',
  '/a%20b',
  '/f%C3%B6',
  '/fö',
  '/f%c3%b6/',
  '/foo/bar/..',
  '/foo/bar/.',
  '/foo/bar/...',
  '/foo/.bar',
  '/foo/%2e%2e/bar',
  '/foo/%2E/bar',
  '/something',
  '/something/',
  '/something/new',
  '/something/new?x=1',
  '/something/a%20b',
  '/something/a%2Fb',
  '/something/%25',
  '/something/%3F',
  '/something/%23x',
  '/something/ö',
  '/Something/New',
  '/x/something/new',
  '/something//new',
  '/healthz',
  '/healthz/x',
  '/nginx_status',
  '/wild',
  '/wild/x',
  '/wildx',
  `/re/${'a'.repeat(40)}`,
  `/re/${'a'.repeat(40)}b`,
  '*',
  'foo',
  '',
]

const request = (host: string | undefined, target: string): Question => ({
  method: 'GET',
  target,
  host,
  headers: [['X-Request-ID', 'r']],
})

/** Configurations with their questions. */
export const handPicked: readonly {
  readonly name: string
  readonly config: ControllerConfig
  readonly questions: readonly Question[]
}[] = [
  {
    name: 'plain',
    config: plain,
    questions: [
      ...hosts.flatMap((host) => ['/', '/foo', '/wild'].map((target) => request(host, target))),
      request(undefined, '/'),
      ...targets.map((target) => request('a.example', target)),
      ...targets.map((target) => request('nobody', target)),
    ],
  },
  { name: 'regex', config: regex, questions: targets.map((target) => request('a.example', target)) },
]
