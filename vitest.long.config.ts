import { defineConfig } from 'vitest/config';

/** Tests that take minutes: `npm run test:guards`, and each by `npx vitest run --config vitest.long.config.ts <file>`. */
export default defineConfig({
  test: {
    globalSetup: 'test/support/global-setup.ts',
    include: ['test/**/*.long.ts'],
    maxWorkers: 1,
    testTimeout: 400_000,
    hookTimeout: 60_000,
  },
});
