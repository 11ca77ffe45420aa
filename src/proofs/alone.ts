/** A proof in namespaces of its own: what it changes of the machine nobody else sees, and it goes with the proof's last process, however that ends. */
import { spawn } from 'node:child_process'

const MARK = 'PODPATH_ALONE'

/** How a proof is set apart. */
export interface Seclusion {
  /** What the person reads if it is ended. */
  readonly name: string
  /** Options of unshare(1): the namespaces that are the proof's own. */
  readonly namespaces: readonly string[]
  /** A line of shell that runs in them before the proof. */
  readonly before: string
  /** After which it is killed. */
  readonly limitMs: number
}

/** Whether this process is set apart. */
export function isAlone(): boolean {
  return process.env[MARK] !== undefined
}

/**
 * Runs this program again, set apart; it dies with this one (PR_SET_PDEATHSIG, prctl(2)).
 * @returns its exit status; 1 where it was killed
 */
export async function runAlone({ name, namespaces, before, limitMs }: Seclusion): Promise<number> {
  const program = [process.execPath, ...process.execArgv, ...process.argv.slice(1)]
  const script = `${before} && exec "$@"`
  const child = spawn(
    'setpriv',
    ['--pdeathsig', 'KILL', 'unshare', ...namespaces, 'sh', '-c', script, 'sh', ...program],
    { stdio: 'inherit', env: { ...process.env, [MARK]: '1' }, timeout: limitMs, killSignal: 'SIGKILL' },
  )
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('exit', (status, signal) => {
      if (signal !== null) console.error(`The proof of ${name} was ended by ${signal}.`)
      resolve(status ?? 1)
    })
  })
}
