/** From what the lab said to what stands on the stage. */
import type { Snapshot } from '../../sim/snapshot.ts'
import { innerPacket } from '../../sim/network/packet.ts'
import type { Trace } from '../../sim/trace/trace.ts'
import { layOutColumn } from '../layout/column.ts'
import { layOutLanes } from '../layout/lanes.ts'
import type { View } from '../layout/placement.ts'
import { hopsOf } from './act.ts'
import { castOf } from './cast-of.ts'
import type { StageRequest } from './requested.ts'
import type { Act, Scene, Track, Wire } from './scene.ts'
import { tracksOf } from './tracks-of.ts'
import { wiresOf } from './wires-of.ts'

/** Below this width the lanes stand one under the other. */
export const columnBelow = 560

/** Marks the wires along which some hop of the trace is inside a tunnel. */
function withTunnels(
  wires: readonly Wire[],
  trace: Trace | undefined,
  tracks: readonly (Track | undefined)[],
): readonly Wire[] {
  const inside = new Set(
    trace?.hops.flatMap(({ after }, index) =>
      innerPacket(after) === undefined ? [] : (tracks[index]?.wires ?? []),
    ),
  )
  return inside.size === 0
    ? wires
    : wires.map((wire) => (inside.has(wire.id) ? { ...wire, tunnel: true } : wire))
}

/**
 * The scene of one act. The same arguments give the same scene; nothing of it depends on the step.
 * @param view the free part of the stage, in CSS pixels
 * @param request what the request bar says; it counts only while there is no trace
 */
export function sceneOf(
  snapshot: Snapshot,
  trace: Trace | undefined,
  act: Act,
  view: View,
  request: StageRequest,
): Scene {
  const cast = castOf(snapshot, trace, act, request)
  const placement = view.width < columnBelow ? layOutColumn(cast, view) : layOutLanes(cast, view)
  const { lanes, frames, cards, width, height } = placement
  const wires = wiresOf(cast.links, placement)
  const played = new Set(hopsOf(trace, act).map(({ index }) => index))
  const tracks = trace === undefined ? [] : tracksOf(trace, (hop) => played.has(hop), cards, wires)
  return { act, width, height, lanes, frames, cards, wires: withTunnels(wires, trace, tracks), tracks }
}
