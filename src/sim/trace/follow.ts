/** Follows one packet's walk and writes its hops down. */
import type { Walk, WalkEnd } from '../network/walk.ts'
import type { Flight, Run } from './run.ts'
import { tellEnd } from './tell-end.ts'
import { tellHook } from './tell-hook.ts'
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
  return flight.detail === 'silent' ? walkSilently(walk) : walkTold(run, flight, walk)
}

function walkSilently(walk: Walk): WalkEnd {
  for (;;) {
    const step = walk.next()
    if (step.done === true) return step.value
  }
}

function walkTold(run: Run, flight: Flight, walk: Walk): WalkEnd {
  let repeated: Repeated | undefined
  let flying = flight
  const tellPending = () => {
    if (repeated !== undefined) tellRepeated(run, flying, repeated)
    repeated = undefined
  }
  for (;;) {
    const step = walk.next()
    if (step.done === true) {
      tellPending()
      tellEnd(run, flying, step.value)
      return step.value
    }
    const event = step.value
    switch (event.kind) {
      case 'hook':
        repeated = withRepeated(repeated, event.host, event.pass)
        tellHook(run, flying, event.host, event.pass)
        break
      case 'crossed':
        tellPending()
        if (flying.detail === 'full') tellCrossing(run, flying, event)
        // Behind the node that decided, the others only pass the packet on: one hop says so.
        if (betweenNodes(run, event)) flying = { ...flight, detail: 'brief' }
        break
      case 'routed':
        if (flying.detail === 'full' && repeated === undefined) tellRoute(run, flying, event)
        break
    }
  }
}
