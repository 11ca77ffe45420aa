/** The files that the terminal's machines have: /opt, /etc/resolv.conf, /etc/hosts, and what was written. */
import type { Invocation } from './program.ts'
import type { Machine } from './machine.ts'
import type { ShellSession } from './session.ts'

/** What a path needs to be looked up. */
export type FileCall = Pick<Invocation, 'machine' | 'lab' | 'session' | 'at'>

const home = '/root'

/** The absolute path of a path as typed: the working directory before it, `.` and `..` worked out. */
export function absolutePath(call: Pick<Invocation, 'machine' | 'session'>, path: string): string {
  const expanded = path === '~' || path.startsWith('~/') ? home + path.slice(1) : path
  const from = expanded.startsWith('/') ? '' : workingDirectory(call)
  const parts: string[] = []
  for (const part of `${from}/${expanded}`.split('/')) {
    if (part === '..') parts.pop()
    else if (part !== '' && part !== '.') parts.push(part)
  }
  return `/${parts.join('/')}`
}

/** Where a machine's shell stands; at first /root. */
export function workingDirectory(call: Pick<Invocation, 'machine' | 'session'>): string {
  return call.session.directories[call.machine.key] ?? home
}

/** The text of a file by its absolute path; `undefined`: no such file. */
export function readText(call: FileCall, path: string): string | undefined {
  const written = call.session.files[call.machine.key]?.[path]
  if (written !== undefined) return written
  if (path === '/dev/null') return ''
  if (path === '/etc/resolv.conf') return call.lab.resolvConf(call.at)
  if (path === '/etc/hosts') return hostsFile(call)
  if (path === '/etc/hostname') return `${call.machine.hostname}\n`
  return givenFiles(call).find((file) => pathOf(file.name) === path)?.text
}

/** The name under which the editor and the lab know a file: bare in /opt, the whole path elsewhere. */
export function editorName(path: string): string {
  return path.startsWith('/opt/') ? path.slice('/opt/'.length) : path
}

/** Paths of all files of the machine, sorted. */
export function listPaths(call: FileCall): readonly string[] {
  return [
    ...new Set([
      '/dev/null',
      '/etc/hostname',
      '/etc/hosts',
      '/etc/resolv.conf',
      ...givenFiles(call).map((file) => pathOf(file.name)),
      ...Object.keys(call.session.files[call.machine.key] ?? {}),
    ]),
  ].toSorted()
}

/** Whether a directory is there: one of the usual ones, or one that holds a file. */
export function isDirectory(call: FileCall, path: string): boolean {
  const usual = ['/', '/dev', '/etc', '/home', '/opt', '/root', '/tmp', '/usr', '/var']
  return usual.includes(path) || listPaths(call).some((file) => file.startsWith(`${path}/`))
}

/** The session after a file was written; nothing changes for /dev/null. */
export function writeText(session: ShellSession, machine: Machine, path: string, text: string): ShellSession {
  if (path === '/dev/null') return session
  const own = { ...session.files[machine.key], [path]: text }
  return { ...session, files: { ...session.files, [machine.key]: own } }
}

/** The scenario's files and the user's: on the nodes and the laptop. A container has none of them; what came over a pipe is no file. */
function givenFiles(call: FileCall) {
  return call.machine.kind === 'pod' ? [] : call.lab.files.filter((file) => file.name !== 'STDIN')
}

/** The other way round than {@link editorName}. */
function pathOf(name: string): string {
  return name.startsWith('/') ? name : `/opt/${name}`
}

function hostsFile(call: FileCall): string {
  const { machine, lab } = call
  switch (machine.kind) {
    case 'laptop':
      return '127.0.0.1\tlocalhost\n127.0.1.1\tlaptop\n'
    case 'node':
      return nodeHostsFile(call)
    case 'pod': {
      if (machine.pod.hostNetwork) {
        const node = lab.cluster.nodes.find((candidate) => candidate.ref.name === machine.pod.nodeName)
        const head = '# Kubernetes-managed hosts file (host network).\n'
        return node === undefined ? head : head + nodeHostsFile(call, node.ref.name)
      }
      return podHostsFile(machine, lab.cluster.config.dnsDomain)
    }
  }
}

/** The node's own name on loopback, the other nodes at their addresses, as in the chapter's classroom. */
function nodeHostsFile(call: FileCall, own: string = call.machine.hostname): string {
  const others = call.lab.cluster.nodes.flatMap((node) =>
    node.ref.name === own ? [] : node.addresses.map((address) => `${address} ${node.ref.name}\n`),
  )
  return ['127.0.0.1 localhost\n', `127.0.2.1 ${own} ${own}\n`, ...others].join('')
}

/** As the kubelet writes it (kubernetes pkg/kubelet/kubelet_pods.go, managedHostsFileContent). */
function podHostsFile(machine: Extract<Machine, { kind: 'pod' }>, domain: string): string {
  const { pod, hostname } = machine
  const fullName =
    pod.subdomain === undefined ? '' : `${hostname}.${pod.subdomain}.${pod.ref.namespace}.svc.${domain}\t`
  const aliases = pod.hostAliases.map((alias) => `${[alias.ip, ...alias.hostnames].join('\t')}\n`)
  return [
    '# Kubernetes-managed hosts file.\n',
    '127.0.0.1\tlocalhost\n',
    '::1\tlocalhost ip6-localhost ip6-loopback\n',
    'fe00::0\tip6-localnet\n',
    'fe00::0\tip6-mcastprefix\n',
    'fe00::1\tip6-allnodes\n',
    'fe00::2\tip6-allrouters\n',
    ...pod.ips.map((address) => `${address}\t${fullName}${hostname}\n`),
    ...(aliases.length > 0 ? ['\n', '# Entries added by HostAliases.\n', ...aliases] : []),
  ].join('')
}
