import { describe, expect, test } from 'vitest'
import { parseFile } from '../sim/manifest/parse-file.ts'
import { exec } from './exec.ts'
import { openTerminal, openTestLab } from './terminal.fixture.ts'

describe('a line in a shell', () => {
  test.each([
    { line: 'echo a  b', stdout: 'a b\n' },
    { line: 'echo \'a  b\' "c d"', stdout: 'a  b c d\n' },
    { line: 'echo a; echo b', stdout: 'a\nb\n' },
    { line: 'true && echo yes', stdout: 'yes\n' },
    { line: 'false || echo no', stdout: 'no\n' },
    { line: 'false; echo $?', stdout: '1\n' },
    { line: 'for i in $(seq 3); do echo n$i; done', stdout: 'n1\nn2\nn3\n' },
    { line: 'for i in {1..3}; do echo $i; done | tail -n 1', stdout: '3\n' },
    { line: 'x=5; echo "$x" \'$x\' ${x}', stdout: '5 $x 5\n' },
    { line: 'echo "$(echo a; echo b)"', stdout: 'a\nb\n' },
    { line: 'echo $(echo a; echo b)', stdout: 'a b\n' },
    { line: 'echo `hostname`', stdout: 'host01\n' },
    { line: 'echo hi > /tmp/x; cat /tmp/x; echo there >> /tmp/x; wc -l < /tmp/x', stdout: 'hi\n2\n' },
    { line: 'cat /opt/none 2>/dev/null; echo $?', stdout: '1\n' },
    { line: 'cat /opt/none 2>&1 | grep -c such', stdout: '1\n' },
    { line: 'cd /opt; pwd; ls', stdout: '/opt\ncluster.yaml\nnginx-nodeport.yaml\nweb.yaml\n' },
    { line: 'echo a # a comment', stdout: 'a\n' },
    { line: 'printenv', stderr: 'bash: printenv: command not found\n', exitCode: 127 },
    { line: 'constructor', stderr: 'bash: constructor: command not found\n', exitCode: 127 },
    { line: '/usr/bin/echo a', stdout: 'a\n' },
    { line: 'echo "a', stderr: 'bash: unexpected EOF while looking for matching `"\'\n', exitCode: 2 },
    { line: 'for i in 1 2', stderr: 'bash: syntax error: unexpected end of file\n', exitCode: 2 },
    { line: 'echo )', stderr: "bash: syntax error near unexpected token `)'\nbash: `echo )'\n", exitCode: 2 },
    { line: 'echo hi >/none/x', stderr: 'bash: /none/x: No such file or directory\n', exitCode: 1 },
    {
      line: 'sleep 1 &',
      stderr: 'podpath: running in the background with & is not simulated\n',
      exitCode: 2,
    },
  ])('$line', ({ line, stdout = '', stderr = '', exitCode = 0 }) => {
    expect(openTerminal()(line)).toMatchObject({ stdout, stderr, exitCode })
  })

  test('goes on where the line before left off', () => {
    const type = openTerminal()
    type('x=1; cd /opt; false')
    expect(type('echo $? $x; pwd').stdout).toBe('1 1\n/opt\n')
  })

  test('stops a loop that would never end', () => {
    const line = 'for i in $(seq 100000); do true; done'
    expect(openTerminal()(line)).toMatchObject({
      exitCode: 130,
      stderr: 'podpath: stopped after 20000 commands\n',
    })
  })

  test('lets the cluster’s clock run while it sleeps', () => {
    const lab = openTestLab()
    const before = lab.nowMs
    openTerminal('host01', lab)('sleep 2m')
    expect(lab.nowMs - before).toBe(120_000)
  })
})

describe('a terminal', () => {
  test('says so where there is no machine', () => {
    expect(openTerminal('host09')('ls')).toMatchObject({
      exitCode: 127,
      stderr: 'podpath: there is no machine host09\n',
    })
  })

  test.each([
    {
      what: 'that does not run',
      spec: 'nodeSelector: { no: where }, containers: [{ name: a, image: alpine }]',
      says: 'Pod default/x does not run',
    },
    {
      what: 'of an image without a shell',
      spec: 'containers: [{ name: a, image: coredns/coredns }]',
      says: 'image coredns/coredns has no shell',
    },
    {
      what: 'of an image that nobody knows',
      spec: 'containers: [{ name: a, image: shop/cart }]',
      says: 'which programs image shop/cart holds is not known',
    },
  ])('refuses to type into a Pod $what', ({ spec, says }) => {
    const lab = openTestLab()
    const text = `apiVersion: v1\nkind: Pod\nmetadata: { name: x }\nspec: { ${spec} }\n`
    lab.apply(parseFile('x.yaml', text), text)
    expect(openTerminal('pod/default/x', lab)('ls')).toMatchObject({
      stderr: `podpath: ${says}\n`,
      exitCode: 126,
    })
  })

  test('speaks as the shell of the image', () => {
    expect(openTerminal('pod/default/pod')('foo').stderr).toBe('sh: foo: not found\n')
  })

  test('gives all text in one stream, in order, where both are one terminal', () => {
    const result = exec(openTestLab(), 'cat /opt/none; echo a', { at: 'host01', tty: true, parseFile })
    expect(result).toMatchObject({ stdout: 'cat: /opt/none: No such file or directory\na\n', stderr: '' })
  })

  test('hands out the trace of every request, each with chances of its own', () => {
    const { traces } = openTerminal()('for i in 1 2; do curl -s 10.100.221.220; done')
    expect(traces.map((trace) => trace.request.seed)).toEqual([7, 8])
  })

  test('gives the same text for the same seed and the same lines', () => {
    const lines = 'curl -v http://10.100.221.220; kubectl get pods -o wide'
    expect(openTerminal()(lines).stdout).toBe(openTerminal()(lines).stdout)
  })
})
