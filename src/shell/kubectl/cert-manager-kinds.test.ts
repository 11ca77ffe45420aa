import { expect, test } from 'vitest'
import { parseFile } from '../../sim/manifest/parse-file.ts'
import { openTerminal, openTestLab } from '../terminal.fixture.ts'

const made = `apiVersion: cert-manager.io/v1
kind: Issuer
metadata: { name: own }
spec: { selfSigned: {} }
---
apiVersion: cert-manager.io/v1
kind: Certificate
metadata: { name: web }
spec: { secretName: web-tls, dnsNames: [web.example.com], issuerRef: { name: own } }
`

test.each([
  { line: 'kubectl get certificate', says: ['NAME READY SECRET AGE', 'web True web-tls 3s'] },
  {
    line: 'kubectl get cert -o wide',
    says: [
      'NAME READY SECRET ISSUER STATUS AGE',
      'web True web-tls own Certificate is up to date and has not expired 3s',
    ],
  },
  { line: 'kubectl get issuers', says: ['NAME READY AGE', 'own True 3s'] },
])("$line lists what cert-manager's CRDs say", ({ line, says }) => {
  const lab = openTestLab()
  lab.apply(parseFile('made.yaml', made), made)
  const { stdout } = openTerminal('host01', lab)(line)
  expect(
    stdout
      .trim()
      .split('\n')
      .map((row) => row.trim().replace(/ +/g, ' ')),
  ).toEqual(says)
})
