import { expect, test } from 'vitest'
import { packetOf } from '../netfilter/packet-notation.ts'
import { passHook } from '../netfilter/pass-hook.ts'
import type { ConntrackTable } from '../netfilter/conntrack.ts'
import { walkFrom } from '../network/walk.ts'
import { follow } from './follow.ts'
import { forgetStaleUdp } from './forget-stale-udp.ts'
import { fivePods, kernelLab, openRun, podYaml, serviceYaml } from './kernel-lab.fixture.ts'
import { flightOf } from './tcp-connection.ts'

/** host01's table after `near` has sent this packet, while web-4 alone was behind the Service. */
function tableAfter(line: string): ConntrackTable {
  const one = podYaml('web-4', 'host02', '172.31.2.14', 'web')
  const run = openRun(kernelLab(...fivePods.slice(5), one, serviceYaml('')).cluster)
  follow(run, flightOf(run, 0, 'request', '', 'silent'), walkFrom(run.world, 'default/near', packetOf(line)))
  return run.world.netfilter('host01').conntrack
}

const others = (...pods: readonly string[]) =>
  kernelLab(...fivePods.slice(5), ...pods, serviceYaml('')).cluster
const web5 = podYaml('web-5', 'host02', '172.31.2.15', 'web')
const web4 = podYaml('web-4', 'host02', '172.31.2.14', 'web')
const udp = 'udp 172.31.1.2:40000 > 10.96.0.80:5353'

test.each([
  { what: 'UDP to an endpoint that is no more', line: udp, cluster: others(web5), kept: 0 },
  { what: 'UDP to an endpoint that still is', line: udp, cluster: others(web4, web5), kept: 1 },
  { what: 'UDP to a Service that has no endpoint left', line: udp, cluster: others(), kept: 1 },
  {
    what: 'UDP to another port',
    line: 'udp 172.31.1.2:40000 > 10.96.0.80:53',
    cluster: others(web5),
    kept: 1,
  },
  {
    what: 'UDP to a Pod’s own address',
    line: 'udp 172.31.1.2:40000 > 172.31.2.14:5353',
    cluster: others(web5),
    kept: 1,
  },
  {
    what: 'TCP to an endpoint that is no more',
    line: 'tcp 172.31.1.2:40000 > 10.96.0.80:80',
    cluster: others(web5),
    kept: 1,
  },
])('of entries for $what it leaves $kept', ({ line, cluster, kept }) => {
  const table = tableAfter(line)
  expect(table.entries).toHaveLength(1)
  expect(forgetStaleUdp(cluster, table).entries).toHaveLength(kept)
})

test('a sender that keeps its port reaches another Pod then', () => {
  const cluster = others(web5)
  const { world } = openRun(cluster)
  const state = { ...world.netfilter('host01'), conntrack: forgetStaleUdp(cluster, tableAfter(udp)) }
  const pass = passHook(state, 'PREROUTING', packetOf(udp), {
    isLocal: () => false,
    now: world.now(),
    draw: () => 0,
  })
  expect(pass.after.dst).toBe('172.31.2.15')
})
