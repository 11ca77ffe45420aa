import { useDeferredValue, useMemo, useState } from 'react'
import { currentHop, currentRule } from '../app/selectors.ts'
import { useApp } from '../app/use-app.ts'
import { useNodeText } from '../app/use-node-text.ts'
import { useText } from '../i18n/use-text.ts'
import type { RulesText } from '../sim/node-text.ts'
import { BasisBadge } from '../ui/BasisBadge.tsx'
import { Button } from '../ui/Button.tsx'
import { SegmentedControl } from '../ui/SegmentedControl.tsx'
import { CopyButton } from '../ui/CopyButton.tsx'
import { filterLines, filterWords } from './filter-lines.ts'
import { NodeTabs } from './NodeTabs.tsx'
import { lineOf, ruleLines, textOfRule } from './rule-lines.ts'
import { ruleMarks } from './rule-marks.ts'
import { RuleRows } from './RuleRows.tsx'
import styles from './RulesPanel.module.css'

/** The chosen node's live rules, searchable; those of the current step are marked. */
export function RulesPanel() {
  const text = useText()
  const node = useApp((state) => state.dockNode)
  const hop = useApp(currentHop)
  const asked = lineOfAny(useApp((state) => state.ruleToShow))
  const decided = lineOfAny(useApp((state) => currentRule(state)?.id))
  const [filter, setFilter] = useState('')
  const { kind, kinds, pastedFrom, choose } = useRulesText(node, asked)
  const dump = useNodeText(kind, node)
  const all = useMemo(() => ruleLines(dump?.text ?? '', dump?.owners), [dump])
  const words = useWords(filter)
  const found = useMemo(() => filterLines(all, words), [all, words])
  const marks = ruleMarks(hop, node)
  const shown = asked ?? (decided !== undefined && marks.has(decided) ? decided : undefined)
  const isHidden = asked !== undefined && !found.some(({ line }) => line.ruleId === asked)
  const clear = () => setFilter('')
  return (
    <div className={styles.panel} data-phase={hop?.phase ?? 'nat'}>
      <div className={styles.bar}>
        <NodeTabs />
        <ModeOfNode node={node} />
        {kinds.length > 1 && (
          <SegmentedControl
            label={text('dock.rules.text')}
            choices={kinds.map((value) => ({ value, label: value }))}
            value={kind}
            onChoose={choose}
          />
        )}
        <input
          type="search"
          className={styles.filter}
          value={filter}
          spellCheck={false}
          autoComplete="off"
          aria-label={text('dock.rules.filter')}
          placeholder={text('dock.rules.placeholder')}
          onChange={(event) => setFilter(event.target.value)}
        />
        <output className={styles.count}>
          {text(words.length === 0 ? 'dock.rules.total' : 'dock.rules.count', {
            shown: found.length,
            total: all.length,
          })}
        </output>
        <CopyButton text={found.map(({ line }) => line.text).join('\n')} />
        <PasteButton node={node} />
      </div>
      {pastedFrom !== undefined && <Imported file={pastedFrom} />}
      {isHidden && words.length > 0 && found.length > 0 && (
        <Cleared says={text('dock.rules.hidden')} onClear={clear} />
      )}
      {dump === undefined && <p className={styles.empty}>{text('dock.rules.loading', { node })}</p>}
      {dump !== undefined && found.length === 0 && words.length > 0 ? (
        <Cleared says={text('dock.rules.none', { node, filter })} onClear={clear} />
      ) : (
        <RuleRows
          label={text('dock.rules.label', { node, text: kind })}
          lines={found}
          words={words}
          marks={marks}
          shown={shown}
        />
      )}
    </div>
  )
}

/** The mode in force on the node: the cluster's, or that of what was pasted. */
function ModeOfNode({ node }: { readonly node: string }) {
  const text = useText()
  const mode = useApp((state) => state.snapshot.nodes.find(({ name }) => name === node)?.proxyMode)
  return mode === undefined ? null : <span className={styles.mode}>{text(`dock.rules.mode.${mode}`)}</span>
}

/** The way in for a real node's rules. */
function PasteButton({ node }: { readonly node: string }) {
  const text = useText()
  const show = useApp((state) => state.pasteShown)
  return (
    <Button look="plain" onClick={() => show(node)}>
      {text('dock.rules.paste')}
    </Button>
  )
}

/** Whose rules these are, where a person pasted them, and the way back. */
function Imported({ file }: { readonly file: string }) {
  const text = useText()
  const fileDeleted = useApp((state) => state.fileDeleted)
  return (
    <p className={styles.empty}>
      <BasisBadge basis="imported" /> {text('dock.rules.imported', { file })}{' '}
      <Button look="plain" onClick={() => fileDeleted(file)}>
        {text('dock.rules.remove')}
      </Button>
    </p>
  )
}

/** Which of the node's texts is shown: the one chosen, the one that has the rule asked for, or the mode's first. */
function useRulesText(node: string, asked: string | undefined) {
  const views = useApp((state) => state.snapshot.nodes.find(({ name }) => name === node)?.rules) ?? []
  const kinds = views.map((view) => view.text)
  const [chosen, choose] = useState<{ readonly kind: RulesText; readonly asked: string | undefined }>()
  const holding = asked === undefined ? undefined : textOfRule(asked)
  const wanted = chosen !== undefined && chosen.asked === asked ? chosen.kind : (holding ?? chosen?.kind)
  const kind = kinds.find((each) => each === wanted) ?? kinds[0] ?? 'iptables-save'
  const pastedFrom = views.find((view) => view.text === kind)?.pastedFrom
  return { kind, kinds, pastedFrom, choose: (next: RulesText) => choose({ kind: next, asked }) }
}

/** Filtering ten thousand lines must not hold up a key. */
function useWords(filter: string): readonly string[] {
  const settled = useDeferredValue(filter)
  return useMemo(() => filterWords(settled), [settled])
}

/** A sentence about the filter, and the way out of it. */
function Cleared({ says, onClear }: { readonly says: string; readonly onClear: () => void }) {
  const text = useText()
  return (
    <p className={styles.empty}>
      {says}{' '}
      <Button look="plain" onClick={onClear}>
        {text('dock.rules.clear')}
      </Button>
    </p>
  )
}

function lineOfAny(ruleId: string | undefined): string | undefined {
  return ruleId === undefined ? undefined : lineOf(ruleId)
}
