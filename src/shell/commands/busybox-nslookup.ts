/** nslookup of BusyBox 1.37, which Alpine and busybox have: a resolver of its own, which reads ndots nowhere. */
import { askNames } from '../lookups/ask-names.ts'
import { readNslookupOptions } from '../lookups/nslookup-options.ts'
import { printBusyboxNslookup } from '../lookups/print-busybox-nslookup.ts'
import { busyboxVersion } from '../packages.ts'
import { err, finish, type Invocation, type Outcome } from '../program.ts'

/** Exit code 1 where any reply was an error: a short name is asked with every search domain, so nearly always. */
export function busyboxNslookup(call: Invocation): Outcome {
  const read = readNslookupOptions(call.args, 'busybox')
  if (read.kind === 'problem' && read.problem === 'type')
    return finish(1, err(`nslookup: invalid query type "${read.word}"\n`))
  if (read.kind !== 'question') return finish(1, err(usage))
  return askNames(call, 'busybox-nslookup', [read.question], {
    print: ([talk]) => printBusyboxNslookup(read.question.name, talk),
    withoutServer: (server) => ({
      stdout: '',
      stderr: `nslookup: bad address '${server}'\n`,
      exitCode: 1,
    }),
  })
}

const usage = `BusyBox v${busyboxVersion.replace(/-.*/, '')} multi-call binary.

Usage: nslookup [-type=QUERY_TYPE] [-debug] HOST [DNS_SERVER]

Query DNS about HOST

QUERY_TYPE: soa,ns,a,aaaa,cname,mx,txt,ptr,srv,any
`
