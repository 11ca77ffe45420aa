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
export function distinctBecauses(becauses: readonly Because[]): readonly Because[] {
  const labels = becauses.map(becauseLabel)
  return becauses.filter((_, index) => labels.indexOf(labels[index] ?? '') === index)
}
