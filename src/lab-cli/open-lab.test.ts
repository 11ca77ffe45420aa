import { describe, expect, test } from 'vitest'
import { chapter9 } from '../scenarios/chapter-9/chapter-9.ts'
import { openLab } from './open-lab.ts'
import { printDiagnostic } from './print-diagnostic.ts'
import { notBegun, runCommand } from './run-commands.ts'

const input = (name: string, text: string) => ({
  name,
  shortName: name.slice(name.lastIndexOf('/') + 1),
  text,
})

function typed(lab: ReturnType<typeof openLab>['lab'], line: string, json = false) {
  let text = ''
  const print = {
    stdout: (part: string) => void (text += part),
    stderr: (part: string) => void (text += part),
  }
  runCommand(lab, notBegun, { at: 'host01', line }, { json, faults: [], tty: false }, print)
  return text
}

describe('a lab from the command line', () => {
  test('has nothing of the reader’s applied', () => {
    const { lab, diagnostics } = openLab(chapter9, [])
    expect([typed(lab, 'kubectl get pods'), diagnostics]).toEqual([
      'No resources found in default namespace.\n',
      [],
    ])
    expect(typed(lab, 'ls /opt')).toContain('nginx-deploy.yaml\n')
  })

  test('applies the files given, which stand in /opt', () => {
    const text = 'apiVersion: v1\nkind: Service\nmetadata: {name: web}\nspec: {ports: [{port: 80}]}\n'
    const { lab } = openLab(chapter9, [input('some/dir/web.yaml', text)])
    expect(typed(lab, 'kubectl get svc web -o name; cat /opt/web.yaml')).toBe(`service/web\n${text}`)
  })

  test('says at which line of which file something is wrong, and goes on without it', () => {
    const text = 'apiVersion: v1\nkind: Service\nmetadata: {name: web}\nspec: {prots: []}\n'
    const { lab, diagnostics } = openLab(chapter9, [input('some/dir/web.yaml', text)])
    expect(diagnostics.map(printDiagnostic).join('')).toMatch(/^some\/dir\/web\.yaml:4:\d+: error: .*spec\.p/)
    expect(typed(lab, 'kubectl get svc -o name')).toBe('service/kubernetes\n')
  })

  test('lets a patch wait', () => {
    const { diagnostics } = openLab(chapter9, [input('p.yaml', 'spec: {type: NodePort}\n')])
    expect(diagnostics.map((each) => [each.severity, each.code])).toEqual([
      ['warning', 'patch-without-target'],
    ])
  })

  test('takes the rules of a node from its paste, and says which line is none', () => {
    const dump = '*filter\n:INPUT ACCEPT [0:0]\n-A INPUT -p tcp -m tcp --dport 80 -j DROP\nCOMMIT\n'
    const { lab, diagnostics } = openLab(chapter9, [
      input('host01.iptables-save', dump),
      input('d/host02.iptables-save', `${dump}nonsense\n`),
      input('host09.iptables-save', dump),
    ])
    expect(typed(lab, 'iptables-save | grep -c -e -A')).toBe('1\n')
    expect(diagnostics.map(printDiagnostic).join('')).toMatch(
      /^d\/host02\.iptables-save:5:1: error: .*\n.*host09\.iptables-save.*no node "host09"/,
    )
    expect(lab.cluster.pastedRules.map(({ node }) => node)).toEqual(['host01'])
  })

  test('takes the machines of a file in place of the scenario’s', () => {
    const text = `apiVersion: kubeadm.k8s.io/v1beta4
kind: ClusterConfiguration
kubernetesVersion: v1.31.0
---
apiVersion: v1
kind: Node
metadata: {name: solo}
status: {addresses: [{type: InternalIP, address: 10.0.0.1}]}
`
    const { lab } = openLab(chapter9, [input('c.yaml', text)])
    expect(lab.cluster.nodes.map((node) => node.ref.name)).toEqual(['solo'])
  })

  test('prints one JSON object a command', () => {
    const printed: unknown = JSON.parse(typed(openLab(chapter9, []).lab, 'echo a; false', true))
    expect(printed).toEqual({ command: 'echo a; false', stdout: 'a\n', stderr: '', exitCode: 1, traces: [] })
  })
})
