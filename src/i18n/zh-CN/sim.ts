import type { PhraseId } from '../../sim/phrase-ids.ts'

/** Chinese texts of what the simulator says. */
export const sim: Readonly<Record<PhraseId, string>> = { placeholder: '' }
