import { expect, test } from 'vitest'
import { shortName } from './short-name.ts'

test.each([
  { name: 'nginx-7c5ddbdf54-zwx27', most: 30, short: 'nginx-7c5ddbdf54-zwx27' },
  { name: 'nginx-7c5ddbdf54-zwx27', most: 16, short: 'nginx-…-zwx27' },
  { name: 'ingress-nginx-controller-5d9f8c7b6-w2p4q', most: 18, short: 'ingress-ng-…-w2p4q' },
  { name: 'a-rather-long-name-of-a-pod', most: 12, short: 'a-rath…a-pod' },
])('$name in $most letters is $short', ({ name, most, short }) => {
  expect(shortName(name, most)).toBe(short)
})
