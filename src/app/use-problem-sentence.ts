import { usePhrase, useText } from '../i18n/use-text.ts'
import type { RequestProblem } from './read-request.ts'

/** Gives the function that says why a request was not sent. */
export function useProblemSentence(): (problem: RequestProblem) => string {
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
