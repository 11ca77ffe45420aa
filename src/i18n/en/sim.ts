/** English texts of what the simulator says: titles, captions, labels and reasons. ICU MessageFormat. */
import type { PhraseId } from '../../sim/phrase-ids.ts'

export const sim: Readonly<Record<PhraseId, string>> = { placeholder: '' }
