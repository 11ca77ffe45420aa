/** What ends a CoreDNS whose Corefile is sound, because of its /etc/resolv.conf (CoreDNS 1.14.7 plugin/forward/setup.go, plugin/loop). */
import { isLoopback } from '../network/address.ts'
import type { IpAddress } from '../network/address.ts'
import type { Corefile } from './corefile.ts'
import type { CorefileProblem } from './corefile-blocks.ts'
import type { ForwardConfig } from './plugin-config.ts'
import type { ResolvConf } from './resolv-conf.ts'

/**
 * A `forward` without any upstream, and, where the loop plugin watches, one that leads back to CoreDNS itself: a node's file naming a local
 * resolver such as 127.0.0.53 is the common cause. Loops over other machines are not found.
 */
export function startProblems(corefile: Corefile, nodeResolvConf: ResolvConf): readonly CorefileProblem[] {
  return corefile.blocks.flatMap((block) => {
    const watched = block.plugins.some((plugin) => plugin.kind === 'watching' && plugin.name === 'loop')
    return block.plugins.flatMap((plugin) => {
      if (plugin.kind !== 'forward') return []
      const servers = plugin.to.flatMap((to) => (to === 'resolv-conf' ? nodeResolvConf.nameservers : [to]))
      const back = watched ? servers.find(isLoopback) : undefined
      return [
        ...(isEmpty(plugin, servers) ? [withoutUpstream(plugin)] : []),
        ...(back === undefined ? [] : [loop(plugin, back)]),
      ]
    })
  })
}

function isEmpty(plugin: ForwardConfig, servers: readonly IpAddress[]): boolean {
  return servers.length === 0 && plugin.notModelled.length === 0
}

function withoutUpstream({ line }: ForwardConfig): CorefileProblem {
  return { line, text: 'plugin/forward: no valid upstream addresses found', fatal: true }
}

function loop({ line, from }: ForwardConfig, server: IpAddress): CorefileProblem {
  return {
    line,
    text: `plugin/loop: Loop (${server} -> :53) detected for zone "${from}"`,
    fatal: true,
    exits: true,
  }
}
