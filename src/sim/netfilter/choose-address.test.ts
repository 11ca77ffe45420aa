import { expect, test } from 'vitest'
import { ip } from '../network/address.ts'
import { chooseAddress } from './choose-address.ts'

/** What a Linux kernel chose, `DNAT --to-destination 10.9.0.1-10.9.0.9` and the same with `--persistent`, as conntrack listed it. */
test.each([
  { from: '10.9.0.10', plain: '10.9.0.4', persistent: '10.9.0.4' },
  { from: '10.9.0.11', plain: '10.9.0.9', persistent: '10.9.0.1' },
  { from: '10.9.0.12', plain: '10.9.0.4', persistent: '10.9.0.7' },
  { from: '10.9.0.13', plain: '10.9.0.6', persistent: '10.9.0.6' },
])('chooses for $from what a kernel chose', ({ from, plain, persistent }) => {
  const choose = (dst: string, isPersistent: boolean) =>
    chooseAddress(ip('10.9.0.1'), ip('10.9.0.9'), { src: ip(from), dst: ip(dst) }, isPersistent)
  expect([choose('10.9.1.1', false), choose('10.9.1.2', true)]).toEqual([plain, persistent])
})

test('stays within a range of IPv6', () => {
  const chosen = Array.from({ length: 40 }, (_, at) =>
    chooseAddress(ip('fd00::1'), ip('fd00::9'), { src: ip(`fd01::${at + 1}`), dst: ip('fd02::1') }, false),
  )
  expect(new Set(chosen).size).toBeGreaterThan(4)
  expect(chosen.every((address) => /^fd00::[1-9]$/.test(address))).toBe(true)
})
