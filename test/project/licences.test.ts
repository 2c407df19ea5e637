import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { packageFolder } from '../../src/package.ts';
import { loadTarget, targetNames } from '../../src/target/find.ts';
import { licenseOf, licensesIn, readAnnotations, writtenAnnotations } from './reuse.ts';
import { textOf, trackedFiles } from './tracked.ts';

const targets = await Promise.all(targetNames().map(loadTarget));
const written = writtenAnnotations(textOf('REUSE.toml'), targets);
if (process.env['UPDATE'] === '1') writeFileSync(join(packageFolder, 'REUSE.toml'), written, 'latin1');
const annotations = readAnnotations(textOf('REUSE.toml'));
// The texts of the licences are under none.
const files = trackedFiles().filter((file) => !file.startsWith('LICENSES/'));
const licensed = new Map(files.map((file) => [file, licenseOf(file, textOf(file), annotations)]));
const used = new Set([...licensed.values()].flatMap((expression) => licensesIn(expression ?? '')));

describe('licences', () => {
  it('reads the annotations', () => {
    expect(annotations.length).toBeGreaterThan(2);
    for (const { paths, copyright, license } of annotations) {
      expect(paths.length).toBeGreaterThan(0);
      expect(copyright).not.toBe('');
      expect(license).not.toBe('');
    }
  });

  it('of patches and excerpts are as the targets say; UPDATE=1 writes them', () => {
    expect(textOf('REUSE.toml')).toBe(written);
  });

  it('cover every tracked file', () => {
    expect(files.filter((file) => licensed.get(file) === undefined)).toEqual([]);
  });

  it('have their text in LICENSES, and no text is there for nothing', () => {
    const texts = readdirSync(join(packageFolder, 'LICENSES')).map((file) => file.replace(/\.txt$/, ''));
    const named = annotations.flatMap(({ license }) => licensesIn(license));
    expect([...used].filter((license) => !texts.includes(license))).toEqual([]);
    expect(texts.filter((license) => !used.has(license) && !named.includes(license))).toEqual([]);
  });

  it("are 0BSD for what goes into an interpreter, and the project's own for its patches", () => {
    const license = (file: string): string | undefined => licenseOf(file, '', annotations);
    expect(license('src/runtime/c/probe.ejs')).toBe('0BSD');
    expect(license('targets/bash/templates/message.ejs')).toBe('0BSD');
    expect(license('src/runtime/render.ts')).toBe('MIT');
    expect(license('generated/bash/5.2.15/patches/0001-x.patch')).toBe('GPL-3.0-or-later');
    expect(license('generated/bash/5.2.15/provenance.json')).toBe('MIT');
    expect(license('stray/file')).toBeUndefined();
  });

  it.each(targetNames())('are those of %s for its patches and for excerpts of it', async (name) => {
    const target = await loadTarget(name);
    for (const file of [`generated/${name}/1/patches/0001-x.patch`, `targets/${name}/fixtures/a/before/a.c`])
      expect(licenseOf(file, '', annotations), `${file}, in REUSE.toml`).toBe(target.license);
  });

  it('stand in package.json', () => {
    expect(existsSync(join(packageFolder, 'REUSE.toml'))).toBe(true);
    expect(textOf('package.json')).toContain('"license": "MIT AND 0BSD"');
  });
});
