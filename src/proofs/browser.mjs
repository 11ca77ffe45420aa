// Finds a Chromium for the browser tests: the system's, Playwright's own download, or Debian's package where root may install it.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { attempt } from './install.mjs'

const systemPaths = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
]

/** The path of a system browser, `''` for Playwright's own, or undefined where none can be had. */
export async function findBrowser() {
  return systemBrowser() ?? (playwrightBrowser() ? '' : undefined) ?? (await debianBrowser())
}

/** What to do where there is none. */
export const browserHelp = `
No Chromium was found and none could be installed, so the browser tests did not run. Any one of these gives one:
  npx playwright install chromium         Playwright's own download
  sudo apt-get install chromium           Debian, Ubuntu
  PODPATH_CHROMIUM=/path/to/chromium npm test
`

/** The path of a browser that is installed, the one that `PODPATH_CHROMIUM` tells first; undefined: none is. */
export function systemBrowser() {
  const told = process.env.PODPATH_CHROMIUM
  if (told !== undefined && existsSync(told)) return told
  return systemPaths.find((path) => existsSync(path))
}

function playwrightBrowser() {
  console.log('\n── Looking for a Chromium')
  const { status } = spawnSync('npx', ['playwright', 'install', 'chromium'], {
    stdio: 'ignore',
    timeout: 240_000,
  })
  return status === 0
}

async function debianBrowser() {
  const isDebianRoot = existsSync('/usr/bin/apt-get') && process.getuid?.() === 0
  if (!isDebianRoot) return undefined
  await attempt('Updating Debian’s package lists', 'apt-get', ['update', '-qq'])
  await attempt('Installing Debian’s chromium', 'apt-get', ['install', '-y', '-qq', 'chromium'], {
    DEBIAN_FRONTEND: 'noninteractive',
  })
  return systemBrowser()
}
