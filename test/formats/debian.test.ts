import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { debianPatch } from '../../src/formats/debian.ts';
import { outputFiles } from '../../src/formats/folder.ts';
import { FORMATS } from '../../src/formats/forms.ts';
import { packageFolder } from '../../src/package.ts';
import { seriesOf } from '../../src/series/series.ts';
import type { PatchFile } from '../../src/series/series.ts';
import { loadTarget } from '../../src/target/find.ts';

const message = {
  author: 'A Person <a@localhost>',
  date: '2024-02-29',
  subject: 'area: do it',
  body: 'Why it is done,\nin two lines.\n\n- and a list\n  in blanks\n',
  origin: 'vendor, kit',
  forwarded: 'no',
  upstreamStatus: 'Pending',
};

/** A patch that changes one file, with lines that look like a diff's own, and makes another. */
const patch = (extra: { readonly signoff?: string } = {}): PatchFile => {
  const [one] = seriesOf([
    {
      id: 'one',
      message: { ...message, ...extra },
      changes: [
        { file: 'a.sql', before: '-- old\ndiff --git\n', after: '++ new\ndiff --git\n', executable: false },
        { file: 'b.txt', before: undefined, after: 'text\n', executable: false },
      ],
    },
  ]).patches;
  if (one === undefined) throw new Error('no patch');
  return one;
};

describe('debianPatch', () => {
  it('has a header of fields alone, and a diff without what only git reads', () => {
    expect(debianPatch(patch())).toBe(
      `Description: area: do it
 Why it is done,
 in two lines.
 .
 - and a list
   in blanks
Author: A Person <a@localhost>
Origin: vendor, kit
Forwarded: no
Last-Update: 2024-02-29
---
--- a/a.sql
+++ b/a.sql
@@ -1,2 +1,2 @@
--- old
+++ new
 diff --git
--- /dev/null
+++ b/b.txt
@@ -0,0 +1,1 @@
+text
`.replace('+1,1 @@', '+1 @@'),
    );
  });

  it('names who signs it off', () => {
    expect(debianPatch(patch({ signoff: 'B <b@localhost>' }))).toContain(
      '\nSigned-off-by: B <b@localhost>\n',
    );
  });
});

const Statement = v.object({
  predicate: v.object({
    buildDefinition: v.object({
      externalParameters: v.object({ source: v.string() }),
      resolvedDependencies: v.array(v.unknown()),
    }),
  }),
});

it('each form has its folder, with the series file in it, and mails have their letter', async () => {
  const target = await loadTarget('bash');
  const [release] = target.releases;
  if (release === undefined) throw new Error('no release');
  const held = { locked: true, against: [], overlays: [], notes: [], words: [] };
  const made = {
    series: { patches: [patch()], cover: { name: '0000-cover-letter.txt', text: 'Why.\n' } },
    left: [],
    held,
    scanned: { ledger: {}, target, release },
  };
  for (const format of ['git', 'debian'] as const) {
    const files = outputFiles(made, undefined, format);
    expect([...files.keys()]).toEqual([
      ...(format === 'git' ? ['patches/0000-cover-letter.txt'] : []),
      `${FORMATS[format]}/0001-area-do-it.patch`,
      `${FORMATS[format]}/series`,
      'ledger.json',
      'provenance.json',
    ]);
    expect(files.get(`${FORMATS[format]}/series`)).toBe('0001-area-do-it.patch\n');
    expect(files.get('patches/0000-cover-letter.txt')).toBe(format === 'git' ? 'Why.\n' : undefined);
  }
});

it('the provenance names what the tree was: an archive, a commit, or what somebody gave', async () => {
  const target = await loadTarget('bash');
  const [release] = target.releases;
  if (release === undefined) throw new Error('no release');
  const held = { locked: true, against: [], overlays: [], notes: [], words: [] };
  const made = { series: { patches: [patch()] }, left: [], held, scanned: { ledger: {}, target, release } };
  const said = (source: Parameters<typeof outputFiles>[1]): readonly unknown[] => {
    const text = outputFiles(made, source).get('provenance.json') ?? '';
    const { buildDefinition } = v.parse(Statement, JSON.parse(text)).predicate;
    const { externalParameters, resolvedDependencies } = buildDefinition;
    return [externalParameters.source, ...resolvedDependencies.slice(0, 1)];
  };
  const { tarball } = release;
  expect(said({ tarball })).toEqual(['tarball', { name: tarball.file, digest: { sha256: tarball.sha256 } }]);
  const commit = 'c'.repeat(40);
  expect(said({ git: { repository: 'a/b', tag: 'v1', commit } })).toEqual([
    'git',
    { uri: 'git+https://github.com/a/b@v1', digest: { gitCommit: commit } },
  ]);
  expect(said({ git: { repository: 'a/b', commit } })[1]).toMatchObject({
    uri: 'git+https://github.com/a/b',
  });
  expect(said(undefined)[0]).toBe('tree');
});

it('the provenance names what was not in the tree', async () => {
  const target = await loadTarget('bash');
  const [release] = target.releases;
  if (release === undefined) throw new Error('no release');
  const note = {
    kind: 'unbundled',
    level: 'note',
    about: 'line',
    known: [],
    says: 'is not in this tree',
  } as const;
  const held = { locked: true, against: [], overlays: [], notes: [note], words: [] };
  const made = { series: { patches: [patch()] }, left: [], held, scanned: { ledger: {}, target, release } };
  expect(outputFiles(made, undefined).get('provenance.json')).toMatch(
    /"notInTree": \[\s+"line is not in this tree"\s+\]/,
  );
});

it('a form that is not known is bad usage, before anything is read', () => {
  const cli = join(packageFolder, 'dist', 'src', 'cli.js');
  const ended = spawnSync(process.execPath, [cli, 'patch', '--format', 'rpm', '/nowhere'], {
    encoding: 'utf8',
  });
  expect(ended.stderr).toContain('--format takes git or debian, not rpm');
  expect(ended.status).toBe(2);
});
