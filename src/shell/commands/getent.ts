/** getent, for names of hosts: glibc's of Debian 12, and Alpine's on musl. Its other databases are not simulated. */
import { askNames } from '../lookups/ask-names.ts'
import { readGetentOptions } from '../lookups/getent-options.ts'
import { printGetent } from '../lookups/print-getent.ts'
import { err, finish, type Invocation, type Outcome } from '../program.ts'

/** Exit code 2 for a key that is not found. */
export function getent(call: Invocation): Outcome {
  const read = readGetentOptions(call.args)
  const library = call.machine.userland === 'gnu' ? 'glibc' : 'musl'
  if (read.kind === 'usage' && library === 'glibc') return finish(1, err(usage))
  // musl's gethostbyaddr gives the address itself back where it has no name.
  const isReverse = read.kind === 'key' && read.questions[0]?.types?.[0] === 'PTR'
  if (read.kind !== 'key' || (isReverse && library === 'musl'))
    return finish(1, err(`podpath: getent ${call.args.join(' ')} is not simulated\n`))
  const { database, key, questions } = read
  const hostsFile = call.lab.hostsFile(call.at) ?? ''
  return askNames(call, 'getent', questions, {
    print: (talks) => printGetent({ database, key, library, hostsFile }, talks),
    withoutServer: () => ({ stdout: '', stderr: '', exitCode: 2 }),
  })
}

const usage = `getent: wrong number of arguments
Try \`getent --help' or \`getent --usage' for more information.
`
