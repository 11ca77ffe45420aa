/**
 * Dumps in the shapes that real nodes have, loaded by iptables-restore 1.8.9 into a network namespace and printed by iptables-save
 * again: what it printed is in `golden/`. To make them anew: `iptables-restore < golden/NAME.txt; iptables-save`.
 */
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import type { IpVersion } from '../network/address.ts'
import { parseIptablesSave } from './parse-iptables-save.ts'
import { printIptablesSave } from './print-iptables-save.ts'

/** Without the two comment lines, which tell the time. */
const rulesOf = (text: string) => text.replaceAll(/^# .*\n/gm, '')

describe.each<{ dump: string; of: string; ipVersion: IpVersion; unknown: readonly string[] }>([
  {
    dump: 'calico',
    of: 'felix and kubelet',
    ipVersion: 4,
    unknown: ['-m limit --limit 5/min --limit-burst 10'],
  },
  { dump: 'docker', of: 'Docker and flannel', ipVersion: 4, unknown: [] },
  {
    dump: 'mesh',
    of: 'the init containers of Istio and Linkerd',
    ipVersion: 4,
    unknown: [
      '-j CT --zone 1',
      '-j TPROXY --on-port 15006 --on-ip 0.0.0.0 --tproxy-mark 0x539/0xffffffff',
      '-m socket --transparent',
    ],
  },
  { dump: 'six', of: 'IPv6', ipVersion: 6, unknown: ['-m rt --rt-type 0'] },
  {
    dump: 'forms',
    of: 'every form of a match and target',
    ipVersion: 4,
    unknown: [
      '-f',
      '-j DNAT --to-destination :8080',
      '-j NETMAP --to 10.0.0.0/8',
      '-j TOS --set-tos 0x10/0x3f',
      '-j TTL --ttl-set 64',
      '-m addrtype --src-type UNICAST,LOCAL --dst-type BROADCAST',
      '-m cgroup --cgroup 5',
      '-m conntrack --ctproto 6 --ctorigsrc 10.0.0.0/8 ! --ctorigdst 10.96.0.10 --ctreplsrc 10.1.1.1 --ctrepldst 10.2.0.0/16 --ctorigsrcport 1:100 --ctorigdstport 80 ! --ctreplsrcport 8080 --ctrepldstport 5 --ctstatus SEEN_REPLY,ASSURED --ctexpire 1:10 --ctdir REPLY',
      '-m hashlimit --hashlimit-upto 5/sec --hashlimit-burst 5 --hashlimit-mode srcip --hashlimit-name x',
      '-m iprange --src-range 10.0.0.1-10.0.0.9',
      '-m length --length 100:200',
      '-m limit --limit 3/hour',
      '-m mac --mac-source 00:11:22:33:44:55',
      '-m recent --update --seconds 60 --hitcount 4 --rttl --name SSH --mask 255.255.255.255 --rsource',
      '-m string --string "abc d" --algo bm',
      '-m tos --tos 0x10/0x3f',
      '-m ttl --ttl-lt 5',
    ],
  },
])('iptables-save of $of', ({ dump, ipVersion, unknown }) => {
  const text = readFileSync(new URL(`golden/${dump}.txt`, import.meta.url), 'utf8')
  const { ruleset, problems } = parseIptablesSave(text, ipVersion)

  test('comes back byte for byte', () => {
    expect(problems).toEqual([])
    const printed = printIptablesSave(ruleset, { version: '', printedAt: '', ipVersion })
    expect(rulesOf(printed)).toBe(rulesOf(text))
  })

  test('has no part that is not understood beside those known to be beyond us', () => {
    const parts = ruleset.tables.flatMap(({ chains }) =>
      chains.flatMap(({ rules }) => rules.flatMap(({ matches, target }) => [...matches, target])),
    )
    const found = parts.flatMap((part) => (part?.kind === 'unknown' ? [part.text] : []))
    expect(found.toSorted()).toEqual(unknown)
  })
})
