/** dig of BIND: 9.18 on Debian 12, 9.20 in Alpine; the texts are the same. */
import { readDigOptions } from '../dig/dig-options.ts'
import { printDig } from '../dig/print-dig.ts'
import { askNames } from '../lookups/ask-names.ts'
import { bindVersion } from '../lookups/bind-version.ts'
import { err, finish, out, type Invocation, type Outcome } from '../program.ts'

/** Exit code 0 for every answer, 9 without one, 10 for what cannot be asked. */
export function dig(call: Invocation): Outcome {
  const read = readDigOptions(call.args)
  const version = bindVersion(call)
  if (!read.ok) return finish(1, err(read.message))
  if ('version' in read) return finish(0, out(`DiG ${version}\n`))
  const { options } = read
  const { name, type, server, search, told } = options
  const question = { name, types: [type], search, told, ...(server === undefined ? {} : { server }) }
  return askNames(call, 'dig', [question], {
    print: ([talk], { endedAtMs }) => printDig({ args: call.args, options, version, endedAtMs }, talk),
    withoutServer: (unknown) => ({
      stdout: '',
      stderr: `dig: couldn't get address for '${unknown}': not found\n`,
      exitCode: 10,
    }),
  })
}
