/** What `ip route` prints on the machines that were built, beside what the simulator prints of them. */
import { showHost } from '../../sim/network/iproute.ts'
import type { Host, Network } from '../../sim/network/network.ts'
import { ROUTER } from '../../sim/trace/outside-hosts.ts'
import { run } from './commands.ts'
import { namespaceOf } from './machines.ts'
import { families } from './node-text.ts'
import type { Check } from './proof.ts'

/** Routes of both families, of every host but the router, which has one of its own to be silent or to answer. */
export async function checkRoutes(network: Network): Promise<readonly Check[]> {
  const hosts = Object.values(network.hosts).filter(({ name }) => name !== ROUTER)
  return Promise.all(hosts.flatMap((host) => families.map((version) => checkHost(host, version))))
}

async function checkHost(host: Host, version: 4 | 6): Promise<Check> {
  const what = `${host.name}, IPv${version}`
  const printed = await run('ip', ['-n', namespaceOf(host.name), `-${version}`, 'route'])
  // The simulated network has no link-local addresses.
  const kernel = printed.replaceAll(/^fe80::\/64 .*\n/gm, '')
  const simulated = showHost(host).routes(version)
  return kernel === simulated ? { what } : { what, difference: `kernel\n${kernel}  simulator\n${simulated}` }
}
