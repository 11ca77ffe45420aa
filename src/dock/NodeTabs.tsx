import { useApp, useAppStore } from '../app/use-app.ts'
import { useText } from '../i18n/use-text.ts'
import { SegmentedControl } from '../ui/SegmentedControl.tsx'

/** Which node the dock shows. */
export function NodeTabs() {
  const text = useText()
  const store = useAppStore()
  const nodes = useApp((state) => state.snapshot.nodes)
  const chosen = useApp((state) => state.dockNode)
  return (
    <SegmentedControl
      label={text('dock.node')}
      choices={nodes.map(({ name }) => ({ value: name, label: name }))}
      value={chosen}
      onChoose={(node) => store.getState().dockNodeChosen(node)}
    />
  )
}
