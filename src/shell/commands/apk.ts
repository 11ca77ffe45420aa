/** apk of Alpine (apk-tools 2.14): `apk add`. The download is not simulated, so the mirror is always in reach: a known difference. */
import {
  alpineRelease,
  basePackages,
  busyboxVersion,
  findPackage,
  installOrder,
  type Package,
} from '../packages.ts'
import { err, finish, out, type Invocation, type Outcome } from '../program.ts'

/** `apk [--no-cache] add PACKAGE…`, `apk update`. */
export function apk(call: Invocation): Outcome {
  const words = call.args.filter((arg) => !arg.startsWith('-'))
  const [command, ...names] = words
  const installed = call.session.packages[call.machine.key] ?? []
  if (command === 'update') return finish(0, out(fetching + summary(installed)))
  if (command !== 'add') return finish(1, err(`podpath: apk ${command ?? ''} is not simulated\n`))
  const missing = names.filter((name) => findPackage(name) === undefined)
  if (missing.length > 0) return finish(missing.length, err(unable(missing)))
  const order = names.reduce<readonly Package[]>((done, name) => {
    const there = [...installed, ...done.map((each) => each.name)]
    return [...done, ...(installOrder(name, there) ?? [])]
  }, [])
  const after = [...installed, ...order.map((each) => each.name)]
  const lines = order.map((each, index) => installing(each, index + 1, order.length))
  const trigger = order.length > 0 ? `Executing busybox-${busyboxVersion}.trigger\n` : ''
  const text = (order.length > 0 ? fetching : '') + lines.join('') + trigger + summary(after)
  const packages = { ...call.session.packages, [call.machine.key]: after }
  return { ...finish(0, out(text)), session: { ...call.session, packages } }
}

const mirror = `https://dl-cdn.alpinelinux.org/alpine/v${alpineRelease}`
const fetching = ['main', 'community']
  .map((repository) => `fetch ${mirror}/${repository}/x86_64/APKINDEX.tar.gz\n`)
  .join('')

function installing(each: Package, number: number, total: number): string {
  const padded = String(number).padStart(String(total).length)
  return `(${padded}/${total}) Installing ${each.name} (${each.version})\n`
}

function summary(installed: readonly string[]): string {
  const kib = installed.reduce<number>((sum, name) => sum + (findPackage(name)?.kib ?? 0), basePackages.kib)
  return `OK: ${Math.round(kib / 1024)} MiB in ${basePackages.count + installed.length} packages\n`
}

function unable(missing: readonly string[]): string {
  const reasons = missing.map((name) => `  ${name} (no such package):\n    required by: world[${name}]\n`)
  return `ERROR: unable to select packages:\n${reasons.join('')}`
}
