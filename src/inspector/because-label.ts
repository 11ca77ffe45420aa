/** How a link to a manifest line reads. */
import type { Because } from '../sim/trace/trace.ts'

/** `nginx-service.yaml:10–11`; without a file the object, as kubectl names it: `endpointslice/nginx-8x2kd`. */
export function becauseLabel(because: Because): string {
  const { file, object, range } = because
  if (file === undefined) return `${object.kind.toLowerCase()}/${object.name}`
  if (range === undefined) return file
  return range.line === range.endLine ? `${file}:${range.line}` : `${file}:${range.line}–${range.endLine}`
}

/** Each place once, in order: two fields on one line are one link. */
function distinctBecauses(becauses: readonly Because[]): readonly Because[] {
  const labels = becauses.map(becauseLabel)
  return becauses.filter((_, index) => labels.indexOf(labels[index] ?? '') === index)
}

/** A piece of the sentence that lists causes: the cause itself, or the words between two. */
export type BecausePart = { readonly because: Because } | { readonly words: string }

/** The causes as the language lists them: `a, b and c`. Each place once. */
export function becauseParts(becauses: readonly Because[], locale: string): readonly BecausePart[] {
  const distinct = distinctBecauses(becauses)
  const list = new Intl.ListFormat(locale, { type: 'conjunction' })
  const parts: BecausePart[] = []
  for (const part of list.formatToParts(distinct.map(becauseLabel))) {
    const because = part.type === 'element' ? distinct[Math.ceil(parts.length / 2)] : undefined
    parts.push(because === undefined ? { words: part.value } : { because })
  }
  return parts
}
