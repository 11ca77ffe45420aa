/** ls: names of files, a line each, as into a pipe. Sizes, owners and dates (`-l`) are not simulated. */
import { absolutePath, isDirectory, listPaths, readText, workingDirectory } from '../files.ts'
import { err, finish, out, type Invocation, type Outcome } from '../program.ts'

/** Files first as typed, then each directory's entries, under its name where there are several. */
export function ls(call: Invocation): Outcome {
  if (call.args.some((arg) => /^-\w*l/.test(arg))) return finish(2, err('podpath: ls -l is not simulated\n'))
  const operands = call.args.filter((arg) => !arg.startsWith('-'))
  const typed = operands.length === 0 ? [workingDirectory(call)] : operands
  const isGnu = call.machine.userland === 'gnu'
  let exitCode = 0
  const chunks = typed.map((name) => {
    const path = absolutePath(call, name)
    if (isDirectory(call, path)) {
      const head = typed.length > 1 ? `${name}:\n` : ''
      return out(
        head +
          entries(call, path)
            .map((entry) => `${entry}\n`)
            .join(''),
      )
    }
    if (readText(call, path) !== undefined) return out(`${name}\n`)
    exitCode = isGnu ? 2 : 1
    return err(
      isGnu
        ? `ls: cannot access '${name}': No such file or directory\n`
        : `ls: ${name}: No such file or directory\n`,
    )
  })
  return finish(exitCode, ...chunks)
}

function entries(call: Invocation, directory: string): readonly string[] {
  const prefix = directory === '/' ? '/' : `${directory}/`
  const inside = listPaths(call).filter((path) => path.startsWith(prefix))
  return [...new Set(inside.map((path) => path.slice(prefix.length).split('/')[0] ?? ''))].toSorted()
}
