import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    maxWorkers: 2,
    globalSetup: 'test/support/global-setup.ts',
    projects: [
      {
        test: {
          name: 'all',
          // Modules keep nothing between two files, so that each worker may load them once: half the time.
          isolate: false,
          setupFiles: ['test/support/properties.ts'],
          include: ['test/**/*.test.ts'],
          exclude: ['test/schema/**'],
          sequence: { groupOrder: 0 },
          // Nothing waits for long; a machine that does something else besides may be slow.
          testTimeout: 20_000,
          hookTimeout: 20_000,
        },
      },
      // Looks at the documents that all the others have met.
      { test: { name: 'schema', include: ['test/schema/*.test.ts'], sequence: { groupOrder: 1 } } },
    ],
  },
});
