import { useState } from 'react'
import type { SourcesTable as Table } from '../app/app-state.ts'
import { useApp, useAppStore } from '../app/use-app.ts'
import { useText } from '../i18n/use-text.ts'
import { objectKey } from '../sim/cluster/object-ref.ts'
import { sourceKey, trafficPolicies } from '../sim/source-cells/source-vantages.ts'
import { Dialog } from '../ui/Dialog.tsx'
import { SegmentedControl } from '../ui/SegmentedControl.tsx'
import { CellDetail } from './CellDetail.tsx'
import styles from './SourcesDialog.module.css'
import { SourcesTable } from './SourcesTable.tsx'

/** "Who does the Pod think I am?": one Service from every vantage, under both policies, in the three modes. */
export function SourcesDialog() {
  const text = useText()
  const table = useApp((state) => state.sources)
  const close = useApp((state) => state.sourcesClosed)
  return (
    <Dialog
      wide="widest"
      title={text('sources.title')}
      open={table !== undefined}
      closeLabel={text('dialog.close')}
      onClose={close}
    >
      {table !== undefined && <Body key={objectKey(table.service)} table={table} />}
    </Dialog>
  )
}

const MODES = [
  { value: 'iptables', label: 'iptables' },
  { value: 'nftables', label: 'nftables' },
  { value: 'ipvs', label: 'IPVS' },
] as const

/** On a narrow page one mode and one policy are in sight; the controls for that are hidden where all have room. */
function Body({ table }: { readonly table: Table }) {
  const text = useText()
  const inForce = useApp((state) => state.snapshot.proxyMode)
  const [mode, setMode] = useState(inForce)
  const [policy, setPolicy] = useState<(typeof trafficPolicies)[number]>('Cluster')
  const [chosen, setChosen] = useState<string>()
  const shown = { mode, policy }
  const first = table.questions.find(
    (question) =>
      question.mode === mode &&
      question.policy === policy &&
      table.cells[sourceKey(question)]?.kind === 'sent',
  )
  const at = table.questions.find((question) => sourceKey(question) === chosen) ?? first
  const choose = (key: string) => {
    const question = table.questions.find((each) => sourceKey(each) === key)
    if (question === undefined) return
    setMode(question.mode)
    setPolicy(question.policy)
    setChosen(key)
  }
  const chooseSlice = (next: Partial<typeof shown>) => {
    const { mode: nextMode = mode, policy: nextPolicy = policy } = next
    setMode(nextMode)
    setPolicy(nextPolicy)
    setChosen(at && sourceKey({ vantage: at.vantage, mode: nextMode, policy: nextPolicy }))
  }
  return (
    <>
      <div className={styles.head}>
        <ServiceChoice table={table} />
        <p>{text('sources.lead')}</p>
        <Progress table={table} />
      </div>
      <div className={styles.slice}>
        <SegmentedControl
          label={text('top.mode')}
          value={mode}
          onChoose={(next) => chooseSlice({ mode: next })}
          choices={MODES}
        />
        <SegmentedControl
          label={text('sources.policy')}
          value={policy}
          onChoose={(next) => chooseSlice({ policy: next })}
          choices={trafficPolicies.map((value) => ({ value, label: value }))}
        />
      </div>
      <SourcesTable table={table} shown={shown} at={at && sourceKey(at)} onChoose={choose} />
      <Problem table={table} />
      {at !== undefined && <CellDetail question={at} cell={table.cells[sourceKey(at)]} />}
    </>
  )
}

function ServiceChoice({ table }: { readonly table: Table }) {
  const text = useText()
  const store = useAppStore()
  const services = useApp((state) => state.snapshot.services)
  return (
    <label className={styles.service}>
      {text('sources.service')}{' '}
      <select
        value={objectKey(table.service)}
        onChange={({ target }) => {
          const chosen = services.find(({ ref }) => objectKey(ref) === target.value)
          store.getState().sourcesShown(chosen?.ref)
        }}
      >
        {services.map(({ ref }) => (
          <option key={objectKey(ref)} value={objectKey(ref)}>
            {ref.namespace}/{ref.name}
          </option>
        ))}
      </select>
    </label>
  )
}

/** How far the lab is; nothing once all is there. */
function Progress({ table }: { readonly table: Table }) {
  const text = useText()
  const done = Object.keys(table.cells).length
  const all = table.questions.length
  if (done === all || table.problem !== undefined) return null
  const label = text('sources.progress', { done, all })
  return (
    <span className={styles.progress}>
      <progress value={done} max={all} aria-label={label} /> {label}
    </span>
  )
}

function Problem({ table: { problem } }: { readonly table: Table }) {
  const text = useText()
  if (problem === undefined) return null
  const sentence = () => {
    if (problem.kind === 'simulator-failed')
      return text('request.problem.simulator', { detail: problem.detail })
    const { field, change } = problem
    if (change.kind === 'nowhere') return text('sources.problem.nowhere', { field })
    return text('sources.problem.broken', {
      field,
      file: change.problem.file,
      line: change.problem.range?.line ?? 1,
    })
  }
  return (
    <p role="alert" className={styles.problem}>
      {sentence()}
    </p>
  )
}
