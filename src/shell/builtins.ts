/** What the shell does itself, because it changes the shell: its directory and its variables. */
import { absolutePath, isDirectory, workingDirectory } from './files.ts'
import { err, finish, out, type Invocation, type Program } from './program.ts'

/** By name. Programs that merely print are in `commands/`. */
export const builtins: Readonly<Record<string, Program>> = {
  ':': () => finish(0),
  cd: changeDirectory,
  export: exportVariables,
  pwd: (call) => finish(0, out(`${workingDirectory(call)}\n`)),
}

function changeDirectory(call: Invocation) {
  const typed = call.args[0] ?? '/root'
  const path = absolutePath(call, typed)
  if (!isDirectory(call, path)) {
    const text =
      call.machine.shell === 'bash'
        ? `bash: cd: ${typed}: No such file or directory\n`
        : `sh: cd: can't cd to ${typed}: No such file or directory\n`
    return finish(call.machine.shell === 'bash' ? 1 : 2, err(text))
  }
  const directories = { ...call.session.directories, [call.machine.key]: path }
  return { ...finish(0), session: { ...call.session, directories } }
}

function exportVariables(call: Invocation) {
  const variables: Record<string, string> = { ...call.session.variables }
  for (const arg of call.args) {
    const match = /^([A-Za-z_]\w*)(=(.*))?$/s.exec(arg)
    if (match === null) return finish(1, err(`bash: export: \`${arg}': not a valid identifier\n`))
    if (match[2] !== undefined) variables[match[1] ?? ''] = match[3] ?? ''
  }
  return { ...finish(0), session: { ...call.session, variables } }
}
