import { describe, expect, test } from 'vitest'
import { chapter9 } from '../scenarios/chapter-9/chapter-9.ts'
import { openLab } from './open-lab.ts'
import { printSources } from './print-sources.ts'
import { readArguments } from './read-arguments.ts'

const given = chapter9.files
  .filter(({ name }) => ['nginx-deploy.yaml', 'nginx-service.yaml', 'nginx-ingress.yaml'].includes(name))
  .map(({ name, text }) => ({ name, shortName: name, text }))

function printed(argv: readonly string[], inputs = given) {
  const read = readArguments(['sources', ...argv])
  if (read.kind !== 'sources') throw new Error(read.kind)
  const [out, err]: [string[], string[]] = [[], []]
  const print = {
    stdout: (text: string) => void out.push(text),
    stderr: (text: string) => void err.push(text),
  }
  const exitCode = printSources(openLab(chapter9, inputs).lab, read, print)
  return { exitCode, stdout: out.join(''), stderr: err.join('') }
}

describe('lab -- sources', () => {
  test('prints a row a vantage, policy and mode of the Service in the files', () => {
    const lines = printed([]).stdout.trimEnd().split('\n')
    expect(lines[0]).toBe('Who does the Pod think I am? Service default/nginx')
    expect(lines).toHaveLength(2 + 9 * 2 * 3)
  })

  test('says with its rule what the Pod sees, and in words why a cell is empty', () => {
    const { stdout } = printed([])
    expect(stdout).toMatch(
      /^ingress +external Cluster +iptables +yes +172\.31\.\S+ +192\.168\.61\.11 +host01: -A KUBE-EXT-.* -j KUBE-MARK-MASQ$/m,
    )
    expect(stdout).toMatch(/^vip +external Cluster +iptables +– It has no node port$/m)
  })

  test('gives one JSON array with --json', () => {
    const cells: unknown = JSON.parse(
      printed(['--json', '--service', 'ingress-nginx/ingress-nginx-controller']).stdout,
    )
    expect(cells).toHaveLength(9 * 2 * 3)
    expect(cells).toContainEqual(
      expect.objectContaining({
        service: 'ingress-nginx/ingress-nginx-controller',
        vantage: 'vip',
        externalTrafficPolicy: 'Cluster',
        mode: 'iptables',
        reached: 'yes',
      }),
    )
  })

  test.each([
    { argv: ['--service', 'nobody'], says: 'lab: there is no Service nobody\n' },
    { argv: [], says: 'lab: no file given holds a Service; name one with --service NAMESPACE/NAME\n' },
  ])('says what is missing ($argv)', ({ argv, says }) => {
    expect(printed(argv, [])).toEqual({ exitCode: 1, stdout: '', stderr: says })
  })

  test('takes no command', () => {
    expect(readArguments(['sources', '-c', 'ls'])).toEqual({
      kind: 'problem',
      message: 'unknown argument -c',
    })
  })
})
