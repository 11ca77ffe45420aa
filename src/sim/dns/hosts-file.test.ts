import { describe, expect, test } from 'vitest'
import { lookupHosts, parseHosts, printHosts } from './hosts-file.ts'

const text =
  '# Kubernetes-managed hosts file.\n127.0.0.1\tlocalhost\n::1\tlocalhost\n10.1.2.3\tfoo.remote\tbar.remote\nbad\tx\n'

describe('a hosts file', () => {
  test('prints as it was read', () => {
    expect(printHosts(parseHosts(text))).toBe(text)
  })

  test.each([
    { name: 'localhost', addresses: ['127.0.0.1', '::1'] },
    { name: 'BAR.remote', addresses: ['10.1.2.3'] },
    { name: 'bar.remote.', addresses: [] },
    { name: 'x', addresses: [] },
  ])('gives $name the addresses $addresses', ({ name, addresses }) => {
    expect(lookupHosts(parseHosts(text), name)).toEqual(addresses)
  })
})
