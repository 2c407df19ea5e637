import { defineConfig } from 'vitest/config';
import { NotRun } from './test/not-run.ts';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    testTimeout: 60_000,
    // By default one processor is left idle, which is half of a machine with two.
    maxWorkers: '100%',
    // Files share the modules that they load: targets and locks are read once a worker, not once a file.
    isolate: false,
    coverage: { include: ['src/**/*.ts', 'targets/**/*.ts'], exclude: ['**/*.d.ts'] },
    reporters: ['default', new NotRun()],
  },
});
