import { describe, expect, test } from 'vitest'
import { openTerminal } from '../terminal.fixture.ts'

describe('wget of BusyBox', () => {
  test.each([
    { line: 'wget -O - http://nope', stderr: "wget: bad address 'nope'\n", exitCode: 1 },
    {
      line: 'wget -O - http://empty',
      stderr:
        "Connecting to empty (10.104.17.3:80)\nwget: can't connect to remote host (10.104.17.3): Connection refused\n",
      exitCode: 1,
    },
    {
      line: 'wget -O - http://nginx/nope',
      stderr:
        'Connecting to nginx (10.100.221.220:80)\nwget: server returned error: HTTP/1.1 404 Not Found\n',
      exitCode: 1,
    },
    {
      line: 'wget --spider http://nginx',
      stderr: 'Connecting to nginx (10.100.221.220:80)\nremote file exists\n',
      exitCode: 0,
    },
    {
      line: 'wget http://nginx',
      stderr: `Connecting to nginx (10.100.221.220:80)
saving to 'index.html'
index.html           100% |********************************|   615  0:00:00 ETA
'index.html' saved
`,
      exitCode: 0,
    },
  ])('$line', ({ line, stderr, exitCode }) => {
    expect(openTerminal('pod/default/pod')(line)).toMatchObject({ stdout: '', stderr, exitCode })
  })

  test('writes the page between its messages where both streams are one terminal', () => {
    const { stdout } = openTerminal()('kubectl exec -ti pod -c pod -- wget -O - http://nginx')
    const [first, second, third] = stdout.split('\n')
    expect([first, second, third]).toEqual([
      'Connecting to nginx (10.100.221.220:80)',
      'writing to stdout',
      '<!DOCTYPE html>',
    ])
  })
})

describe('GNU wget', () => {
  test('tells what it does on standard error, with dots into a pipe', () => {
    const { stdout, stderr } = openTerminal()('wget -O - http://10.100.221.220')
    expect(stdout.startsWith('<!DOCTYPE html>\n')).toBe(true)
    expect(stderr).toMatch(
      /^--2026-01-10 12:00:\d\d-- {2}http:\/\/10\.100\.221\.220\/\nConnecting to 10\.100\.221\.220:80\.\.\. connected\.\nHTTP request sent, awaiting response\.\.\. 200 OK\nLength: 615 \[text\/html\]\nSaving to: 'STDOUT'\n\n {5}0K {55}100% .*\n\n2026.* - written to stdout \[615\/615\]\n\n$/,
    )
  })

  test.each([
    { line: 'wget -q http://10.100.221.220/nope', exitCode: 8 },
    { line: 'wget -q http://10.104.17.3', exitCode: 4 },
    { line: 'wget -q http://nope.example', exitCode: 4 },
    { line: 'wget -q -t 2 -T 1 http://10.100.221.220:8080', exitCode: 4 },
  ])('$line ends with $exitCode', ({ line, exitCode }) => {
    expect(openTerminal()(line)).toMatchObject({ stdout: '', stderr: '', exitCode })
  })

  test('gives up at once when it is refused', () => {
    expect(openTerminal()('wget http://10.104.17.3').stderr).toMatch(/\.\.\. failed: Connection refused\.\n$/)
  })
})
