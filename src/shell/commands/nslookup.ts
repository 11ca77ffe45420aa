/** nslookup of BIND: 9.18 on Debian 12, 9.20 in Alpine with bind-tools. Its own prompt is not simulated. */
import { askNames } from '../lookups/ask-names.ts'
import { bindVersion } from '../lookups/bind-version.ts'
import { readNslookupOptions } from '../lookups/nslookup-options.ts'
import { printNslookup } from '../lookups/print-nslookup.ts'
import { err, finish, out, type Invocation, type Outcome } from '../program.ts'

/** Exit code 1 for an answer that is an error, and for none. */
export function nslookup(call: Invocation): Outcome {
  const read = readNslookupOptions(call.args, 'bind')
  if (read.kind === 'version') return finish(0, err(`nslookup ${bindVersion(call)}\n`))
  if (read.kind !== 'question') return finish(1, err('podpath: the prompt of nslookup is not simulated\n'))
  const { question, notes } = read
  const done = askNames(call, 'nslookup', [question], {
    print: ([talk]) => printNslookup(question, talk),
    withoutServer: (server) => ({
      stdout: '',
      stderr: `nslookup: couldn't get address for '${server}': not found\n`,
      exitCode: 1,
    }),
  })
  return notes === '' ? done : { ...done, chunks: [out(notes), ...done.chunks] }
}
