// What `npm start` and `npm test` need before anything is installed. Plain JavaScript on Node alone.
import { spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** The folder of package.json. */
export const root = fileURLToPath(new URL('../..', import.meta.url))

/** Installs the packages of the lock file where they are missing or another lock file's. */
export async function installPackages() {
  if (packagesAreThere()) return
  await run('Installing packages', 'npm', ['ci', '--no-fund', '--no-audit', '--loglevel', 'error'])
}

/**
 * Gets Debian's packages for a proof, unless its programs are there, where that touches nobody's machine: as root in a container, where no
 * service manager would start anything. Elsewhere the proof says that it was not run, and the command.
 */
export async function getFromDebian(programs, packages) {
  const succeeds = async (...command) => (await attemptQuietly('env', command)).status === 0
  const isContainer =
    process.platform === 'linux' && process.getuid() === 0 && !existsSync('/run/systemd/system')
  const areThere = programs.map((program) => `command -v ${program}`).join(' && ')
  if (!isContainer || (await succeeds('sh', '-c', areThere)) || !(await succeeds('apt-get', '--version')))
    return
  // RUNLEVEL: invoke-rc.d starts nothing then.
  const apt = (...args) => succeeds('DEBIAN_FRONTEND=noninteractive', 'RUNLEVEL=1', 'apt-get', ...args)
  const install = () => apt('install', '-y', '--no-install-recommends', ...packages)
  if (!(await install()) && (await apt('update'))) await install()
}

/** Runs a command under a heading; ends this process with the command's status where it fails. */
export async function run(heading, command, args, environment = {}) {
  const status = await attempt(heading, command, args, environment)
  if (status !== 0) process.exit(status)
}

/** Runs a command under a heading and gives its status. */
export async function attempt(heading, command, args, environment = {}) {
  console.log(`\n── ${heading}`)
  const child = start(command, args, 'inherit', environment)
  return await statusOf(child)
}

/** Runs a command in silence and gives its status and, once it has ended, what it printed. */
export async function attemptQuietly(command, args) {
  const child = start(command, args, 'pipe')
  let output = ''
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text) => (output += text))
  return { status: await statusOf(child), output }
}

function start(command, args, stdio, environment = {}) {
  return spawn(command, args, {
    cwd: root,
    stdio: ['inherit', stdio, stdio],
    env: { ...process.env, ...environment },
    shell: process.platform === 'win32',
  })
}

/** Where the command is not there, or a signal ended it, 1. */
function statusOf(child) {
  return new Promise((resolve) => {
    child.on('error', () => resolve(1))
    child.on('close', (status) => resolve(status ?? 1))
  })
}

function packagesAreThere() {
  const installed = `${root}node_modules/.package-lock.json`
  if (!existsSync(installed)) return false
  const wanted = JSON.parse(readFileSync(`${root}package-lock.json`, 'utf8')).packages
  const found = JSON.parse(readFileSync(installed, 'utf8')).packages
  const isMissing = ([path, entry]) =>
    path !== '' && entry.optional !== true && found[path]?.version !== entry.version
  return !Object.entries(wanted).some(isMissing)
}
