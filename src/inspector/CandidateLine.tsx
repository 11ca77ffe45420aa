import { useAppStore } from '../app/use-app.ts'
import { usePhrase, useText } from '../i18n/use-text.ts'
import type { Candidate } from '../sim/trace/trace.ts'
import { OwnerBadge } from '../ui/OwnerBadge.tsx'
import styles from './CandidateList.module.css'
import { DrawBar } from './DrawBar.tsx'

interface CandidateLineProps {
  readonly number: number
  readonly candidate: Candidate
  /** The node that holds the rule, where the candidate is one. */
  readonly node: string | undefined
}

/** Number, candidate, reason, verdict. A rule can be shown among the node's rules. */
export function CandidateLine({ number, candidate, node }: CandidateLineProps) {
  const text = useText()
  const say = usePhrase()
  const { name, verdict, reason, draw, id, owner, about } = candidate
  return (
    <li className={styles.line} data-verdict={verdict} value={number}>
      <span className={styles.number} aria-hidden="true">
        {number}
      </span>
      {node === undefined ? <code>{name}</code> : <RuleName name={name} id={id} node={node} />}
      {(owner === 'kubelet' || owner === 'calico') && <OwnerBadge owner={owner} />}
      {about !== undefined && <span className={styles.about}>{about}</span>}
      {draw !== undefined && <DrawBar {...draw} />}
      <span className={styles.verdict}>
        <span className={styles.sign} aria-hidden="true">
          {SIGNS[verdict]}
        </span>
        <span className="visually-hidden">{text(`inspector.verdict.${verdict}`)}: </span>
        {say(reason)}
      </span>
    </li>
  )
}

const SIGNS = { won: '✓', lost: '✕', 'not-tried': '–', unknown: '?' } as const

function RuleName({ name, id, node }: { readonly name: string; readonly id: string; readonly node: string }) {
  const text = useText()
  const store = useAppStore()
  return (
    <button
      type="button"
      className={styles.rule}
      title={`${text('inspector.showRule')}: ${id}`}
      onClick={() => store.getState().ruleShown(id, node)}
    >
      {name}
    </button>
  )
}
