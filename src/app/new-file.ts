import type { FileView } from '../sim/snapshot.ts'

/** A name for what somebody pastes: the one wished for where it is one of manifests and free, else `pasted.yaml`, `pasted-2.yaml`, … */
export function nameForPaste(files: readonly FileView[], wished = ''): string {
  const taken = new Set(files.map((file) => file.name))
  if (/^[\w.-]+\.(ya?ml|json)$/.test(wished) && !taken.has(wished)) return wished
  let name = 'pasted.yaml'
  for (let number = 2; taken.has(name); number++) name = `pasted-${number}.yaml`
  return name
}
