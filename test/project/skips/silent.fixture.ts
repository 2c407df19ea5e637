import { test } from 'vitest';

test.runIf(false)('without a word', () => undefined);
