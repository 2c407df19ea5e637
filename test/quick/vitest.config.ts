import { defineConfig, mergeConfig } from 'vitest/config';
import whole from '../../vitest.config.ts';
import { SLOW } from './slow.ts';

/** `npm run check` and `npm run watch`: the tests that are quick. */
export default mergeConfig(
  whole,
  defineConfig({ test: { exclude: ['node_modules/**', 'dist/**', ...SLOW] } }),
);
