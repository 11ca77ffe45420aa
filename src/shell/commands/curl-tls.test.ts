import { describe, expect, test } from 'vitest'
import { chapter9 } from '../../scenarios/chapter-9/chapter-9.ts'
import { createLab, openState } from '../../sim/lab.ts'
import { parseFile } from '../../sim/manifest/parse-file.ts'
import { exec } from '../exec.ts'
import { newSession } from '../session.ts'

const opened = openState({
  scenario: chapter9.id,
  seed: chapter9.seed,
  nowMs: chapter9.nowMs,
  files: chapter9.files.map(({ name, text, role }) => ({ parsed: parseFile(name, text), text, role })),
})

/** The laptop's terminal after the chapter's production file. */
function laptop() {
  const lab = createLab(opened)
  const text = chapter9.files.find(({ name }) => name === 'production-ingress.yaml')?.text ?? ''
  lab.apply(parseFile('production-ingress.yaml', text), text)
  return (line: string) => exec(lab, line, { at: 'laptop', session: newSession, parseFile })
}

describe("curl -v https:// of the chapter's name", () => {
  // Lines as curl 7.88.1 prints them of the same certificate served on loopback, `openssl s_server -alpn h2`.
  test('tells of the handshake, the certificate and HTTP/2', () => {
    const { stderr, exitCode } = laptop()('curl -v https://web01.cluster.example.com -o /dev/null')
    expect(exitCode).toBe(0)
    expect(stderr.split('\n').slice(2, 26)).toEqual([
      '* ALPN: offers h2,http/1.1',
      '* TLSv1.3 (OUT), TLS handshake, Client hello (1):',
      '*  CAfile: /etc/ssl/certs/ca-certificates.crt',
      '*  CApath: /etc/ssl/certs',
      '* TLSv1.3 (IN), TLS handshake, Server hello (2):',
      '* TLSv1.3 (IN), TLS handshake, Encrypted Extensions (8):',
      '* TLSv1.3 (IN), TLS handshake, Certificate (11):',
      '* TLSv1.3 (IN), TLS handshake, CERT verify (15):',
      '* TLSv1.3 (IN), TLS handshake, Finished (20):',
      '* TLSv1.3 (OUT), TLS change cipher, Change cipher spec (1):',
      '* TLSv1.3 (OUT), TLS handshake, Finished (20):',
      '* SSL connection using TLSv1.3 / TLS_AES_256_GCM_SHA384',
      '* ALPN: server accepted h2',
      '* Server certificate:',
      '*  subject: [NONE]',
      expect.stringMatching(/^\*  start date: Nov 25 01:\d\d:\d\d 2026 GMT$/),
      expect.stringMatching(/^\*  expire date: Feb 23 01:\d\d:\d\d 2027 GMT$/),
      '*  subjectAltName: host "web01.cluster.example.com" matched cert\'s "*.cluster.example.com"',
      '*  issuer: CN=Classroom CA',
      '*  SSL certificate verify ok.',
      '* using HTTP/2',
      '* h2h3 [:method: GET]',
      '* h2h3 [:path: /]',
      '* h2h3 [:scheme: https]',
    ])
  })

  test('with --http1.1 asks as ever', () => {
    const { stderr } = laptop()('curl -v --http1.1 https://web01.cluster.example.com -o /dev/null')
    expect(stderr).toContain('* ALPN: server accepted http/1.1\n')
    expect(stderr).toContain(
      '* using HTTP/1.1\n> GET / HTTP/1.1\n> Host: web01.cluster.example.com\n> User-Agent',
    )
    expect(stderr).toContain('< HTTP/1.1 200 OK\n< Date')
  })

  test('with -L from http goes on by another connection', () => {
    const { stderr } = laptop()('curl -vL http://web01.cluster.example.com -o /dev/null')
    expect(stderr).toContain(
      "* Clear auth, redirects to port from 80 to 443\n* Issue another request to this URL: 'https://web01.cluster.example.com/'\n",
    )
    expect(stderr).toContain('port 443 (#1)\n')
  })
})

test.each([
  { line: 'curl -s https://web02.cluster.example.com', exitCode: 60 },
  { line: 'curl -sS https://192.168.61.10:80', exitCode: 35, stderr: 'wrong version number' },
  {
    line: 'curl -sS --cacert /opt/none.pem https://192.168.61.10',
    exitCode: 77,
    stderr: 'error setting certificate file: /opt/none.pem',
  },
  {
    line: "curl -sk -o /dev/null -w '%{http_code} %{http_version} %{ssl_verify_result}' https://web01.cluster.example.com",
    exitCode: 0,
    stdout: '200 2 20',
  },
  { line: 'curl -sI https://web01.cluster.example.com', exitCode: 0, stdout: 'HTTP/2 200 \n' },
])('$line ends with $exitCode', ({ line, exitCode, stderr = '', stdout = '' }) => {
  const done = laptop()(line)
  expect(done.exitCode).toBe(exitCode)
  expect(done.stderr).toContain(stderr)
  expect(done.stdout).toContain(stdout)
})
