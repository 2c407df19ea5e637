import { defineConfig, mergeConfig } from 'vitest/config';
import whole from '../../vitest.config.js';
import { SLOW } from './slow.js';

/** `npm run check` and `npm run watch`: the tests that are quick. */
export default mergeConfig(
  whole,
  defineConfig({ test: { exclude: ['node_modules/**', 'dist/**', ...SLOW] } }),
);
