import { defineConfig } from 'vitest/config';
import { NotRun } from './test/not-run.js';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    testTimeout: 60_000,
    coverage: { include: ['src/**', 'targets/**'] },
    reporters: ['default', new NotRun()],
  },
});
