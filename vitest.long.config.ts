import { defineConfig } from 'vitest/config';

/** Tests that take minutes: `npm run test:guards`. */
export default defineConfig({
  test: { include: ['test/**/*.long.ts'], maxWorkers: 1, testTimeout: 400_000, hookTimeout: 60_000 },
});
