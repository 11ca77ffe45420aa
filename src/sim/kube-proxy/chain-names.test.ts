import { expect, test } from 'vitest'
import { endpointChainName, serviceChainName, servicePortHash } from './chain-names.ts'

test.each([
  ['SVC', 'default/nginx', 'tcp', 'KUBE-SVC-2CMXP7HKUVJN7L6M'],
  ['EXT', 'default/nginx', 'tcp', 'KUBE-EXT-2CMXP7HKUVJN7L6M'],
  ['SVC', 'kube-system/kube-dns:dns', 'udp', 'KUBE-SVC-TCOU7JCQXEZGVUNU'],
  ['SVC', 'kube-system/kube-dns:dns-tcp', 'tcp', 'KUBE-SVC-ERIFXISQEP7F7OF4'],
  ['SVC', 'default/kubernetes:https', 'tcp', 'KUBE-SVC-NPX46M4PTMTKRN6Y'],
] as const)('the %s chain of %s %s is %4$s', (kind, name, protocol, chain) => {
  expect(serviceChainName(kind, servicePortHash(name, protocol))).toBe(chain)
})

test.each([
  ['192.168.239.235:80', 'KUBE-SEP-PIVU7ZHMCSOWIZ2Z'],
  ['192.168.239.236:80', 'KUBE-SEP-CFQXKE74QEHFB7VJ'],
  ['192.168.239.237:80', 'KUBE-SEP-DHDWEJZ7MGGIR5XF'],
  ['192.168.239.238:80', 'KUBE-SEP-3S3S2VJCXSAISE2Z'],
  ['192.168.89.234:80', 'KUBE-SEP-AQWD2Y25T24EHSNI'],
])('the chain of default/nginx’s endpoint %s is %s', (endpoint, chain) => {
  expect(endpointChainName('default/nginx', 'tcp', endpoint)).toBe(chain)
})
