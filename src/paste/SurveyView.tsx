import type { Paste } from '../app/app-state.ts'
import { useApp } from '../app/use-app.ts'
import { useDiagnosticText, useHintText, useText } from '../i18n/use-text.ts'
import styles from './PasteDialog.module.css'

type Survey = NonNullable<Paste['survey']>

/** Lines shown of a list that may be long; the editor has the rest. */
const MOST = 6

/** What the text is, what of it is not modelled, and what is wrong with it. */
export function SurveyView() {
  const text = useText()
  const survey = useApp((state) => state.paste.survey)
  const isEmpty = useApp((state) => state.paste.text.trim() === '')
  if (survey === undefined) return isEmpty ? null : <p>{text('paste.looking')}</p>
  switch (survey.kind) {
    case 'empty':
      return null
    case 'manifests':
      return (
        <>
          <p>
            <b>{text('paste.manifests')}</b> {objectsOf(survey)} {text('paste.into', { file: survey.file })}
          </p>
          <Problems diagnostics={survey.diagnostics} />
        </>
      )
    case 'rules':
      return <RulesView survey={survey} />
  }
}

/** `3 Service, 2 Pod`: kinds are names, and stay as they are written. */
function objectsOf({ objects }: Extract<Survey, { kind: 'manifests' }>): string {
  return objects.map(({ kind, count }) => `${count} ${kind}`).join(', ')
}

function RulesView({ survey }: { readonly survey: Extract<Survey, { kind: 'rules' }> }) {
  const text = useText()
  const { form, file, tables, chains, rules, unmodelled, diagnostics } = survey
  const isThere = useApp(({ snapshot }) => snapshot.files.some(({ name }) => name === file))
  const isSound = diagnostics.length === 0
  return (
    <>
      <p>
        <b>{text(`paste.rules.${form}`)}</b>{' '}
        {form === 'ipset-save'
          ? text('paste.sets.counts', { sets: tables.length, entries: rules })
          : text('paste.rules.counts', { tables: tables.join(', '), chains, rules })}
      </p>
      <p>
        <NodeChoice /> {text(isThere ? 'paste.rules.again' : 'paste.rules.into', { file })}
      </p>
      {isSound && unmodelled.length === 0 && form !== 'ipset-save' && <p>{text('paste.rules.all')}</p>}
      {unmodelled.length > 0 && (
        <div className={styles.unmodelled}>
          <p>
            <span aria-hidden="true">?</span> {text('paste.rules.unmodelled', { count: unmodelled.length })}
          </p>
          <ul>
            {unmodelled.slice(0, MOST).map((part) => (
              <li key={part.text}>
                {part.line > 0 && <span>{text('paste.line', { line: part.line })}</span>}{' '}
                <code>{part.text}</code> {text('paste.rules.has', { count: part.rules })}
              </li>
            ))}
          </ul>
          <More count={unmodelled.length - MOST} />
        </div>
      )}
      <Problems diagnostics={diagnostics} />
    </>
  )
}

function NodeChoice() {
  const text = useText()
  const nodes = useApp((state) => state.snapshot.nodes)
  const node = useApp((state) => state.paste.node)
  const choose = useApp((state) => state.pasteNodeChosen)
  return (
    <label className={styles.node}>
      {text('paste.node')}{' '}
      <select value={node} onChange={(event) => choose(event.target.value)}>
        {nodes.map(({ name }) => (
          <option key={name}>{name}</option>
        ))}
      </select>
    </label>
  )
}

/** Each with its line and the way out. */
function Problems({
  diagnostics,
}: {
  readonly diagnostics: Extract<Survey, { kind: 'rules' }>['diagnostics']
}) {
  const text = useText()
  const say = useDiagnosticText()
  const sayHint = useHintText()
  const problems = diagnostics.filter(({ severity }) => severity !== 'info')
  if (problems.length === 0) return null
  return (
    <>
      <ul className={styles.problems}>
        {problems.slice(0, MOST).map((problem, index) => (
          <li key={`${index} ${problem.code}`} data-severity={problem.severity}>
            <b>
              {text(`editor.problem.${problem.severity}`)}
              {problem.range !== undefined && `, ${text('paste.line', { line: problem.range.line })}`}
            </b>{' '}
            {say(problem)} {sayHint(problem) ?? ''}
          </li>
        ))}
      </ul>
      <More count={problems.length - MOST} />
    </>
  )
}

function More({ count }: { readonly count: number }) {
  const text = useText()
  return count > 0 ? <p>{text('paste.more', { count })}</p> : null
}
