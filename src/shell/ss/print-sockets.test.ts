import { describe, expect, test } from 'vitest'
import { openTerminal } from '../terminal.fixture.ts'

describe('the sockets of a node without the control plane', () => {
  test('stand in columns as wide as their widest cells', () => {
    expect(openTerminal('host02')('ss -nltp').stdout)
      .toBe(`State  Recv-Q Send-Q Local Address:Port  Peer Address:PortProcess                               
LISTEN 0      4096         0.0.0.0:22         0.0.0.0:*    users:(("sshd",pid=1023,fd=13))      
LISTEN 0      4096       127.0.0.1:10248      0.0.0.0:*    users:(("kubelet",pid=1846,fd=17))   
LISTEN 0      4096       127.0.0.1:10249      0.0.0.0:*    users:(("kube-proxy",pid=3339,fd=15))
LISTEN 0      4096            [::]:22            [::]:*    users:(("sshd",pid=1023,fd=14))      
LISTEN 0      4096               *:10256            *:*    users:(("kube-proxy",pid=3339,fd=14))
LISTEN 0      4096               *:10250            *:*    users:(("kubelet",pid=1846,fd=21))   
`)
  })

  test.each([
    {
      line: 'ss -tln sport = :10250',
      stdout: 'LISTEN 0      4096               *:10250            *:*          \n',
    },
    {
      line: 'ss -nlp | grep kube-proxy | head -1',
      stdout:
        'tcp   LISTEN 0      4096       127.0.0.1:10249      0.0.0.0:*    users:(("kube-proxy",pid=3339,fd=15))\n',
    },
  ])('$line', ({ line, stdout }) => {
    expect(openTerminal('host02')(line).stdout.endsWith(stdout)).toBe(true)
  })

  test('hold no node port', () => {
    const type = openTerminal('host02')
    type('kubectl patch svc nginx -p \'{"spec":{"type":"NodePort","ports":[{"port":80,"nodePort":31326}]}}\'')
    expect(type('ss -nlp | grep 31326')).toMatchObject({ stdout: '', exitCode: 1 })
  })
})
