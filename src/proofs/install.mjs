// What `npm start` and `npm test` need before anything is installed. Plain JavaScript on Node alone.
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** The folder of package.json. */
export const root = fileURLToPath(new URL('../..', import.meta.url))

/** Installs the packages of the lock file where they are missing or another lock file's. */
export async function installPackages() {
  if (packagesAreThere()) return
  run('Installing packages', 'npm', ['ci', '--no-fund', '--no-audit', '--loglevel', 'error'])
}

/** Runs a command under a heading; ends this process with the command's status where it fails. */
export function run(heading, command, args, environment = {}) {
  const status = attempt(heading, command, args, environment)
  if (status !== 0) process.exit(status)
}

/** Runs a command under a heading and gives its status. */
export function attempt(heading, command, args, environment = {}) {
  if (heading !== '') console.log(`\n── ${heading}`)
  const { status } = spawnSync(command, args, {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, ...environment },
    shell: process.platform === 'win32',
  })
  return status ?? 1
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
