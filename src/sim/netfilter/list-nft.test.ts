import { expect, test } from 'vitest'
import { listNft } from './list-nft.ts'
import type { NftTable } from './nft-ruleset.ts'

const table: NftTable = {
  family: 'ip',
  name: 'kube-proxy',
  sets: [{ kind: 'set', name: 'affinity-a', types: ['ipv4_addr'], timeoutSeconds: 10_800, elements: [] }],
  chains: [],
}

// As nft 1.0.6 prints a set with an element of which 6.996 seconds are left.
test('a set that rules fill is listed with its living elements and their time', () => {
  const wanted = { kind: 'set', family: 'ip', table: 'kube-proxy', name: 'affinity-a' } as const
  const dynamic = { 'affinity-a': { '1.2.3.4': 16_996, '1.2.3.3': 10_000 } }
  expect(listNft([table], wanted, { dynamic, now: 10_000 })).toEqual({
    kind: 'text',
    text:
      'table ip kube-proxy {\n\tset affinity-a {\n\t\ttype ipv4_addr\n\t\tsize 65535\n\t\tflags dynamic,timeout\n' +
      '\t\ttimeout 3h\n\t\telements = { 1.2.3.4 expires 6s996ms }\n\t}\n}\n',
  })
})

test.each([
  { type: 'ipv4_addr', keys: ['10.0.0.1', '10.0.0.2'], text: '{ 10.0.0.1, 10.0.0.2 }' },
  { type: 'ipv6_addr', keys: ['fd00::1', 'fd00::2'], text: '{ fd00::1,\n\t\t\t     fd00::2 }' },
])('a set of $type has its addresses as nft 1.0.6 breaks them into lines', ({ type, keys, text }) => {
  const elements = keys.map((key) => ({ key: [key] }))
  const of = { ...table, sets: [{ kind: 'set' as const, name: 'a', types: [type], elements }] }
  const wanted = { kind: 'set', family: 'ip', table: 'kube-proxy', name: 'a' } as const
  const listed = listNft([of], wanted, { dynamic: {}, now: 0 })
  expect(listed.kind === 'text' && listed.text).toContain(`elements = ${text}\n`)
})
