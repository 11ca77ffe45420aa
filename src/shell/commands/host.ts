/** host of BIND: 9.18 on Debian 12, 9.20 in Alpine; the texts are the same. */
import { askNames } from '../lookups/ask-names.ts'
import { bindVersion } from '../lookups/bind-version.ts'
import { readHostOptions } from '../lookups/host-options.ts'
import { printHost } from '../lookups/print-host.ts'
import { err, finish, type Invocation, type Outcome } from '../program.ts'

/** Exit code 1 for an answer that is an error, and for none. */
export function host(call: Invocation): Outcome {
  const read = readHostOptions(call.args)
  switch (read.kind) {
    case 'version':
      return finish(0, err(`host ${bindVersion(call)}\n`))
    case 'usage':
      return finish(1, err(usage))
    case 'problem':
      return finish(read.exitCode, err(read.message))
    case 'question': {
      const { question } = read
      return askNames(call, 'host', [question], {
        print: ([talk]) => printHost(question, talk),
        withoutServer: (server) => ({
          stdout: '',
          stderr: `host: couldn't get address for '${server}': not found\n`,
          exitCode: 1,
        }),
      })
    }
  }
}

const usage = `Usage: host [-aCdilrTvVw] [-c class] [-N ndots] [-t type] [-W time]
            [-R number] [-m flag] [-p port] hostname [server]
       -a is equivalent to -v -t ANY
       -A is like -a but omits RRSIG, NSEC, NSEC3
       -c specifies query class for non-IN data
       -C compares SOA records on authoritative nameservers
       -d is equivalent to -v
       -l lists all hosts in a domain, using AXFR
       -m set memory debugging flag (trace|record|usage)
       -N changes the number of dots allowed before root lookup is done
       -p specifies the port on the server to query
       -r disables recursive processing
       -R specifies number of retries for UDP packets
       -s a SERVFAIL response should stop query
       -t specifies the query type
       -T enables TCP/IP mode
       -U enables UDP mode
       -v enables verbose output
       -V print version number and exit
       -w specifies to wait forever for a reply
       -W specifies how long to wait for a reply
       -4 use IPv4 query transport only
       -6 use IPv6 query transport only
`
