/**
 * The packages of Alpine that give network tools (aports main, Alpine 3.22, apk-tools 2.14). Their download is not simulated: the
 * mirror is taken to be in reach even where nothing else outside is. Sizes are rounded.
 */
import type { Toolset } from './program-id.ts'

/** A package: what it needs, in the order of installation, and which programs it brings. */
export interface Package {
  readonly name: string
  readonly version: string
  readonly kib: number
  readonly needs: readonly string[]
  readonly tools: Toolset
}

/** The release that the `alpine` image stands on. */
export const alpineRelease = '3.22'

/** The version of BusyBox in it, as its install trigger is named. */
export const busyboxVersion = '1.37.0-r20'

/** What a bare alpine image holds: how many packages, and how much. */
export const basePackages = { count: 16, kib: 7_600 } as const

/** The package of a name, or `undefined`: there is none, or it is not listed here. */
export function findPackage(name: string): Package | undefined {
  return packages.find((candidate) => candidate.name === name)
}

/** What to install for a package, in order: its needs, their needs, itself; without what is there. `undefined`: no such package. */
export function installOrder(name: string, installed: readonly string[]): readonly Package[] | undefined {
  const wanted = findPackage(name)
  if (wanted === undefined) return undefined
  const order: Package[] = []
  for (const needed of [...wanted.needs, name]) {
    const found = findPackage(needed)
    if (found !== undefined && !installed.includes(needed) && !order.includes(found)) order.push(found)
  }
  return order
}

const packages: readonly Package[] = [
  library('fstrm', '0.6.1-r4', 52),
  library('krb5-conf', '1.0-r2', 4),
  library('libcom_err', '1.47.2-r2', 24),
  library('keyutils-libs', '1.6.3-r4', 20),
  library('libverto', '0.3.2-r2', 24),
  library('krb5-libs', '1.21.3-r0', 2_000),
  library('json-c', '0.18-r1', 76),
  library('nghttp2-libs', '1.65.0-r0', 140),
  library('protobuf-c', '1.5.2-r0', 48),
  library('userspace-rcu', '0.15.2-r0', 140),
  library('libuv', '1.51.0-r0', 220),
  library('xz-libs', '5.8.1-r0', 210),
  library('libxml2', '2.13.9-r0', 1_200),
  library('bind-libs', '9.20.29-r0', 3_100),
  library('ca-certificates', '20250911-r0', 700),
  library('brotli-libs', '1.1.0-r2', 900),
  library('c-ares', '1.34.5-r0', 200),
  library('libunistring', '1.3-r0', 1_800),
  library('libidn2', '2.3.7-r0', 210),
  library('libpsl', '0.21.5-r3', 100),
  library('zstd-libs', '1.5.7-r0', 670),
  library('libcurl', '8.14.1-r2', 650),
  library('libcap2', '2.76-r0', 40),
  library('libelf', '0.193-r0', 200),
  library('libmnl', '1.0.5-r2', 30),
  library('libpcap', '1.10.5-r1', 290),
  {
    name: 'bind-tools',
    version: '9.20.29-r0',
    kib: 420,
    needs: [
      'fstrm',
      'krb5-conf',
      'libcom_err',
      'keyutils-libs',
      'libverto',
      'krb5-libs',
      'json-c',
      'nghttp2-libs',
      'protobuf-c',
      'userspace-rcu',
      'libuv',
      'xz-libs',
      'libxml2',
      'bind-libs',
    ],
    tools: { dig: 'dig', host: 'host', nslookup: 'nslookup' },
  },
  {
    name: 'curl',
    version: '8.14.1-r2',
    kib: 260,
    needs: [
      'ca-certificates',
      'brotli-libs',
      'c-ares',
      'libunistring',
      'libidn2',
      'nghttp2-libs',
      'libpsl',
      'zstd-libs',
      'libcurl',
    ],
    tools: { curl: 'curl' },
  },
  {
    name: 'wget',
    version: '1.25.0-r1',
    kib: 480,
    needs: ['libunistring', 'libidn2', 'libpsl', 'ca-certificates'],
    tools: { wget: 'wget' },
  },
  { name: 'iputils', version: '20240905-r0', kib: 230, needs: ['libcap2'], tools: { ping: 'ping' } },
  {
    name: 'iproute2',
    version: '6.15.0-r0',
    kib: 930,
    needs: ['libcap2', 'libelf', 'libmnl'],
    tools: { ip: 'ip', ss: 'ss' },
  },
  { name: 'busybox-extras', version: '1.37.0-r20', kib: 80, needs: [], tools: { telnet: 'not-simulated' } },
  { name: 'netcat-openbsd', version: '1.229.1-r0', kib: 60, needs: [], tools: { nc: 'not-simulated' } },
  {
    name: 'tcpdump',
    version: '4.99.5-r1',
    kib: 1_100,
    needs: ['libpcap'],
    tools: { tcpdump: 'not-simulated' },
  },
  { name: 'openssl', version: '3.5.4-r0', kib: 830, needs: [], tools: { openssl: 'not-simulated' } },
  { name: 'bash', version: '5.2.37-r0', kib: 1_300, needs: [], tools: { bash: 'sh' } },
]

function library(name: string, version: string, kib: number): Package {
  return { name, version, kib, needs: [], tools: {} }
}
