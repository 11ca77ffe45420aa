import { describe, expect, test } from 'vitest'
import { openTerminal } from '../terminal.fixture.ts'

describe('dig', () => {
  test.each([
    { line: 'dig +short nginx.default.svc.cluster.local', stdout: '10.100.221.220\n' },
    {
      line: 'dig +search +noall +answer nginx',
      stdout: 'nginx.default.svc.cluster.local. 30 IN\tA\t10.100.221.220\n',
    },
    { line: 'dig nope.default.svc.cluster.local | grep -o "status: [A-Z]*"', stdout: 'status: NXDOMAIN\n' },
    { line: 'dig -v', stdout: 'DiG 9.20.29\n' },
  ])('$line', ({ line, stdout }) => {
    const type = openTerminal('pod/default/pod')
    type('apk add bind-tools')
    expect(type(line)).toMatchObject({ stdout, exitCode: 0 })
  })

  test('is not in Alpine before bind-tools is', () => {
    const type = openTerminal('pod/default/pod')
    expect(type('dig nginx')).toMatchObject({ stderr: 'sh: dig: not found\n', exitCode: 127 })
    expect(type('apk add bind-tools').stdout).toMatch(
      /\(15\/15\) Installing bind-tools .*\nExecuting .*\nOK: \d+ MiB in 31 packages\n$/,
    )
    expect(type('apk add bind-tools').stdout).toMatch(/^OK: \d+ MiB in 31 packages\n$/)
  })

  test.each([
    { line: 'dig a..b', stderr: "dig: 'a..b' is not a legal name (empty label)\n", exitCode: 10 },
    { line: 'dig +nope x', stderr: /^Invalid option: \+nope\n/, exitCode: 1 },
    { line: 'dig -x nginx', stderr: 'Invalid IP address nginx\n', exitCode: 1 },
  ])('$line ends with $exitCode', ({ line, stderr, exitCode }) => {
    const type = openTerminal('pod/default/pod')
    type('apk add bind-tools')
    const result = type(line)
    expect(result.exitCode).toBe(exitCode)
    expect(result.stderr).toMatch(typeof stderr === 'string' ? stderr : stderr)
  })
})
