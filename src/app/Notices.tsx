import { useText } from '../i18n/use-text.ts'
import { Button } from '../ui/Button.tsx'
import { Glyph } from '../ui/Glyph.tsx'
import { NodeNotice } from './NodeNotice.tsx'
import { ModeNotice } from './ModeNotice.tsx'
import styles from './Notices.module.css'
import { useApp } from './use-app.ts'
import { useScenarioName } from './use-scenario-name.ts'

/** What a person must know whatever they look at: a scenario that is not there, a mode that could not be set, a text that was not kept, a simulator that is gone. */
export function Notices() {
  const text = useText()
  const unkept = useApp((state) => state.unkept)
  const problem = useApp((state) => state.scenarioProblem)
  const problemSeen = useApp((state) => state.scenarioProblemSeen)
  const name = useScenarioName()
  const labIsGone = useApp((state) => state.labIsGone)
  return (
    <div className={styles.notices} role="alert">
      {labIsGone && (
        <p>
          <Glyph phase="drop" /> {text('notice.labIsGone')}
          <Button onClick={() => window.location.reload()}>{text('notice.reload')}</Button>
        </p>
      )}
      {problem !== undefined && (
        <p>
          <Glyph phase="drop" /> {text(`notice.scenario.${problem.kind}`, { id: problem.id, name })}
          <Button onClick={problemSeen}>{text('notice.seen')}</Button>
        </p>
      )}
      <ModeNotice />
      <NodeNotice />
      {unkept.length > 0 && (
        <p>
          <Glyph phase="drop" /> {text('notice.unkept', { files: unkept.join(', ') })}
        </p>
      )}
    </div>
  )
}
