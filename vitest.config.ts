import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: 'test/start-postgres.ts',
    testTimeout: 20_000,
    hookTimeout: 60_000,
    // Two cores, and tests that pace 20 ms frames: more workers only make each other late.
    maxWorkers: 2,
  },
})
