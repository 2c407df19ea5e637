import { describe, expect, it } from 'vitest';
import { makeSeries } from '../../src/pipeline.ts';
import { overlay } from '../../src/source/overlay.ts';
import { readTree } from '../../src/source/tree.ts';
import type { Tree } from '../../src/target/contract.ts';
import { capabilitiesOf } from '../../src/target/capabilities.ts';
import { recognised } from '../../src/target/find.ts';
import { globbed } from '../../src/target/glob.ts';
import { verifySeries } from '../../src/verify/foreign.ts';
import { needs, thorough, tool } from '../needs.ts';
import { sourceOf } from '../trees.ts';

/** What distributions remove of a tree before they patch it. */
interface Case {
  readonly release: string;
  readonly by: string;
  readonly gone: readonly string[];
  /** Files that are there in the place of what is gone. */
  readonly left?: Readonly<Record<string, string>>;
  /** What is said to be not there. */
  readonly says: readonly string[];
  /** The patches that the release's whole tree gives beside these. */
  readonly without: readonly string[];
}

const CASES: readonly Case[] = [
  {
    release: 'bash@5.2.15',
    by: 'Gentoo, which leaves empty makefiles',
    gone: ['lib/readline/**', 'lib/termcap/**'],
    left: { 'lib/readline/Makefile.in': '', 'lib/termcap/Makefile.in': '' },
    says: ['readline', 'termcap'],
    without: ['inputrc'],
  },
  {
    release: 'bash@5.3',
    by: 'whoever keeps the headers of readline, which the shell includes and not every system has',
    gone: ['lib/readline/**/*.c', 'lib/termcap/**'],
    says: ['readline', 'termcap'],
    without: ['inputrc'],
  },
  {
    release: 'perl@5.36.0',
    by: 'Fedora and Gentoo',
    gone: ['cpan/Compress-Raw-Zlib/zlib-src/**', 'cpan/Compress-Raw-Bzip2/bzip2-src/**'],
    says: ['zlib', 'bzip2'],
    without: [],
  },
  {
    release: 'python@3.11.2',
    by: 'Fedora, Arch and Alpine',
    gone: ['Modules/expat/**', 'Modules/_decimal/libmpdec/**'],
    says: ['expat', 'libmpdec'],
    without: [],
  },
];

/** A tree without some files, in memory. */
function without(tree: Tree, globs: readonly string[], left: Readonly<Record<string, string>> = {}): Tree {
  const gone = globbed(globs);
  const rest = { ...tree, files: tree.files.filter((file) => !gone(file)) };
  const known = new Set(rest.files);
  return overlay({ ...rest, has: (file) => known.has(file) }, new Map(Object.entries(left)));
}

const sources = new Map(
  await Promise.all(CASES.map(async ({ release }) => [release, await sourceOf(release)] as const)),
);
const sourceFor = (release: string): Awaited<ReturnType<typeof sourceOf>> =>
  sources.get(release) ?? expect.fail(release);

describe('trees without what the system has as a library', () => {
  for (const { release, by, gone, left, says, without: lacking } of CASES) {
    const source = sourceFor(release);
    it(
      `${release} as ${by}: what is gone is said, the rest is served`,
      {
        ...needs(
          source.need,
          tool('patch'),
          tool('git'),
          tool('quilt'),
          ...(release.startsWith('bash') ? [] : [thorough]),
        ),
        timeout: 120_000,
      },
      async () => {
        const whole = readTree(source.path ?? '');
        const tree = without(whole, gone, left);
        const subject = { ...(await recognised(tree)), tree };
        const made = await makeSeries(subject);
        expect(made.held.notes.map(({ kind, about }) => [kind, about])).toEqual(
          says.map((what) => ['unbundled', what]),
        );
        const all = (await makeSeries({ ...(await recognised(whole)), tree: whole })).series.patches;
        expect(made.series.patches.map(({ id }) => id)).toEqual(
          all.map(({ id }) => id).filter((id) => !lacking.includes(id)),
        );
        // A file that a patch which is gone changes as well has other sums.
        const summed = (text = ''): string => text.replace(/^index [0-9a-f]+\.\.[0-9a-f]+/gm, 'index');
        for (const { id, text } of made.series.patches)
          expect(summed(all.find((one) => one.id === id)?.text)).toBe(summed(text));
        const judged = await verifySeries(tree, made.series, made.files);
        expect(judged.map(({ result }) => result)).toEqual(judged.map(() => 'applied'));
        const again = await makeSeries({ ...subject, tree: overlay(tree, made.files) });
        expect(again.series.patches).toEqual([]);
        expect(again.held.notes).toHaveLength(says.length);
      },
    );
  }

  const bash = sourceFor('bash@5.2.15');
  it(
    'a part of readline alone is not readline: the open that is gone with it stops',
    needs(bash.need),
    async () => {
      const tree = without(readTree(bash.path ?? ''), ['lib/readline/bind.c']);
      const subject = { ...(await recognised(tree)), tree };
      await expect(makeSeries(subject)).rejects.toMatchObject({ code: 'stopped' });
    },
  );

  it('a file that no library has is not one of these', needs(bash.need), async () => {
    const tree = without(readTree(bash.path ?? ''), ['lib/readline/**', 'builtins/evalfile.c']);
    const { target } = await recognised(readTree(bash.path ?? ''));
    const release = { version: '5.2.15', date: '2022-12-13', capabilities: capabilitiesOf(tree, target) };
    await expect(makeSeries({ target, release, tree })).rejects.toMatchObject({ code: 'stopped' });
  });
});
