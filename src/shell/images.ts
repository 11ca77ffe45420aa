/**
 * Which programs a container image holds, by the image's name. From the images' build files, recalled, so a stated assumption; an
 * image that is not listed is not guessed at.
 */
import type { Toolset } from './program-id.ts'

/** What is inside an image, as far as a terminal shows it. */
export interface Image {
  /** Absent: the image has no shell at all. */
  readonly shell?: 'bash' | 'sh'
  /** Whose `cat`, `ls` and `sleep` it has, which word their errors differently. */
  readonly userland: 'gnu' | 'busybox'
  readonly tools: Toolset
  /** The package manager, where it has one that may install. */
  readonly packages?: 'apk' | 'apt'
}

/** The image of a reference such as `nginx:alpine` or `registry.k8s.io/coredns/coredns:v1.11.3`; `undefined`: not known. */
export function imageOf(reference: string): Image | undefined {
  const { repository, tag } = splitReference(reference)
  const name = repository.slice(repository.lastIndexOf('/') + 1)
  if (repository.endsWith('curlimages/curl') || name === 'curl') return curlImage
  if (name === 'netshoot') return netshoot
  if (name === 'busybox') return busybox
  if (name === 'alpine') return alpine
  if (withoutShell.includes(name)) return bare
  if (tag.includes('alpine') && name in debianImages) return withCurl(alpine, name === 'nginx')
  return debianImages[name]
}

/** `registry/path/name:tag@digest` to its repository and tag; no tag is `latest`. */
function splitReference(reference: string): { readonly repository: string; readonly tag: string } {
  const withoutDigest = reference.split('@')[0] ?? ''
  const colon = withoutDigest.lastIndexOf(':')
  if (colon <= withoutDigest.lastIndexOf('/')) return { repository: withoutDigest, tag: 'latest' }
  return { repository: withoutDigest.slice(0, colon), tag: withoutDigest.slice(colon + 1) }
}

/** What every userland has, GNU's or BusyBox's. */
export const commonTools: Toolset = {
  cat: 'cat',
  echo: 'echo',
  false: 'false',
  grep: 'grep',
  head: 'head',
  hostname: 'hostname',
  ls: 'ls',
  seq: 'seq',
  sh: 'sh',
  sleep: 'sleep',
  sort: 'sort',
  tail: 'tail',
  true: 'true',
  uniq: 'uniq',
  wc: 'wc',
}

const busyboxTools: Toolset = {
  ...commonTools,
  ip: 'not-simulated',
  nc: 'not-simulated',
  netstat: 'not-simulated',
  nslookup: 'busybox-nslookup',
  ping: 'busybox-ping',
  traceroute: 'not-simulated',
  wget: 'busybox-wget',
}

const debianTools: Toolset = { ...commonTools, bash: 'sh', getent: 'getent' }

const bare: Image = { userland: 'gnu', tools: {} }
const busybox: Image = {
  shell: 'sh',
  userland: 'busybox',
  tools: { ...busyboxTools, telnet: 'not-simulated' },
}
const alpine: Image = {
  shell: 'sh',
  userland: 'busybox',
  tools: { ...busyboxTools, apk: 'apk', getent: 'getent' },
  packages: 'apk',
}
const debian: Image = { shell: 'bash', userland: 'gnu', tools: debianTools, packages: 'apt' }
const curlImage: Image = { shell: 'sh', userland: 'busybox', tools: { ...busyboxTools, curl: 'curl' } }
const netshoot: Image = {
  shell: 'bash',
  userland: 'busybox',
  tools: {
    ...busyboxTools,
    apk: 'apk',
    bash: 'sh',
    conntrack: 'conntrack',
    curl: 'curl',
    dig: 'dig',
    getent: 'getent',
    host: 'host',
    nslookup: 'nslookup',
    openssl: 'not-simulated',
    ping: 'ping',
    ss: 'ss',
    tcpdump: 'not-simulated',
  },
  packages: 'apk',
}

const debianImages: Readonly<Record<string, Image>> = {
  debian,
  ubuntu: debian,
  nginx: withCurl(debian, true),
  httpd: debian,
  redis: debian,
  postgres: debian,
}

const withoutShell = [
  'coredns',
  'kube-proxy',
  'metrics-server',
  'pause',
  'kube-vip',
  'kube-apiserver',
  'kube-controller-manager',
  'kube-scheduler',
]

function withCurl(image: Image, hasCurl: boolean): Image {
  return hasCurl ? { ...image, tools: { ...image.tools, curl: 'curl', openssl: 'not-simulated' } } : image
}
