import { defineConfig } from 'vitest/config'

/** The unit tests need nothing of the build. */
export default defineConfig({
  test: {
    include: ['src/**/*.test.{ts,tsx}'],
    css: { modules: { classNameStrategy: 'non-scoped' } },
  },
})
