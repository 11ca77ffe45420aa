import { ViewportPortal } from '@xyflow/react'
import type { Cubic } from './scene/geometry.ts'
import type { WireLook } from './scene/lighting.ts'
import type { Wire } from './scene/scene.ts'
import { useStage } from './stage-context.ts'
import styles from './Wires.module.css'

/** All wires in one drawing under the cards; a screen reader hears of them in the cards' descriptions. */
export function Wires() {
  const { scene, lighting } = useStage()
  const order = { idle: 0, done: 1, now: 2 } as const
  const looks = scene.wires.map((wire) => ({ wire, look: lighting.wires.get(wire.id) ?? unlit }))
  const drawn = looks.toSorted((a, b) => order[a.look.state] - order[b.look.state])
  return (
    <ViewportPortal>
      <svg className={styles.wires} width={scene.width} height={scene.height} aria-hidden="true">
        {drawn.map(({ wire, look }) => (
          <WirePath key={wire.id} wire={wire} look={look} />
        ))}
      </svg>
    </ViewportPortal>
  )
}

const unlit: WireLook = { state: 'idle', phase: undefined }

function WirePath({ wire, look }: { readonly wire: Wire; readonly look: WireLook }) {
  const curve = curveText(wire.curve)
  return (
    <>
      {wire.tunnel === true && (
        <>
          <path d={curve} data-part="casing" data-state={look.state} data-phase={look.phase} />
          <path d={curve} data-part="bore" />
        </>
      )}
      <path d={curve} data-state={look.state} data-kind={wire.kind} data-phase={look.phase} />
    </>
  )
}

function curveText([a, b, c, d]: Cubic): string {
  return `M${a.x} ${a.y}C${b.x} ${b.y} ${c.x} ${c.y} ${d.x} ${d.y}`
}
