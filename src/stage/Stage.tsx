import { ReactFlow, ReactFlowProvider, useReactFlow, type NodeTypes } from '@xyflow/react'
import '@xyflow/react/dist/base.css'
import { useCallback, useEffect, useMemo, useRef } from 'react'
import type { AppState } from '../app/app-state.ts'
import { useApp } from '../app/use-app.ts'
import { useText } from '../i18n/use-text.ts'
import { Caption } from './Caption.tsx'
import { flowNodesOf } from './flow-nodes.ts'
import { LaneTitles } from './LaneTitles.tsx'
import { ClientNode } from './nodes/ClientNode.tsx'
import { FoldNode } from './nodes/FoldNode.tsx'
import { FrameNode } from './nodes/FrameNode.tsx'
import { LadderNode } from './nodes/LadderNode.tsx'
import { PodNode } from './nodes/PodNode.tsx'
import { RefusalNode } from './nodes/RefusalNode.tsx'
import { ServiceNode } from './nodes/ServiceNode.tsx'
import { StopNode } from './nodes/StopNode.tsx'
import { PacketCanvas } from './packets/PacketCanvas.tsx'
import { PodToolbar } from './PodToolbar.tsx'
import { StageContext } from './stage-context.ts'
import { StageControls } from './StageControls.tsx'
import { StageNotes } from './StageNotes.tsx'
import styles from './Stage.module.css'
import type { Lighting } from './scene/lighting.ts'
import { columnBelow } from './scene/scene-of.ts'
import { useApplied } from './use-applied.ts'
import { useGlide } from './use-glide.ts'
import { useScene } from './use-scene.ts'
import { useSize, type Size } from '../ui/use-size.ts'
import { viewportOf } from './viewport-of.ts'
import { Wires } from './Wires.tsx'

/** The graph: clients, names and Services, Pods by node, and the packets above it. Fills its container. */
export function Stage() {
  const holder = useRef<HTMLDivElement>(null)
  const size = useSize(holder)
  return (
    <div ref={holder} className={styles.stage}>
      {size !== undefined && size.width > 0 && size.height > 0 && (
        <ReactFlowProvider>
          <Board size={size} />
        </ReactFlowProvider>
      )}
    </div>
  )
}

const hasTrace = (state: AppState) => state.trace !== undefined
const isStale = (state: AppState) => state.traceIsStale
/** The caption's own band, and a note's where there is no caption; no card may enter them. */
const captionBand = 84
const noteBand = 36
const edge = 12

function Board({ size }: { readonly size: Size }) {
  const text = useText()
  const flow = useReactFlow()
  const showsTrace = useApp(hasTrace)
  const hasNote = useApp(isStale)
  const isNarrow = size.width < columnBelow
  const top = isNarrow ? edge / 2 : edge
  const bottom = isNarrow ? (hasNote ? noteBand : top) : showsTrace ? captionBand : top
  const height = size.height - top - bottom
  const stage = useScene({ kind: 'logical', width: size.width, height })
  const { scene } = stage
  const applied = useApplied(scene)
  const nodes = useMemo(() => flowNodesOf(scene, applied, appliedClasses), [scene, applied])
  const focus = scene.cards.find(({ id }) => isDeciding(stage.lighting, id))?.rect
  const { x, y, zoom } = viewportOf(scene, { width: size.width, height }, top, focus)
  const view = useMemo(
    () => ({ x: 4, y: -edge + 4, width: size.width - 8, height: height + edge }),
    [size.width, height],
  )
  const fit = useCallback(() => void flow.setViewport({ x, y, zoom }), [flow, x, y, zoom])
  const gliding = useGlide(scene)
  const hint = text('stage.cardHint')
  // React Flow reads these aloud; its own speak of moving and deleting cards, which nobody can here.
  const spoken = useMemo(
    () => ({
      'node.a11yDescription.default': hint,
      'node.a11yDescription.keyboardDisabled': hint,
      'edge.a11yDescription.default': '',
    }),
    [hint],
  )
  useEffect(fit, [fit])
  return (
    <StageContext value={stage}>
      <ReactFlow
        className={styles.flow}
        data-gliding={gliding}
        nodes={nodes}
        nodeTypes={nodeTypes}
        defaultViewport={{ x, y, zoom }}
        minZoom={0.4}
        maxZoom={2}
        nodesDraggable={false}
        nodesConnectable={false}
        nodesFocusable={false}
        elementsSelectable={false}
        disableKeyboardA11y
        zoomOnDoubleClick={false}
        proOptions={{ hideAttribution: true }}
        aria-label={text('stage.label', { cards: scene.cards.length })}
        ariaLabelConfig={spoken}
      >
        <Wires />
        <LaneTitles />
        <PodToolbar />
      </ReactFlow>
      <PacketCanvas view={view} />
      <StageNotes />
      {!isNarrow && <Caption />}
      {showsTrace && !isNarrow && <StageControls onFit={fit} />}
    </StageContext>
  )
}

const appliedClasses = {
  changed: styles.changed ?? '',
  added: styles.added ?? '',
  gone: styles.gone ?? '',
}

function isDeciding({ cards }: Lighting, id: string): boolean {
  const state = cards.get(id)?.state
  return state === 'selected' || state === 'failed'
}

const nodeTypes: NodeTypes = {
  frame: FrameNode,
  client: ClientNode,
  service: ServiceNode,
  pod: PodNode,
  stop: StopNode,
  ladder: LadderNode,
  refusal: RefusalNode,
  fold: FoldNode,
}
