import { describe, expect, it } from 'vitest';
import { absentParts, partsWithout, usingLibraries } from '../../src/target/bundled.ts';
import type { Bundled, Language } from '../../src/target/contract.ts';
import { memoryTree } from '../../src/source/tree.ts';

const language = (file: string): Language | undefined => (file.endsWith('.c') ? 'c' : undefined);
const line: Bundled = {
  what: 'line',
  files: 'lib/line/**',
  says: 'the library edits lines',
  capability: 'bundled-line',
  library: 'libline.so',
};
const sums: Bundled = { what: 'sums', files: ['sums/**', 'sum.c'], says: 'the library adds' };
const bundled = [line, sums];
/** What opens something: of the one part two files, of the other none. */
const opening = new Set(['lib/line/keys.c', 'lib/line/deep/rc.c', 'main.c']);
const absent = (...files: readonly string[]): readonly string[] => {
  const tree = memoryTree(new Map(files.map((file) => [file, ''])));
  return absentParts({ bundled, language }, tree, opening).map(({ part }) => part.what);
};

describe('bundled parts', () => {
  it('are there as long as a file of theirs is that opens something', () => {
    expect(absent('lib/line/keys.c', 'sum.c')).toEqual([]);
    expect(absent('lib/line/deep/rc.c', 'sum.c')).toEqual([]);
    expect(absent('lib/line/other.c', 'lib/line/Makefile.in', 'main.c', 'sum.c')).toEqual(['line']);
  });

  it('that open nothing are there as long as a source of theirs is', () => {
    expect(absent('lib/line/keys.c', 'sums/add.c')).toEqual([]);
    expect(absent('lib/line/keys.c', 'sums/Makefile.in', 'main.c')).toEqual(['sums']);
  });

  it('are none where a target has none', () => {
    expect(absentParts({ language }, memoryTree(new Map()), opening)).toEqual([]);
    expect(partsWithout({}, { capabilities: [] })).toEqual([]);
  });

  it('whose capability a release has not are those that something depends on', () => {
    expect(partsWithout({ bundled }, { capabilities: [] })).toEqual([line]);
    expect(partsWithout({ bundled }, { capabilities: ['bundled-line'] })).toEqual([]);
  });

  it("are the system's where a program names its library", () => {
    const release = { version: '1', capabilities: ['ansi', 'bundled-line'] };
    const names = (text: string) => (library: string) => text.includes(library);
    expect(usingLibraries({ bundled }, release, names('libc.so.6 libline.so.8'))).toEqual({
      version: '1',
      capabilities: ['ansi'],
    });
    expect(usingLibraries({ bundled }, release, names('libc.so.6'))).toEqual(release);
  });
});
