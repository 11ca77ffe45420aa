import type { FileView } from '../sim/snapshot.ts'

/** A name for what somebody is about to paste: `pasted.yaml`, `pasted-2.yaml`, … the first that is free. */
export function nameForPaste(files: readonly FileView[]): string {
  const taken = new Set(files.map((file) => file.name))
  let name = 'pasted.yaml'
  for (let number = 2; taken.has(name); number++) name = `pasted-${number}.yaml`
  return name
}
