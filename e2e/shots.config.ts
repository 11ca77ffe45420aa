import { defineConfig } from '@playwright/test'
import base from '../playwright.config.ts'

// A port of its own, so that pictures can be made while the tests run.
const url = 'http://localhost:4318/'

/** `npm run shots`: pictures instead of tests. Needs a built `dist/`. */
export default defineConfig({
  ...base,
  testDir: '.',
  testMatch: 'shots.ts',
  outputDir: '../test-results',
  timeout: 120_000,
  use: { ...base.use, baseURL: url },
  webServer: {
    command: 'npx vite preview --port 4318 --strictPort',
    cwd: '..',
    url,
    reuseExistingServer: false,
  },
})
