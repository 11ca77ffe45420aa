import { Glyph } from '../ui/Glyph.tsx'
import styles from './RequestBar.module.css'
import { useApp } from './use-app.ts'
import { useProblemSentence } from './use-problem-sentence.ts'

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
