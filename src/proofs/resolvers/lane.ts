/** One of several places where programs run side by side: files of its own, and name servers at addresses of its own. */
import { spawn } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Printed } from '../../shell/lookups/printed.ts'
import { ip, type IpAddress } from '../../sim/network/address.ts'
import { run } from '../kernel/commands.ts'
import { openNameServer, type NameServer } from './name-server.ts'

/** Where a case's texts have `{first}` and so on, an address of the lane stands. Nothing listens on `closed`; `silent` never answers. */
export type ServerPlace = 'first' | 'second' | 'third' | 'silent' | 'closed'

export interface Lane {
  readonly addresses: Readonly<Record<ServerPlace, IpAddress>>
  readonly server: NameServer
  /** Runs a program that finds these files in /etc, and nothing else of the machine's that matters to names. */
  readonly run: (argv: readonly string[], files: LaneFiles) => Promise<Printed>
  readonly close: () => void
}

export interface LaneFiles {
  readonly resolvConf: string
  readonly hosts: string
}

/** The longest that a program may take: BIND's give up after 15 s a server, and ask three. */
const LIMIT_MS = 60_000

/**
 * The network of all lanes: a Pod's address on an interface with a default route, IPv6 as far as link-local, and the Services' range on the
 * loopback interface. It needs a network namespace of its own.
 */
export async function openNetwork(): Promise<void> {
  for (const line of [
    'link set lo up',
    'address add 10.96.0.0/12 dev lo',
    'link add eth0 type veth peer name outside',
    'link set outside up',
    'link set eth0 up',
    'address add 172.31.239.200/32 dev eth0',
    '-6 address add fe80::1/64 dev eth0 nodad',
    'route add default dev eth0',
  ])
    await run('ip', line.split(' '))
}

/** Opens the lane of that number. @param folder where its files go */
export async function openLane(number: number, folder: string): Promise<Lane> {
  const address = (last: number) => ip(`10.96.${number}.${last}`)
  const addresses = {
    first: address(10),
    second: address(11),
    third: address(12),
    silent: address(66),
    closed: address(99),
  }
  const { first, second, third, silent } = addresses
  const own = join(folder, `lane-${number}`)
  mkdirSync(own)
  writeFileSync(join(own, 'nsswitch.conf'), 'hosts: files dns\n')
  writeFileSync(join(own, 'host.conf'), 'multi on\n')
  for (const file of ['resolv.conf', 'hosts']) writeFileSync(join(own, file), '')
  const holder = await holdFiles(own)
  const server = await openNameServer([first, second, third], silent)
  return {
    addresses,
    server,
    run: (argv, { resolvConf, hosts }) => {
      writeFileSync(join(own, 'resolv.conf'), resolvConf)
      writeFileSync(join(own, 'hosts'), hosts)
      return runIn(holder.namespace, argv)
    },
    close: () => {
      server.close()
      holder.stop()
    },
  }
}

/** In a mount namespace of its own each file of the folder lies over its namesake in /etc. It holds that namespace until its input ends. */
const overEtc =
  'for file in "$0"/*; do mount --bind "$file" "/etc/${file##*/}" || exit 1; done; echo ready; exec cat >/dev/null'

/** Starts the holder of a lane's mount namespace; resolves when its files lie there. */
function holdFiles(folder: string): Promise<Holder> {
  const child = spawn('setpriv', ['--pdeathsig', 'KILL', 'unshare', '--mount', 'sh', '-c', overEtc, folder], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('exit', () => reject(new Error(`the files of ${folder} cannot be laid over those in /etc`)))
    child.stdout.once('data', () =>
      resolve({ namespace: `/proc/${child.pid}/ns/mnt`, stop: () => child.stdin.end() }),
    )
  })
}

interface Holder {
  readonly namespace: string
  readonly stop: () => void
}

function runIn(namespace: string, argv: readonly string[]): Promise<Printed> {
  const child = spawn('nsenter', [`--mount=${namespace}`, '--', ...argv], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH: process.env['PATH'], LC_ALL: 'C', TZ: 'UTC', HOME: '/nonexistent' },
    timeout: LIMIT_MS,
    killSignal: 'SIGKILL',
  })
  let [stdout, stderr] = ['', '']
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text))
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text))
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (status) => resolve({ stdout, stderr, exitCode: status ?? 137 }))
  })
}
