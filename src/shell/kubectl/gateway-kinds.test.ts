import { expect, test } from 'vitest'
import { gatewayLab } from '../../sim/trace/gateway-lab.fixture.ts'
import { openTerminal } from '../terminal.fixture.ts'

const type = openTerminal('host01', gatewayLab())

// Columns: additionalPrinterColumns of the CRDs, v1.6.
test.each([
  {
    line: 'kubectl get gateway,httproute,gatewayclass',
    prints: `NAME                                    CLASS     ADDRESS          PROGRAMMED   AGE
gateway.gateway.networking.k8s.io/web   podpath   192.168.61.200   True         6s

NAME                                      HOSTNAMES             AGE
httproute.gateway.networking.k8s.io/web   ["web.example.com"]   3s

NAME                                             CONTROLLER            ACCEPTED   AGE
gatewayclass.gateway.networking.k8s.io/podpath   podpath.dev/gateway   True       14d
`,
  },
  {
    line: 'kubectl get gtw',
    prints: `NAME   CLASS     ADDRESS          PROGRAMMED   AGE
web    podpath   192.168.61.200   True         6s
`,
  },
  { line: 'kubectl get refgrant', prints: '' },
])('$line prints the columns of the CRD', ({ line, prints }) => {
  expect(type(line).stdout).toBe(prints)
})

test('kubectl describe gives an HTTPRoute field by field, its conditions among them', () => {
  const { stdout } = type('kubectl describe httproute web')
  expect(stdout).toMatch(
    /^Name: {9}web\nNamespace: {4}default\nLabels: {7}<none>\nAnnotations: {2}<none>\nAPI Version: {2}gateway\.networking\.k8s\.io\/v1\nKind: {9}HTTPRoute\nMetadata:\n {2}Creation Timestamp: {2}/,
  )
  expect(stdout).toContain(`Spec:
  Hostnames:
    web.example.com
  Parent Refs:
    Group:  gateway.networking.k8s.io
    Kind:   Gateway
    Name:   web
  Rules:
    Backend Refs:
      Group:   
      Kind:    Service
      Name:    nginx-next
      Port:    80
      Weight:  1
`)
  expect(stdout).toContain(
    '      Reason:                Accepted\n      Status:                True\n      Type:                  Accepted\n',
  )
  expect(stdout).toMatch(/\nEvents: {7}<none>\n$/)
})
