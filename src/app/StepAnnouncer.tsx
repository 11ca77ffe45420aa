import { usePhrase, useText } from '../i18n/use-text.ts'
import { currentHop, currentStep, stepCount } from './selectors.ts'
import { useApp } from './use-app.ts'

/** Says the step to a screen reader, politely; silent while it plays, when each sentence would cut off the last. */
export function StepAnnouncer() {
  const text = useText()
  const say = usePhrase()
  const hop = useApp(currentHop)
  const step = useApp(currentStep)
  const total = useApp(stepCount)
  const playing = useApp((state) => state.playing)
  const verdict = useApp((state) => state.trace?.verdict.phrase)
  const isLast = step === total - 1
  const sentence =
    hop === undefined || playing
      ? ''
      : text('step.announced', { step: step + 1, total, caption: say(hop.caption) }) +
        (isLast && verdict !== undefined ? ` ${say(verdict)}` : '')
  return <output className="visually-hidden">{sentence}</output>
}
