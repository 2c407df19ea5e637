import { defineConfig } from 'vitest/config';
import { NotRun } from '../../not-run.ts';

export default defineConfig({
  test: { include: ['test/project/skips/*.fixture.ts'], reporters: [new NotRun()] },
});
