// `npm test`: installs what is missing, then types, lint, unit tests, the proofs that this machine allows, and the browser tests. Ends non-zero if anything failed.
import { existsSync } from 'node:fs'
import { browserHelp, findBrowser } from './browser.mjs'
import { attempt, installPackages, root } from './install.mjs'

await installPackages()
const failed = []
const stage = (name, command, args, environment) => {
  if (attempt(name, command, args, environment) !== 0) failed.push(name)
}
stage('Types', 'npx', ['tsc', '--build'])
stage('Lint', 'npm', ['run', '--silent', 'lint'])
stage('Unit tests', 'npx', ['vitest', 'run'])
// Golden cases lie beside the checkout where they are at all; the other folders are not passed whole yet.
const golden = ['kube-proxy', 'dns', 'ingress']
  .map((name) => `${root}../shared/golden/${name}`)
  .filter(existsSync)
if (golden.length > 0) stage('Golden cases', 'npm', ['run', '--silent', 'test:conformance', '--', ...golden])
stage('Kernel', 'npm', ['run', '--silent', 'test:kernel', '--', '--quick', '--count', '8'])
const browser = findBrowser()
if (browser === undefined) {
  console.error(browserHelp)
  failed.push('Browser tests')
} else {
  stage('Build', 'npx', ['vite', 'build', '--logLevel', 'warn'])
  stage('First load', 'npm', ['run', '--silent', 'size'])
  stage('Browser tests', 'npx', ['playwright', 'test'], { PODPATH_CHROMIUM: browser })
}
console.log(failed.length === 0 ? '\nAll passed.' : `\nFailed: ${failed.join(', ')}.`)
process.exit(failed.length === 0 ? 0 : 1)
