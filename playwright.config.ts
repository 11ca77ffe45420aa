import { defineConfig, devices } from '@playwright/test'
import { systemBrowser } from './src/proofs/browser.mjs'

/** The system's browser, which `npm test` installs where it can; undefined for Playwright's own. */
const chromium = systemBrowser()

/** A browser that calls nobody: the page needs no network, and neither do its tests. */
const quiet = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

export default defineConfig({
  testDir: 'e2e',
  testMatch: '*.test.ts',
  fullyParallel: true,
  workers: 2,
  retries: 0,
  reporter: [['list']],
  timeout: 45_000,
  use: {
    ...devices['Desktop Chrome'],
    baseURL: 'http://localhost:4317/',
    viewport: { width: 1440, height: 900 },
    launchOptions: { args: quiet, ...(chromium === undefined ? {} : { executablePath: chromium }) },
  },
  webServer: {
    command: 'node node_modules/vite/bin/vite.js preview --port 4317 --strictPort',
    url: 'http://localhost:4317/',
    reuseExistingServer: false,
  },
})
