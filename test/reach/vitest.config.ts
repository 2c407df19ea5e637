import { defineConfig, mergeConfig } from 'vitest/config';
import whole from '../../vitest.config.ts';
import { RoomCoverage } from './rooms.ts';

/** `npm run coverage`: all tests, and what they reach. `-- --coverage.reporter=text` has a line for each file as well. */
export default mergeConfig(
  whole,
  defineConfig({
    test: {
      coverage: { enabled: true, reporter: [], reportOnFailure: true },
      reporters: [new RoomCoverage()],
    },
  }),
);
