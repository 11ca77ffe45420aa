/** cat: files, or standard input for `-` and for none. */
import { absolutePath, isDirectory, readText } from '../files.ts'
import { err, finish, out, type Invocation, type Outcome } from '../program.ts'

/** Goes on after a file that is not there; exit code 1 then. */
export function cat(call: Invocation): Outcome {
  const files = call.args.filter((arg) => arg === '-' || !arg.startsWith('-'))
  if (files.length === 0) return finish(0, out(call.stdin ?? ''))
  const chunks = files.map((file) => {
    if (file === '-') return out(call.stdin ?? '')
    const path = absolutePath(call, file)
    const text = readText(call, path)
    return text === undefined ? err(failure(call, file, path)) : out(text)
  })
  return finish(chunks.some((chunk) => chunk.stream === 'stderr') ? 1 : 0, ...chunks)
}

function failure(call: Invocation, file: string, path: string): string {
  if (isDirectory(call, path))
    return `cat: ${call.machine.userland === 'gnu' ? `${file}: Is a directory` : 'read error: Is a directory'}\n`
  return call.machine.userland === 'gnu'
    ? `cat: ${file}: No such file or directory\n`
    : `cat: can't open '${file}': No such file or directory\n`
}
