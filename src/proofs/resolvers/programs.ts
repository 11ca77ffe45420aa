/** The real programs of this machine: where they are, of which version, and what is missing of them. */
import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { has } from '../kernel/commands.ts'

/** As a case's command line begins. `ask-…` calls getaddrinfo of that C library. */
export type ProgramName =
  'ask-glibc' | 'ask-musl' | 'getent' | 'busybox' | 'dig' | 'host' | 'nslookup' | 'curl' | 'wget'

/** What there is. */
export interface Programs {
  readonly paths: ReadonlyMap<ProgramName, string>
  /** A line each, with what was measured. */
  readonly versions: readonly string[]
  readonly absent: readonly ProgramName[]
  /** The numbers of musl's version; absent where it is not there. */
  readonly musl?: readonly number[]
  readonly busyboxLibrary: 'glibc' | 'musl'
}

/** Looks for them, and builds those that call getaddrinfo. @param folder where what is built goes */
export function findPrograms(folder: string): Programs {
  const askPath = (compiler: string, program: string) => {
    const path = join(folder, program)
    const source = fileURLToPath(new URL('ask.c', import.meta.url))
    return has(compiler) && spawnSync(compiler, ['-O1', '-o', path, source]).status === 0 ? path : undefined
  }
  const systemPath = (program: string) => (has(program) ? program : undefined)
  const isMuslHere = muslLoader() !== undefined
  const all: readonly (readonly [ProgramName, string | undefined])[] = [
    ['ask-glibc', isGlibc() ? askPath('gcc', 'ask-glibc') : undefined],
    ['ask-musl', isMuslHere ? askPath(isGlibc() ? 'musl-gcc' : 'gcc', 'ask-musl') : undefined],
    ['getent', isGlibc() ? systemPath('getent') : undefined],
    ...(['busybox', 'dig', 'host', 'nslookup', 'curl', 'wget'] as const).map(
      (name) => [name, systemPath(name)] as const,
    ),
  ]
  const paths = new Map(all.flatMap(([name, path]) => (path === undefined ? [] : [[name, path] as const])))
  const musl = muslVersion()
  return {
    paths,
    versions: versionsOf(paths, musl),
    absent: all.flatMap(([name, path]) => (path === undefined ? [name] : [])),
    ...(musl === undefined ? {} : { musl: musl.split('.').map(Number) }),
    busyboxLibrary: isGlibc() ? 'glibc' : 'musl',
  }
}

function versionsOf(paths: Programs['paths'], musl: string | undefined): readonly string[] {
  const said = (command: string, args: readonly string[], pattern: RegExp) =>
    pattern.exec(output(command, args))?.[0]
  return [
    isGlibc() ? `glibc ${said('getconf', ['GNU_LIBC_VERSION'], /[\d.]+/)}` : undefined,
    paths.has('ask-musl') ? `musl ${musl}` : undefined,
    paths.has('busybox') ? said('busybox', [], /BusyBox v[\d.]+/)?.replace(' v', ' ') : undefined,
    paths.has('dig') ? `BIND ${said('dig', ['-v'], /\d[\w.~+-]+/)}` : undefined,
    paths.has('curl') ? said('curl', ['--version'], /curl [\d.]+/) : undefined,
    paths.has('wget') ? said('wget', ['--version'], /GNU Wget [\d.]+/) : undefined,
  ].filter((line) => line !== undefined)
}

function isGlibc(): boolean {
  return output('getconf', ['GNU_LIBC_VERSION']).startsWith('glibc')
}

function muslLoader(): string | undefined {
  const name = existsSync('/lib')
    ? readdirSync('/lib').find((file) => file.startsWith('ld-musl-'))
    : undefined
  return name === undefined ? undefined : join('/lib', name)
}

function muslVersion(): string | undefined {
  const loader = muslLoader()
  return loader === undefined ? undefined : /Version ([\d.]+)/.exec(output(loader, []))?.[1]
}

function output(command: string, args: readonly string[]): string {
  const { stdout, stderr } = spawnSync(command, args, { encoding: 'utf8' })
  return `${stdout ?? ''}${stderr ?? ''}`
}
