/**
 * A process whose named network namespaces nobody else sees: its own mount namespace has its own `/run/netns` (ip-netns(8) keeps names
 * as mounts there). They go with its last process, however that ends, and two proofs run side by side.
 */
import { spawn } from 'node:child_process'
import { run } from './commands.ts'

const MARK = 'PODPATH_KERNEL_ALONE'

/** Whether this process is such a one. */
export function isAlone(): boolean {
  return process.env[MARK] !== undefined
}

/**
 * Runs this program again as such a process, which dies with this one (PR_SET_PDEATHSIG, prctl(2)).
 * @param limitMs after which it is killed
 * @param alsoOwn what it has of its own besides, as unshare(1) names it: `--net`
 * @returns its exit status; 1 where it was killed
 */
export async function runAlone(limitMs: number, alsoOwn: readonly string[] = []): Promise<number> {
  await run('mkdir', ['-p', '/run/netns'])
  const program = [process.execPath, ...process.execArgv, ...process.argv.slice(1)]
  const script = 'mount -t tmpfs podpath /run/netns && exec "$@"'
  const child = spawn(
    'setpriv',
    ['--pdeathsig', 'KILL', 'unshare', '--mount', ...alsoOwn, 'sh', '-c', script, 'sh', ...program],
    { stdio: 'inherit', env: { ...process.env, [MARK]: '1' }, timeout: limitMs, killSignal: 'SIGKILL' },
  )
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('exit', (status, signal) => {
      if (signal !== null) console.error(`The proof was ended by ${signal}.`)
      resolve(status ?? 1)
    })
  })
}
