import { usePhrase, useText } from '../i18n/use-text.ts'
import { Glyph } from '../ui/Glyph.tsx'
import type { RequestProblem } from './read-request.ts'
import styles from './RequestBar.module.css'
import { useApp } from './use-app.ts'

/** Why the request was not sent, under the bar. The region stands always, so that a screen reader hears what comes into it. */
export function RequestProblemNote() {
  const problem = useApp((state) => state.requestProblem)
  const sentence = useProblemSentence()
  return (
    <p id="request-problem" className={styles.problem} role="alert" data-empty={problem === undefined}>
      {problem !== undefined && (
        <>
          <Glyph phase="drop" /> {sentence(problem)}
        </>
      )}
    </p>
  )
}

function useProblemSentence(): (problem: RequestProblem) => string {
  const text = useText()
  const say = usePhrase()
  return (problem) => {
    switch (problem.kind) {
      case 'url-empty':
        return text('request.problem.empty')
      case 'header-line':
        return text('request.problem.header', { line: problem.line, text: problem.text })
      case 'not-a-request':
        return say(problem.phrase)
      case 'simulator-failed':
        return text('request.problem.simulator', { detail: problem.detail })
    }
  }
}
