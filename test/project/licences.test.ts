import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { packageFolder } from '../../src/package.ts';
import { licenseOf, licensesIn, readAnnotations } from './reuse.ts';
import { textOf, trackedFiles } from './tracked.ts';

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

  it('stand in package.json', () => {
    expect(existsSync(join(packageFolder, 'REUSE.toml'))).toBe(true);
    expect(textOf('package.json')).toContain('"license": "MIT AND 0BSD"');
  });
});
