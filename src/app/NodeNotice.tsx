import { useDiagnosticText, useText } from '../i18n/use-text.ts'
import { Button } from '../ui/Button.tsx'
import { Glyph } from '../ui/Glyph.tsx'
import { useApp } from './use-app.ts'

/** Why a node could not be cut off, or brought back. */
export function NodeNotice() {
  const text = useText()
  const say = useDiagnosticText()
  const problem = useApp((state) => state.nodeProblem)
  const seen = useApp((state) => state.nodeProblemSeen)
  if (problem === undefined) return null
  const { node, change } = problem
  return (
    <p>
      <Glyph phase="drop" />{' '}
      <span>
        {change.kind === 'nowhere'
          ? text('notice.node.nowhere', { node })
          : `${text('notice.node.broken', { node, file: change.problem.file, line: change.problem.range?.line ?? 1 })} ${say(change.problem)}`}
      </span>
      <Button onClick={seen}>{text('notice.seen')}</Button>
    </p>
  )
}
