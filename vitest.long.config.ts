import { defineConfig } from 'vitest/config';

/** Tests that take minutes: `npm run test:long`, `test:guards` and `test:soak`. */
export default defineConfig({
  test: {
    include: ['test/**/*.long.ts'],
    globalSetup: 'test/support/global-setup.ts',
    setupFiles: ['test/support/properties.ts'],
    maxWorkers: 1,
    testTimeout: 400_000,
    hookTimeout: 60_000,
  },
});
