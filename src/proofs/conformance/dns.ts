/**
 * Runs golden cases for names: files of kinds `resolver`, `coredns`, `corefile` and `resolvconf` (their README says what the keys mean)
 * against the resolvers and the CoreDNS of `sim/dns`. Compared are questions, replies, timing and exit codes, and what the terminal's
 * dig, host, nslookup and getent print.
 */
import { readFile, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { parse } from 'yaml'
import { runCorednsCase } from './dns-coredns-case.ts'
import { runCorefileCase } from './dns-corefile-case.ts'
import type { GoldenCase } from './dns-golden.ts'
import { runResolvConfCase } from './dns-resolvconf-case.ts'
import { runResolverCase } from './dns-resolver-case.ts'

/** One difference between a golden case and what the simulator says. */
export interface DnsFailure {
  readonly name: string
  readonly expected: string
  readonly got: string
}

/** Runs every case of the folder, in the order of their names. A case with several differences is one failure, its first. */
export async function runDnsCases(
  folder: string,
): Promise<{ readonly passed: number; readonly failures: readonly DnsFailure[] }> {
  const files = (await readdir(folder)).filter((file) => file.endsWith('.yaml')).toSorted()
  const failures: DnsFailure[] = []
  for (const file of files) {
    const golden = parse(await readFile(join(folder, file), 'utf8')) as GoldenCase
    const difference = runCase(golden)
    if (difference !== undefined) failures.push({ name: golden.name, ...difference })
  }
  return { passed: files.length - failures.length, failures }
}

function runCase(golden: GoldenCase) {
  switch (golden.kind) {
    case 'resolver':
      return runResolverCase(golden)
    case 'coredns':
      return runCorednsCase(golden)
    case 'corefile':
      return runCorefileCase(golden)
    case 'resolvconf':
      return runResolvConfCase(golden)
  }
}
