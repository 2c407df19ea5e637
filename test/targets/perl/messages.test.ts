import { expect, test } from 'vitest';
import { fillTemplate } from '../../../src/render/template.js';
import { renderRuntime } from '../../../src/runtime/render.js';
import { loadTarget } from '../../../src/target/find.js';

const target = await loadTarget('perl');
const cases = target.patches.flatMap((patch) => target.releases.map((release) => ({ patch, release })));

test.each(cases)('the message of $patch.id for $release.version fits a mail', ({ patch, release }) => {
  const text = fillTemplate(target, patch.message, { release, runtime: renderRuntime });
  expect(`Subject: [PATCH] ${patch.subject}`.length).toBeLessThanOrEqual(78);
  expect(text.split('\n').filter((line) => line.length > 72 || /\s$/.test(line))).toEqual([]);
});
