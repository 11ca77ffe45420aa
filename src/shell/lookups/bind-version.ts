/** Which BIND a machine's dig, host and nslookup are of. */
import type { Invocation } from '../program.ts'

/** 9.18 of Debian 12, 9.20 of Alpine. */
export function bindVersion({ machine }: Pick<Invocation, 'machine'>): string {
  return machine.userland === 'gnu' ? '9.18.33-1~deb12u2-Debian' : '9.20.29'
}
