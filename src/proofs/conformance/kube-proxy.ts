/** Feeds the golden cases for kube-proxy to the compiler of rules. */
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parse } from 'yaml'
import { checksOf } from './kube-proxy-checks.ts'
import { nftChecksOf } from './kube-proxy-nft-checks.ts'
import type { GoldenCase } from './kube-proxy-golden.ts'
import { afterStep, rulesInput } from './kube-proxy-objects.ts'

/** A check that came out differently, by `case/step/check`. */
export interface KubeProxyFailure {
  readonly name: string
  readonly expected: string
  readonly got: string
}

/** Runs every case of the folder. A case passes when all its checks do, at every step. */
export async function runKubeProxyCases(
  folder: string,
): Promise<{ readonly passed: number; readonly failures: readonly KubeProxyFailure[] }> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.yaml')).toSorted()
  const cases = await Promise.all(
    names.map(async (name) => parse(await readFile(join(folder, name), 'utf8')) as GoldenCase),
  )
  const results = cases.map(runCase)
  return {
    passed: results.filter((failures) => failures.length === 0).length,
    failures: results.flat(),
  }
}

function runCase(golden: GoldenCase): readonly KubeProxyFailure[] {
  const steps = [{ apply: golden.manifests ?? [], expect: golden.expect }, ...(golden.then ?? [])]
  let objects: ReturnType<typeof afterStep> = new Map()
  return steps.flatMap((step, index) => {
    objects = afterStep(objects, step)
    const checksOfMode = golden.proxy.mode === 'nftables' ? nftChecksOf : checksOf
    const checks = checksOfMode(golden, step.expect, rulesInput(golden.proxy, objects))
    const failed = checks.filter(({ expected, got }) => expected !== got)
    const nothing =
      checks.length === 0 ? [{ what: 'nothing is checked', expected: 'a check', got: 'none' }] : []
    return [...failed, ...nothing].map(({ what, expected, got }) => ({
      name: `${golden.name}/${index}/${what}`,
      expected,
      got,
    }))
  })
}
