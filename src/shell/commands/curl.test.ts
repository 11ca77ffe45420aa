import { describe, expect, test } from 'vitest'
import { openTerminal } from '../terminal.fixture.ts'

const lines = (text: string) => text.replaceAll('\r', '').split('\n')

describe('curl', () => {
  test('tells of the request as it was typed', () => {
    const { stderr, stdout, exitCode } = openTerminal()('curl -vH "Host:web01" http://10.100.221.220/')
    expect(lines(stderr).slice(0, 7)).toEqual([
      '*   Trying 10.100.221.220:80...',
      '* Connected to 10.100.221.220 (10.100.221.220) port 80 (#0)',
      '> GET / HTTP/1.1',
      '> Host:web01',
      '> User-Agent: curl/7.88.1',
      '> Accept: */*',
      '> ',
    ])
    expect(stderr.endsWith('< \n* Connection #0 to host 10.100.221.220 left intact\n')).toBe(true)
    expect([stdout.startsWith('<!DOCTYPE html>\n'), exitCode]).toEqual([true, 0])
  })

  test.each([
    {
      line: 'curl http://10.104.17.3',
      stderr:
        /^curl: \(7\) Failed to connect to 10\.104\.17\.3 port 80 after \d+ ms: Couldn't connect to server\n$/,
      exitCode: 7,
    },
    { line: 'curl -s http://10.104.17.3', stderr: /^$/, exitCode: 7 },
    {
      line: 'curl -sS http://nope.example',
      stderr: /^curl: \(6\) Could not resolve host: nope\.example\n$/,
      exitCode: 6,
    },
    {
      line: 'curl http://bücher.example/',
      stderr: /^curl: \(3\) URL using bad\/illegal format or missing URL\n$/,
      exitCode: 3,
    },
    {
      line: `curl -sS http://${'x'.repeat(64)}.example/`,
      stderr: /^curl: \(6\) Could not resolve host: x{64}\.example\n$/,
      exitCode: 6,
    },
    {
      line: 'curl --connect-timeout 1 http://10.100.221.220:8080',
      stderr:
        /^curl: \(28\) Failed to connect to 10\.100\.221\.220 port 8080 after 1000 ms: Timeout was reached\n$/,
      exitCode: 28,
    },
    {
      line: 'curl -m 1 http://10.100.221.220:8080',
      stderr: /^curl: \(28\) Connection timed out after 1000 milliseconds\n$/,
      exitCode: 28,
    },
    {
      line: 'curl -f http://10.100.221.220/nope',
      stderr: /^curl: \(22\) The requested URL returned error: 404\n$/,
      exitCode: 22,
    },
    {
      line: 'curl foo://x',
      stderr: /^curl: \(1\) Protocol "foo" not supported or disabled in libcurl\n$/,
      exitCode: 1,
    },
    { line: 'curl --foo', stderr: /^curl: option --foo: is unknown\n/, exitCode: 2 },
    { line: 'curl -x p:1 http://a', stderr: /^podpath: curl -x is not simulated\n$/, exitCode: 2 },
    { line: 'curl', stderr: /^curl: try 'curl --help'/, exitCode: 2 },
  ])('$line ends with $exitCode', ({ line, stderr, exitCode }) => {
    const result = openTerminal()(line)
    expect([result.stdout, result.exitCode]).toEqual(['', exitCode])
    expect(result.stderr).toMatch(stderr)
  })

  test.each([
    {
      line: "curl -s -o /dev/null -w '%{http_code} %{remote_ip}:%{remote_port} %{size_download}\\n' 10.100.221.220",
      stdout: '200 10.100.221.220:80 615\n',
    },
    { line: "curl -s -o /dev/null -w '%{http_code}' 10.104.17.3", stdout: '000' },
    { line: 'curl -so /tmp/page 10.100.221.220; grep -c nginx.org /tmp/page', stdout: '1\n' },
    { line: 'curl -sI 10.100.221.220 | head -1', stdout: 'HTTP/1.1 200 OK\n' },
  ])('$line', ({ line, stdout }) => {
    expect(openTerminal()(line).stdout).toBe(stdout)
  })
})
