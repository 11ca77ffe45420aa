import { currentHop } from '../app/selectors.ts'
import { useApp, useAppStore } from '../app/use-app.ts'
import { useText } from '../i18n/use-text.ts'
import type { Phase } from '../sim/trace/trace.ts'
import { Glyph } from '../ui/Glyph.tsx'
import { SegmentedControl } from '../ui/SegmentedControl.tsx'
import styles from './NodeTabs.module.css'

/** Which node the dock shows. The node at which the current step is bears its glyph. */
export function NodeTabs() {
  const text = useText()
  const store = useAppStore()
  const nodes = useApp((state) => state.snapshot.nodes)
  const chosen = useApp((state) => state.dockNode)
  const hop = useApp(currentHop)
  return (
    <SegmentedControl
      label={text('dock.node')}
      choices={nodes.map(({ name: node }) =>
        hop?.place.node === node
          ? {
              value: node,
              name: text('dock.node.here', { node }),
              label: <Here node={node} phase={hop.phase} />,
            }
          : { value: node, label: node },
      )}
      value={chosen}
      onChoose={(node) => store.getState().dockNodeChosen(node)}
    />
  )
}

function Here({ node, phase }: { readonly node: string; readonly phase: Phase }) {
  return (
    <span className={styles.here}>
      {node} <Glyph phase={phase} size={9} />
    </span>
  )
}
