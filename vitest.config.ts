import { defineConfig } from 'vitest/config'

/** The unit tests need nothing of the build. */
export default defineConfig({
  test: {
    include: ['src/**/*.test.{ts,tsx}'],
    // Nothing here keeps state of its own between tests: a module is read once, not once a file.
    isolate: false,
    // Generous: a test is wrong or right, never slow.
    testTimeout: 30_000,
    css: { modules: { classNameStrategy: 'non-scoped' } },
  },
})
