/** Random requests at a configuration: its own hosts and paths, and what is near them. */
import { drawBelow, type Draw } from '../../sim/draw.ts'
import type { ControllerConfig } from '../../sim/ingress/controller-config.ts'
import { pick, sometimes } from './draws.ts'

/** What goes over the wire; `host` `undefined`: no Host header. */
export interface Question {
  readonly method: string
  readonly target: string
  readonly host: string | undefined
  readonly headers: readonly (readonly [name: string, value: string])[]
}

/** One request, mostly for something that the configuration has. */
export function randomQuestion(draw: Draw, config: ControllerConfig): Question {
  const server = pick(draw, config.servers)
  const location = server.locations.length === 0 ? undefined : pick(draw, server.locations)
  return {
    method: sometimes(draw, 10) ? pick(draw, ['HEAD', 'POST', 'DELETE']) : 'GET',
    target: randomTarget(draw, location?.ingressPath ?? '/'),
    host: randomHost(draw, server.hostname),
    headers: [
      ['X-Request-ID', 'r'],
      ...(sometimes(draw, 6) ? [['X-Forwarded-For', '203.0.113.9'] as const] : []),
      ...(sometimes(draw, 6) ? [['X-Forwarded-Host', 'told.example'] as const] : []),
      ...(sometimes(draw, 6) ? [['Proxy', 'http://evil.example'] as const] : []),
      ...(sometimes(draw, 6) ? [['Accept', '*/*'] as const] : []),
      ...(sometimes(draw, 6) ? [['Cookie', 'a=b; c=d'] as const] : []),
    ],
  }
}

function randomHost(draw: Draw, hostname: string): string | undefined {
  if (sometimes(draw, 40)) return undefined
  if (sometimes(draw, 20)) return pick(draw, oddHosts)
  const filled = hostname === '_' ? 'unknown.example' : hostname.replace('*', pick(draw, labels))
  const change = drawBelow(draw, 12)
  if (change === 0) return filled.toUpperCase()
  if (change === 1) return `${filled}:8080`
  if (change === 2) return `${filled}.`
  if (change === 3) return `${pick(draw, labels)}.${filled}`
  return filled
}

const labels = ['x', 'Y', 'a-b', 'a_b', 'sub', 'www', '1']
const oddHosts = [
  '',
  '..',
  'a..example',
  '.a.example',
  '[::1]',
  '[::1]:80',
  '192.168.61.11',
  '_',
  '*.example',
  'a/b',
  'a.example:',
]

function randomTarget(draw: Draw, path: string): string {
  let target = path.replaceAll(/[()[\]{}|^?*+\\$]/g, () => pick(draw, ['', 'o', 'a', '1']))
  const changes = drawBelow(draw, 4)
  for (let count = 0; count < changes; count++) target = changed(draw, target)
  // Blanks at the end would be part of what stands between target and version.
  const sent = sometimes(draw, 30) ? target.trimEnd() : target.replaceAll(' ', '%20')
  return sometimes(draw, 4)
    ? `${sent}${pick(draw, ['?', '?q=1', '?a=b&c=/d/', '?/', '#x', '?a#b', '?%zz'])}`
    : sent
}

function changed(draw: Draw, target: string): string {
  const at = drawBelow(draw, target.length + 1)
  const insert = (text: string) => target.slice(0, at) + text + target.slice(at)
  switch (drawBelow(draw, 9)) {
    case 0:
      return `${target}${pick(draw, ['/', '/x', 'x', '/bar', '/b', '/abc', '/123', '/foo/'])}`
    case 1:
      return target.length > 1 ? target.slice(0, -1) : target
    case 2:
      return target.replace(/\/$/, '')
    case 3:
      return insert(pick(draw, ['/', '//', '/.', '/./', '/..', '/../', '.', '..', '/a/../']))
    case 4:
      return insert(
        pick(draw, [
          '%2F',
          '%2f',
          '%20',
          '%41',
          '%61',
          '%25',
          '%3F',
          '%23',
          '%C3%B6',
          '%0A',
          '%00',
          '%',
          '%zz',
        ]),
      )
    case 5:
      return insert(
        pick(draw, [
          'ö',
          ';',
          '=',
          '&',
          '+',
          ':',
          '@',
          '"',
          '<',
          '\\',
          '|',
          '^',
          '`',
          '{',
          '}',
          '>',
          '~',
          '$',
          "'",
          '\u{1F600}',
        ]),
      )
    case 6:
      return target.toUpperCase()
    case 7:
      return at < target.length ? escaped(target, at) : target
    default:
      return target
  }
}

function escaped(target: string, at: number): string {
  const code = target.charCodeAt(at)
  if (at === 0 || code > 126) return target
  return `${target.slice(0, at)}%${code.toString(16).padStart(2, '0')}${target.slice(at + 1)}`
}
