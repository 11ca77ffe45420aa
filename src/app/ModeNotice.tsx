import { useDiagnosticText, useText } from '../i18n/use-text.ts'
import { Button } from '../ui/Button.tsx'
import { Glyph } from '../ui/Glyph.tsx'
import { useApp, useAppStore } from './use-app.ts'

/** Why the mode could not be changed, and the way to the line that stands in the way. */
export function ModeNotice() {
  const text = useText()
  const say = useDiagnosticText()
  const store = useAppStore()
  const problem = useApp((state) => state.modeProblem)
  if (problem === undefined) return null
  const { fileOpened, modeProblemSeen } = store.getState()
  if (problem.kind === 'nowhere')
    return (
      <p>
        <Glyph phase="drop" /> {text('notice.mode.nowhere')}
        <Button onClick={modeProblemSeen}>{text('notice.seen')}</Button>
      </p>
    )
  const { file, range } = problem.problem
  const show = () => {
    fileOpened(file)
    modeProblemSeen()
  }
  return (
    <p>
      <Glyph phase="drop" />{' '}
      <span>
        {text('notice.mode.broken', { file, line: range?.line ?? 1 })} {say(problem.problem)}
      </span>
      <Button onClick={show}>{text('notice.mode.open', { file })}</Button>
    </p>
  )
}
