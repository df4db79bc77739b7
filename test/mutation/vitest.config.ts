import { defineConfig } from 'vitest/config';

/** For a copy of the repository, where nothing is built. */
export default defineConfig({
  test: {
    root: '.',
    maxWorkers: 1,
    setupFiles: ['test/support/properties.ts'],
    include: ['test/**/*.test.ts'],
    testTimeout: 20_000,
    hookTimeout: 20_000,
  },
});
