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
  return call.machine.kind === 'pod' ? [] : call.lab.files
}

/** The other way round than {@link editorName}. */
function pathOf(name: string): string {
  return name.startsWith('/') ? name : `/opt/${name}`
}

/** The file on this machine; a vantage that is gone has none. */
function hostsFile(call: FileCall): string {
  return call.lab.hostsFile(call.at) ?? ''
}
