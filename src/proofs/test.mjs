// `npm test`: installs what is missing, then types, lint, unit tests and the browser tests. Ends non-zero if anything failed.
import { browserHelp, findBrowser } from './browser.mjs'
import { attempt, installPackages } from './install.mjs'

await installPackages()
const failed = []
const stage = (name, command, args, environment) => {
  if (attempt(name, command, args, environment) !== 0) failed.push(name)
}
stage('Types', 'npx', ['tsc', '--build'])
stage('Lint', 'npm', ['run', '--silent', 'lint'])
stage('Unit tests', 'npx', ['vitest', 'run'])
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
