import { usePhrase } from '../i18n/use-text.ts'
import type { Evidence } from '../sim/trace/trace.ts'
import { CandidateList } from './CandidateList.tsx'
import { FoldedText } from './FoldedText.tsx'
import { GlossaryText } from './GlossaryText.tsx'
import { Section } from './Section.tsx'

interface EvidenceSectionProps {
  readonly evidence: Evidence
  /** The node whose rules these are, where they are rules. */
  readonly node: string | undefined
}

/** One decision: what was tried, in order, what won, and the very text that says so. */
export function EvidenceSection({ evidence, node }: EvidenceSectionProps) {
  const say = usePhrase()
  const title = say(evidence.title)
  return (
    <Section title={<GlossaryText>{title}</GlossaryText>}>
      {evidence.candidates.length > 0 && (
        <CandidateList
          label={title}
          candidates={evidence.candidates}
          node={evidence.kind === 'rules' ? node : undefined}
        />
      )}
      {evidence.texts.map((each, index) => (
        <FoldedText key={index} {...each} />
      ))}
    </Section>
  )
}
