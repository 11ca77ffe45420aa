/** Cases about which Corefiles start, and what CoreDNS says of the others. */
import { parseCorefile } from '../../sim/dns/corefile.ts'
import { differs } from './dns-golden.ts'
import type { CorefileCase, Difference } from './dns-golden.ts'

/** The first difference, or undefined. */
export function runCorefileCase(golden: CorefileCase): Difference | undefined {
  return golden.expect.corefiles
    .map(({ corefile, starts, error }) => {
      const { config, problems } = parseCorefile(corefile)
      const said = problems.filter((problem) => problem.fatal).map((problem) => problem.text)
      if (starts !== (config !== undefined)) return differs({ corefile, starts }, { starts: !starts, said })
      return error === undefined || said.some((text) => text.includes(error))
        ? undefined
        : differs(error, said)
    })
    .find((difference) => difference !== undefined)
}
