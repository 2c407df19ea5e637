import { expect, test } from 'vitest';
import { fillCover } from '../../../src/render/cover.ts';
import { fillTemplate } from '../../../src/render/template.ts';
import { renderRuntime } from '../../../src/runtime/render.ts';
import { loadTarget } from '../../../src/target/find.ts';

const target = await loadTarget('perl');
const cases = target.patches.flatMap((patch) => target.releases.map((release) => ({ patch, release })));

test.each(cases)('the message of $patch.id for $release.version fits a mail', ({ patch, release }) => {
  const text = fillTemplate(target, patch.message, { release, runtime: renderRuntime });
  expect(`Subject: [PATCH] ${patch.subject}`.length).toBeLessThanOrEqual(72);
  expect(text.split('\n').filter((line) => line.length > 72 || /\s$/.test(line))).toEqual([]);
});

const letters = target.releases.flatMap((release) =>
  [new Set<string>(), new Set(target.patches.map(({ id }) => id))].map((made) => ({ release, made })),
);

test.each(letters)('the cover letter for $release.version fits a mail', ({ release, made }) => {
  const text = fillCover(target, { release, runtime: renderRuntime }, made);
  expect(`Subject: [PATCH 00/${made.size}] ${target.cover.subject}`.length).toBeLessThanOrEqual(72);
  expect(text.split('\n').filter((line) => line.length > 72 || /\s$/.test(line))).toEqual([]);
  expect(text).not.toMatch(/\n\n\n/);
});
