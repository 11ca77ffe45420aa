/** Cases of kubelet's tests: what it writes into a Pod's resolv.conf. */
import { limitNameservers, limitSearches } from '../../sim/dns/kubelet-limits.ts'
import { dnsBaseOf, kubeletRefuses, parseResolvConf, podResolvConf } from '../../sim/dns/resolv-conf.ts'
import type { Pod } from '../../sim/cluster/objects.ts'
import { parseIp } from '../../sim/network/address.ts'
import { podOf } from './dns-manifests.ts'
import { differs } from './dns-golden.ts'
import type { Difference, ResolvConfCase } from './dns-golden.ts'

/** The first difference, or undefined. A case asks for one or several of kubelet's steps, each by a key of its own. */
export function runResolvConfCase(golden: ResolvConfCase): Difference | undefined {
  const { expect } = golden
  const rows = (key: string) => (expect[key] ?? []) as readonly Row[]
  return (
    firstOf(rows('bases'), (row) => differs(row.base, dnsBaseOf(podOfRow(row)))) ??
    firstOf(rows('files'), compareFile) ??
    firstOf(rows('pods'), (row) => comparePod(golden, podOfRow(row), row)) ??
    (golden.given.pod === undefined
      ? compareLimits(expect)
      : comparePod(golden, podOf(golden.given.pod), expect))
  )
}

type Row = Readonly<Record<string, unknown>>

function firstOf(
  rows: readonly Row[],
  compare: (row: Row) => Difference | undefined,
): Difference | undefined {
  return rows.map(compare).find((difference) => difference !== undefined)
}

function podOfRow(row: Row): Pod {
  const { dnsPolicy, hostNetwork } = row
  return podOf({ metadata: { name: 'p', namespace: 'default' }, spec: { dnsPolicy, hostNetwork } })
}

function compareFile(row: Row): Difference | undefined {
  const text = String(row.text)
  if (kubeletRefuses(text) || row.error === true) return differs(row.error, kubeletRefuses(text))
  const { nameservers, searches, options } = parseResolvConf(text, 'kubelet')
  return differs([row.nameservers, row.searches, row.options], [nameservers, searches, options])
}

function comparePod(golden: ResolvConfCase, pod: Pod, row: Row): Difference | undefined {
  const { clusterDNS = [], clusterDomain = '', nodeResolvConf } = golden.given
  const conf = podResolvConf(pod, {
    clusterDns: clusterDNS.flatMap((text) => parseIp(text) ?? []),
    dnsDomain: clusterDomain,
    ...(typeof nodeResolvConf === 'string'
      ? { nodeResolvConf: parseResolvConf(nodeResolvConf, 'kubelet') }
      : {}),
  })
  const wanted = row.options as readonly string[] | undefined
  return (
    differs([row.nameservers, row.searches], [conf.nameservers, conf.searches]) ??
    (wanted === undefined ? undefined : differs(wanted.toSorted(), conf.options.toSorted()))
  )
}

function compareLimits(expect: Row): Difference | undefined {
  const searches = (expect.searches ?? []) as readonly Row[]
  const nameservers = (expect.nameservers ?? []) as readonly Row[]
  return (
    firstOf(searches, (row) => compareLimited(row, limitSearches(row.given as readonly string[]))) ??
    firstOf(nameservers, (row) => compareLimited(row, limitNameservers(row.given as readonly string[])))
  )
}

function compareLimited(row: Row, limited: { readonly applied: readonly string[]; readonly event?: string }) {
  const event = typeof row.event === 'boolean' ? limited.event !== undefined : limited.event
  return differs([row.applied, row.event], [limited.applied, event])
}
