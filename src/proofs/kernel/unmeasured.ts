/** What the simulator models and this proof cannot put to a kernel; said at its end, and on the page "How true is this?". */
import { existsSync } from 'node:fs'

/** A line each. */
export function unmeasured(): readonly string[] {
  return [
    'a full conntrack table: nf_conntrack_max is one for all namespaces, and cannot be set in one',
    ...(existsSync('/proc/net/ip_vs') ? [] : ['IPVS: this kernel has no ip_vs']),
    ...(existsSync('/proc/net/sctp') ? [] : ['SCTP: this kernel has no sockets of it']),
  ]
}
