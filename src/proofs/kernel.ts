/**
 * `npm run test:kernel [-- --seed N] [--count N] [--flows N] [--only fixed|stories|random|subnets] [--quick] [--report FILE]`: the simulated
 * cluster's machines built out of network namespaces, our own text of each node's rules in the real kernel, real sockets, and what they meet
 * compared with the simulator.
 * Linux and root; everything stays inside namespaces that nobody else sees, which go with the run.
 */
import { writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { isAlone, runAlone, type Seclusion } from './alone.ts'
import { affinityStories, ageingStories } from './kernel/ageing-cases.ts'
import { letAnswer } from './kernel/answering-router.ts'
import { CLUSTER_CIDR, openProofLab, putBefore } from './kernel/cluster-text.ts'
import { has, run } from './kernel/commands.ts'
import { compare, type Comparison } from './kernel/compare.ts'
import { fixedCases } from './kernel/fixed-cases.ts'
import { generateCluster } from './kernel/generate-cluster.ts'
import { namespaceOf, removeMachines } from './kernel/machines.ts'
import {
  counted,
  printArea,
  type Area,
  type Check,
  type KernelReport,
  type ReportArea,
} from './kernel/proof.ts'
import { openRealCluster, type RealCluster } from './kernel/real-cluster.ts'
import { subnetCases } from './kernel/subnet-cases.ts'
import { families } from './kernel/node-text.ts'
import { roundTripDifference } from './kernel/round-trip.ts'
import { conntrackStories } from './kernel/conntrack-cases.ts'
import { FULL_AFTER_MS, rationStories } from './kernel/ration-cases.ts'
import { realMachines, type RealMachines } from './kernel/real-machines.ts'
import { checkRoutes } from './kernel/route-text.ts'
import { checkShares } from './kernel/shares.ts'
import { simulatedMachines } from './kernel/simulated-machines.ts'
import { statefulStories } from './kernel/stateful-cases.ts'
import { compareStory, type Story } from './kernel/story.ts'
import { unmeasured } from './kernel/unmeasured.ts'
import type { Flow } from './kernel/outcome.ts'
import type { Lab, LabState } from '../sim/lab.ts'
import { networkOf } from '../sim/trace/cluster-network.ts'
import { ROUTER } from '../sim/trace/outside-hosts.ts'

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    count: { type: 'string', default: '20' },
    flows: { type: 'string', default: '20' },
    only: { type: 'string' },
    // Without what waits long, the ration of ICMP errors and affinity's time, and without IPv6 in a second mode.
    quick: { type: 'boolean', default: false },
    report: { type: 'string' },
  },
})

/** How long a flow is waited for that is asked again: less than a LAN is asked for a neighbour. */
const LATE_MS = 2000

const missing = whatIsMissing()
if (missing !== undefined) {
  console.log(`The kernel proof was not run: ${missing}`)
  process.exit(0)
}
if (!isAlone()) process.exit(await runAlone(seclusion()))
const machines = openProofLab('').cluster
const real = await openRealCluster(machines)
const areas: Area[] = []
let askedAgain = 0
try {
  if (isAsked('fixed')) await proveFixed()
  if (isAsked('stories')) await proveAllStories()
  if (isAsked('random')) await add('random', 'random clusters', proveRandom())
} finally {
  real.stop()
}
if (isAsked('subnets')) await proveSubnets()
const checks = areas.flatMap((area) => area.checks)
const failed = checks.filter(({ difference }) => difference !== undefined).length
if (values.report !== undefined)
  writeFileSync(values.report, `${JSON.stringify(await report(), undefined, 2)}\n`)
console.log(`Not measured here: ${unmeasured().join('; ')}.`)
if (askedAgain > 0) console.log(`${askedAgain} flows were asked twice`)
console.log(`${checks.length - failed} passed, ${failed} failed`)
process.exit(failed === 0 && checks.length > 0 ? 0 : 1)

/**
 * Named network namespaces that nobody else sees: ip-netns(8) keeps names as mounts in `/run/netns`, and the proof has one of its own. Two
 * proofs run side by side.
 */
function seclusion(): Seclusion {
  return {
    name: 'the kernel',
    namespaces: ['--mount'],
    before: 'mkdir -p /run/netns && mount -t tmpfs podpath /run/netns',
    limitMs: 300_000 + 5000 * Number(values.count),
  }
}

function isAsked(part: 'fixed' | 'stories' | 'random' | 'subnets'): boolean {
  return values.only === undefined || values.only === part
}

async function proveFixed(): Promise<void> {
  const roundTrips: Check[] = []
  for (const { title, objects, choices, filterRules = [], flows } of fixedCases(values.quick)) {
    const lab = openProofLab(objects, choices)
    if (filterRules.length > 0) putBefore(lab, filterRules)
    await real.load(lab.cluster)
    await real.forget()
    roundTrips.push(...(await roundTrip(lab, title)))
    await add(title.startsWith('nftables') ? 'nftables' : 'iptables', title, compareFlows(lab, flows))
  }
  await add('round-trip', 'rules come back as they went in', Promise.resolve(roundTrips))
  await add('round-trip', 'routes are printed as they stand', checkRoutes(networkOf(machines)))
  await add('memory', 'shares', checkShares(real))
}

async function proveAllStories(): Promise<void> {
  const kernel = realMachines(real, networkOf(machines))
  const nftables = `mode: nftables\n${CLUSTER_CIDR}`
  const slow = (kubeProxy?: string) => (values.quick ? [] : affinityStories(kubeProxy))
  const inNftables = [...statefulStories(nftables), ...slow(nftables)]
  const remembered = [...statefulStories(), ...slow(), ...ageingStories]
  await proveStories('memory', [...remembered, ...inNftables.map(inNftMode)], kernel)
  await proveStories('conntrack', conntrackStories, kernel)
  if (values.quick) return
  await kernel.ration(true)
  await kernel.wait(FULL_AFTER_MS)
  await proveStories('ration', rationStories, kernel)
  await kernel.ration(false)
}

async function proveStories(
  reported: ReportArea,
  stories: readonly Story[],
  kernel: RealMachines,
): Promise<void> {
  for (const [seed, story] of stories.entries()) {
    await add(reported, story.title, compareStory(story, kernel, simulatedMachines(machines, seed)))
    await kernel.restore()
  }
}

function inNftMode(story: Story): Story {
  return { ...story, title: `nftables: ${story.title}` }
}

/** Machines of their own for each case: only one set of them stands at a time, since their names are the same. */
async function proveSubnets(): Promise<void> {
  await removeMachines(networkOf(machines))
  for (const { title, lab, flows } of subnetCases()) {
    const there = await openRealCluster(lab.cluster)
    try {
      await letAnswer(namespaceOf(ROUTER))
      await there.load(lab.cluster)
      const checks = [
        ...(await checkRoutes(networkOf(lab.cluster))),
        ...(await compareFlows(lab, flows, there)),
        ...(await roundTrip(lab, title)),
      ]
      await add(title.startsWith('nftables') ? 'nftables' : 'iptables', title, Promise.resolve(checks))
    } finally {
      there.stop()
      await removeMachines(networkOf(lab.cluster))
    }
  }
}

/** Cluster after cluster; a failure names the seed that repeats it. */
async function proveRandom(): Promise<readonly Check[]> {
  const [first, count, flowCount] = [Number(values.seed), Number(values.count), Number(values.flows)]
  const found: Check[] = []
  for (let seed = first; seed < first + count; seed++) {
    const { lab, flows, objects, choices } = generateCluster(seed, flowCount)
    await real.load(lab.cluster)
    await real.forget()
    const compared = [...(await compareFlows(lab, flows)), ...(await roundTrip(lab, `seed ${seed}`))]
    found.push(...compared.map((check) => ({ ...check, what: `seed ${seed}: ${check.what}` })))
    if (compared.some(({ difference }) => difference !== undefined))
      console.log(
        `\n${JSON.stringify(choices)}\n${objects}\nnpm run test:kernel -- --only random --seed ${seed} --count 1`,
      )
  }
  return found
}

async function compareFlows(lab: Lab, flows: readonly Flow[], on = real): Promise<readonly Check[]> {
  const outcomes = await Promise.all(flows.map((flow) => on.send(flow)))
  const state = lab.state()
  const checks: Check[] = []
  for (const [index, flow] of flows.entries()) {
    const first = compare(state, flow, outcomes[index] ?? '')
    // Among many, a flow may be answered late, or meet another's source port: then it is asked once more, alone.
    const { agrees, real: outcome, simulated } = isCrowded(first) ? await askAlone(state, flow, on) : first
    const difference = `kernel    ${outcome}\n  simulator ${simulated.join(' | ')}`
    checks.push({ what: `${flow.from} ${flow.url}`, ...(agrees ? {} : { difference }) })
  }
  return checks
}

/** Whether a difference may be the crowd's: nothing was heard in time, or only the source port differs. Any other is a fault at once. */
function isCrowded({ agrees, real: outcome, simulated }: Comparison): boolean {
  const withoutPort = (line: string) => line.replace(/, (port kept|another port)$/, '')
  const isPort = simulated.some((line) => withoutPort(line) === withoutPort(outcome))
  return !agrees && (outcome === 'silence' || isPort)
}

async function askAlone(state: LabState, flow: Flow, on: RealCluster): Promise<Comparison> {
  askedAgain++
  await on.forget()
  return compare(state, flow, await on.send(flow, LATE_MS))
}

async function roundTrip(lab: Lab, title: string): Promise<readonly Check[]> {
  const texts = lab.cluster.nodes.flatMap(({ ref }) =>
    families.map((version) => ({ node: ref.name, version })),
  )
  return Promise.all(
    texts.map(async ({ node, version }) => {
      const difference = await roundTripDifference(lab.cluster, node, namespaceOf(node), version)
      const what = `${title}, ${node}, IPv${version}`
      return { what, ...(difference === undefined ? {} : { difference }) }
    }),
  )
}

async function add(report: ReportArea, title: string, proving: Promise<readonly Check[]>): Promise<void> {
  const area = { report, title, checks: await proving }
  printArea(area)
  areas.push(area)
}

function whatIsMissing(): string | undefined {
  if (process.platform !== 'linux') return 'it needs Linux.'
  if (process.getuid?.() !== 0) return 'it needs root.'
  const absent = [
    'ip',
    'bridge',
    'iptables-restore',
    'ipset',
    'conntrack',
    'ping',
    'perl',
    'unshare',
    'setpriv',
  ].filter((command) => !has(command))
  if (absent.length === 0) return undefined
  return `${absent.join(', ')} missing. apt-get install -y iproute2 iptables ipset conntrack iputils-ping perl-base util-linux`
}

async function report(): Promise<KernelReport> {
  const first = (text: string) => text.split('\n')[0] ?? ''
  return {
    kernel: first(await run('uname', ['-r'])),
    iptables: first(await run('iptables', ['--version'])),
    nft: has('nft') ? first(await run('nft', ['--version'])).replace(/ \(.*/, '') : '',
    clusters: isAsked('random') ? Number(values.count) : 0,
    flowsEach: Number(values.flows),
    areas: counted(areas),
  }
}
