/** Follows one packet's walk and writes its hops down. */
import type { Cluster } from '../cluster/cluster.ts'
import { rulesTriedIn } from '../netfilter/evaluation.ts'
import type { Walk, WalkEnd, WalkEvent } from '../network/walk.ts'
import { announcementOf } from './announce-balancers.ts'
import type { Flight, Run } from './run.ts'
import { tellEnd } from './tell-end.ts'
import { tellHook } from './tell-hook.ts'
import { tellDummyRoute } from './tell-ipvs.ts'
import { tellDecapsulation, tellEncapsulation, tellRouterCrossing } from './tell-tunnel.ts'
import {
  betweenNodes,
  tellCrossing,
  tellRepeated,
  tellRoute,
  withRepeated,
  type Repeated,
} from './tell-way.ts'

/** Walks to the end. A drop, a refusal and every other failure is told; a delivery is the caller's to tell. */
export function follow(run: Run, flight: Flight, walk: Walk): WalkEnd {
  const byHost: Record<string, number> = {}
  let rulesTried = 0
  const counted = counting(walk, (event) => {
    if (event.kind !== 'hook') return
    const tried = rulesTriedIn(event.pass)
    byHost[event.host] = (byHost[event.host] ?? 0) + tried
    rulesTried += tried
  })
  const end = flight.detail === 'silent' ? walkSilently(run, counted) : walkTold(run, flight, counted)
  const { packetId, exchange, direction, says } = flight
  run.recorder.packet({ packetId, exchange, direction, says, cost: { rulesTried, byHost } })
  return end
}

/** The same walk, every event of it seen by `see` first. */
function* counting(walk: Walk, see: (event: WalkEvent) => void): Walk {
  for (;;) {
    const step = walk.next()
    if (step.done === true) return step.value
    see(step.value)
    yield step.value
  }
}

function walkSilently(run: Run, walk: Walk): WalkEnd {
  for (;;) {
    const step = walk.next()
    if (step.done === true) return judged(run, step.value)
  }
}

/**
 * That nobody has a balancer's address would be a guess: behind the router, which knows its LANs alone, and where MetalLB does not announce
 * it on the LAN, another balancer may stand.
 */
function judged(run: Run, end: WalkEnd): WalkEnd {
  const cluster = run.world.cluster()
  const isLost = end.kind === 'no-route' ? end.silent : end.kind === 'no-neighbour'
  if (!isLost || !isBalancerAddress(cluster, end)) return end
  const announcement = announcementOf(cluster, end.packet.dst)
  if (end.kind === 'no-neighbour' && announcement !== undefined && announcement.nobody !== 'bgp') return end
  return { kind: 'not-modelled', what: 'balancer', host: end.host, packet: end.packet, text: end.packet.dst }
}

function isBalancerAddress(cluster: Cluster, { packet }: WalkEnd): boolean {
  return cluster.services.some((service) => service.loadBalancerIngress.some(({ ip }) => ip === packet.dst))
}

function walkTold(run: Run, flight: Flight, walk: Walk): WalkEnd {
  let repeated: Repeated | undefined
  let flying = flight
  let inTunnel = false
  const tellPending = () => {
    if (repeated !== undefined) tellRepeated(run, flying, repeated)
    repeated = undefined
  }
  for (;;) {
    const step = walk.next()
    if (step.done === true) {
      const end = judged(run, step.value)
      tellPending()
      tellEnd(run, flying, end)
      return end
    }
    const event = step.value
    switch (event.kind) {
      case 'hook':
        // The outer packet is told of where it is decided about, no more.
        if (inTunnel) {
          tellHook(run, { ...flying, detail: 'brief' }, event.host, event.pass)
          break
        }
        repeated = withRepeated(repeated, event.host, event.pass)
        tellHook(run, flying, event.host, event.pass)
        break
      case 'encapsulated':
        tellPending()
        tellEncapsulation(run, flying, event)
        inTunnel = true
        break
      case 'decapsulated':
        if (flying.detail === 'full') tellDecapsulation(run, flying, event)
        inTunnel = false
        flying = { ...flight, detail: 'brief' }
        break
      case 'crossed':
        tellPending()
        if (inTunnel) {
          if (flying.detail === 'full') tellRouterCrossing(run, flying, event)
          break
        }
        if (flying.detail === 'full') tellCrossing(run, flying, event)
        // Behind the node that decided, the others only pass the packet on: one hop says so.
        if (betweenNodes(run, event)) flying = { ...flight, detail: 'brief' }
        break
      case 'routed':
        if (flying.detail !== 'full' || repeated !== undefined) break
        tellRoute(run, flying, event)
        tellDummyRoute(run, flying, event)
        break
    }
  }
}
