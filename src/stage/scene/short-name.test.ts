import { expect, test } from 'vitest'
import { shortChain, shortMiddle, shortName } from './short-name.ts'

test.each([
  { name: 'nginx-7c5ddbdf54-zwx27', most: 30, short: 'nginx-7c5ddbdf54-zwx27' },
  { name: 'nginx-7c5ddbdf54-zwx27', most: 16, short: 'nginx-…-zwx27' },
  { name: 'ingress-nginx-controller-5d9f8c7b6-w2p4q', most: 18, short: 'ingress-ng-…-w2p4q' },
  { name: 'ingress-nginx-controller-5d9f8c7b6-w2p4q', most: 22, short: 'ingress-nginx-…-w2p4q' },
  { name: 'a-rather-long-name-of-a-pod', most: 12, short: 'a-rath…a-pod' },
])('$name in $most letters is $short', ({ name, most, short }) => {
  expect(shortName(name, most)).toBe(short)
})

test.each([
  { text: 'to KUBE-EXT-CG5I4G2RS3ZVWGLK', most: 40, short: 'to KUBE-EXT-CG5I4G2RS3ZVWGLK' },
  { text: 'to KUBE-EXT-CG5I4G2RS3ZVWGLK', most: 17, short: 'to KUBE-EXT-…WGLK' },
  { text: 'to KUBE-EXT-CG5I4G2RS3ZVWGLK', most: 12, short: 'to KUBE-EXT' },
  { text: 'to KUBE-MARK-MASQ', most: 5, short: 'to KUBE-MARK-MASQ' },
])('$text in $most letters is $short', ({ text, most, short }) => {
  expect(shortChain(text, most)).toBe(short)
})

test('the middle of a host name gives way', () => {
  expect(shortMiddle('web01.cluster.example.com', 17)).toBe('web01.cl…mple.com')
})
