// `npm test`: installs what is missing, then types, lint, unit tests, the proofs that this machine allows, and the browser tests. Ends non-zero if anything failed.
import { existsSync } from 'node:fs'
import { browserHelp, findBrowser } from './browser.mjs'
import { attempt, attemptQuietly, getFromDebian, installPackages, root } from './install.mjs'
import { debianPackages } from './resolvers/packages.mjs'

await installPackages()
const failed = []
const stage = async (name, command, args, environment) => {
  if ((await attempt(name, command, args, environment)) !== 0) failed.push(name)
}

// Against real programs most of the time goes by in waiting for an answer that does not come, so these run beside the stages below.
const proofs = proveAgainstPrograms([
  ['Kernel', 'test:kernel', ['--quick', '--count', '4']],
  ['nginx', 'test:nginx', ['--sets', '20', '--count', '2000']],
  ['Resolvers', 'test:resolvers', ['--quick', '--count', '2']],
])

await stage('Types', 'npx', ['tsc', '--build'])
await stage('Lint', 'npm', ['run', '--silent', 'lint'])
await stage('Unit tests', 'npx', ['vitest', 'run'])
// Golden cases lie beside the checkout where they are at all; the other folders are not passed whole yet.
const golden = ['kube-proxy', 'dns', 'ingress', 'gateway']
  .map((name) => `${root}../shared/golden/${name}`)
  .filter(existsSync)
if (golden.length > 0)
  await stage('Golden cases', 'npm', ['run', '--silent', 'test:conformance', '--', ...golden])
const browser = await findBrowser()
if (browser !== undefined) {
  await stage('Build', 'npx', ['vite', 'build', '--logLevel', 'warn'])
  await stage('First load', 'npm', ['run', '--silent', 'size'])
}
for (const { name, status, output } of await proofs) {
  console.log(`\n── ${name}\n${output.trimEnd()}`)
  if (status !== 0) failed.push(name)
}
if (browser === undefined) {
  console.error(browserHelp)
  failed.push('Browser tests')
} else await stage('Browser tests', 'npx', ['playwright', 'test'], { PODPATH_CHROMIUM: browser })
console.log(failed.length === 0 ? '\nAll passed.' : `\nFailed: ${failed.join(', ')}.`)
process.exit(failed.length === 0 ? 0 : 1)

/** Gets the programs, runs these npm scripts at once, each in namespaces of its own, and gives what each said. */
async function proveAgainstPrograms(scripts) {
  await getFromDebian(['nginx'], ['nginx-light'])
  await getFromDebian(
    ['dig', 'host', 'busybox', 'gcc', 'musl-gcc', 'curl', 'wget', 'nsenter'],
    debianPackages,
  )
  return Promise.all(
    scripts.map(async ([name, script, args]) => ({
      name,
      ...(await attemptQuietly('npm', ['run', '--silent', script, '--', ...args])),
    })),
  )
}
