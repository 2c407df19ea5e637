import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, cpSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { packageFolder } from '../../../src/package.ts';
import { PROBLEMS } from '../../../src/problems.ts';
import type { ProblemCode } from '../../../src/problems.ts';
import { readTree } from '../../../src/source/tree.ts';
import { needs } from '../../needs.ts';
import { sourceOf } from '../../trees.ts';

const RELEASE = 'bash@5.2.15';
const PURPOSE = "trees of Bash that are not the release's";
const OPEN = 'open (filename, O_RDONLY)';
const NETOPEN = 'extern int netopen PARAMS((char *));\n';
const source = await sourceOf(RELEASE);

/** One change of a file: what it has, how often, and what it has then. */
type Damage = readonly [file: string, change: (text: string) => string];

const replace =
  (from: string, to: string) =>
  (text: string): string => {
    if (!text.includes(from)) throw new Error(`not there: ${from}`);
    return text.replace(from, () => to);
  };

interface Case {
  readonly what: string;
  readonly code: ProblemCode;
  readonly damage: readonly Damage[];
  /** Whether a person agrees to all that the rules say of the sites that are new. */
  readonly reviewed?: true;
  /** Parts of what is said; `{n}` of a place is the line on which the text behind it stands. */
  readonly says: readonly (
    string | { readonly file: string; readonly line: string; readonly then: string }
  )[];
}

const CASES: readonly Case[] = [
  {
    what: 'an open that nobody has looked at',
    code: 'unreviewed',
    damage: [['shell.c', (text) => `${text}\nint\nextra ()\n{\n  return open ("extra", O_RDONLY);\n}\n`]],
    says: [
      '1 site(s)',
      { file: 'shell.c', line: 'return open ("extra"', then: ': extra: open ("extra", O_RDONLY)' },
    ],
  },
  {
    what: 'a marked open that moved into a function that no rule knows',
    code: 'stopped',
    damage: [
      ['shell.c', replace(`  fd = ${OPEN};`, '  fd = first_open (filename);')],
      [
        'shell.c',
        (text) => `${text}\nint\nfirst_open (filename)\n     char *filename;\n{\n  return ${OPEN};\n}\n`,
      ],
    ],
    says: [
      'in 1 way(s) that',
      `lost-mark: shell.c#open_shell_script#open#${OPEN}#2: `,
      'rule script marked code here, but the call is gone',
    ],
  },
  {
    what: 'a marked open that is gone',
    code: 'stopped',
    damage: [['shell.c', replace(`  fd = ${OPEN};`, '  fd = -1;')]],
    says: [
      'in 1 way(s) that',
      `lost-mark: shell.c#open_shell_script#open#${OPEN}#2: `,
      'rule script marked code here, but the call is gone',
    ],
  },
  {
    what: 'the last marked open of a rule that is gone',
    code: 'stopped',
    damage: [['shell.c', (text) => text.replaceAll(`  fd = ${OPEN};`, '  fd = -1;')]],
    says: ['in 1 way(s) that', 'emptied: script: rule script has no site left'],
  },
  {
    what: 'a marked open that occurs twice',
    code: 'to-review',
    damage: [
      [
        'shell.c',
        (text) => {
          const last = text.lastIndexOf(`  fd = ${OPEN};`);
          return `${text.slice(0, last)}  fd = ${OPEN};\n  fd = ${OPEN}; /* again */${text.slice(last + `  fd = ${OPEN};`.length)}`;
        },
      ],
    ],
    says: [
      'bash@5.2.15: no known release confirms 1 site(s)',
      'new-mark: ',
      {
        file: 'shell.c',
        line: '/* again */',
        then: `: open_shell_script: ${OPEN}: the series would open it as code`,
      },
    ],
  },
  {
    what: 'a marked open with another text',
    code: 'to-review',
    damage: [['builtins/evalfile.c', replace(OPEN, 'open (filename, O_RDONLY | O_CLOEXEC)')]],
    says: [
      '1 site(s)',
      'new-mark: ',
      { file: 'builtins/evalfile.c', line: 'O_RDONLY | O_CLOEXEC', then: ': _evalfile: open (filename' },
    ],
  },
  {
    what: 'a marked open with another text, which a person let pass',
    code: 'anchor',
    reviewed: true,
    damage: [['builtins/evalfile.c', replace(OPEN, 'open (filename, O_RDONLY | O_CLOEXEC)')]],
    says: [
      'found it 0 times',
      { file: 'builtins/evalfile.c', line: 'O_RDONLY | O_CLOEXEC', then: ': expected the text to change' },
    ],
  },
  {
    what: 'an anchor outside of the opens with another text',
    code: 'anchor',
    damage: [['lib/sh/Makefile.in', replace('oslib.o: oslib.c\n', 'oslib.o: oslib.c oslib.h\n')]],
    says: [
      'found it 0 times',
      { file: 'lib/sh/Makefile.in', line: 'oslib.o: oslib.c oslib.h', then: ': expected the text to change' },
    ],
  },
  {
    what: 'an anchor that occurs twice',
    code: 'anchor',
    damage: [['externs.h', replace(NETOPEN, NETOPEN + NETOPEN)]],
    says: ['found it 2 times', { file: 'externs.h', line: NETOPEN.trim(), then: ',' }],
  },
  {
    what: 'one of two opens that was rewritten by hand',
    code: 'half-patched',
    damage: [['shell.c', replace(OPEN, 'sh_open_code (filename, O_RDONLY)')]],
    says: [
      'a part of patch script: ',
      { file: 'shell.c', line: 'sh_open_code (filename', then: ' is patched, ' },
      { file: 'shell.c', line: `fd = ${OPEN}`, then: ' is not' },
    ],
  },
  {
    what: 'a hunk outside of the opens that was applied by hand',
    code: 'half-patched',
    damage: [['MANIFEST', replace('lib/sh/oslib.c\t', 'lib/sh/opencode.c\tf\nlib/sh/oslib.c\t')]],
    says: ['a part of patch helper: ', ' is patched, ', 'lib/sh/opencode.c is not'],
  },
  {
    what: 'line endings of two systems, where an anchor spans them',
    code: 'line-ends',
    damage: [['MANIFEST', (text) => text.replaceAll(/^(lib\/sh\/.*)\n/gm, '$1\r\n')]],
    says: ['MANIFEST: ', ' of its lines end with CR LF and ', ', so the text to change is not found'],
  },
  {
    what: 'a release that is not known, and is not like the one that it is taken for',
    code: 'to-review',
    damage: [['configure.ac', replace('define(bashvers, 5.2)', 'define(bashvers, 4.4)')]],
    // Held against 5.1, the only neighbour of 4.4 that is known: what 5.2 had new is new.
    says: [
      'bash@4.4.15: no known release confirms 6 site(s)',
      {
        file: 'builtins/evalstring.c',
        line: 'fd = open_redir_file (r, &fn);',
        then: ': cat_file: open_redir_file (r, &fn): new, in a function that the rule names',
      },
      'changed-body: ',
    ],
  },
];

describe(PURPOSE, needs(source.need), () => {
  const work = mkdtempSync(join(tmpdir(), 'mayexec-trees-'));
  const tree = join(work, 'bash');
  const path = (file: string): string => join(tree, file);

  beforeAll(() => {
    cpSync(source.path ?? '', tree, { recursive: true, preserveTimestamps: true, verbatimSymlinks: true });
  });

  afterAll(() => {
    rmSync(work, { recursive: true, force: true });
  });

  const mayexec = (...args: readonly string[]) =>
    spawnSync(process.execPath, [join(packageFolder, 'dist', 'src', 'cli.js'), ...args], {
      encoding: 'latin1',
      env: { ...process.env, NO_COLOR: '1' },
    });

  /** Names, modes and bytes of all files. */
  const sum = (): string => {
    const hash = createHash('sha256');
    for (const file of readTree(tree).files) {
      hash.update(`${file}\0${statSync(path(file)).mode}\0`).update(readFileSync(path(file)));
    }
    return hash.digest('hex');
  };

  /** Damages the tree, and puts everything back in the end. */
  const damaged = (damage: readonly Damage[], then: () => void): void => {
    const before = new Map(damage.map(([file]) => [file, readFileSync(path(file))]));
    try {
      for (const [file, change] of damage) {
        writeFileSync(path(file), change(readFileSync(path(file), 'latin1')), 'latin1');
      }
      then();
    } finally {
      for (const [file, bytes] of before) writeFileSync(path(file), bytes);
    }
  };

  /** The first line of a file that holds a text, 1-based. */
  const lineOf = (file: string, text: string): number =>
    readFileSync(path(file), 'latin1')
      .split('\n')
      .findIndex((line) => line.includes(text)) + 1;

  /** A review file in which a person agrees to what the rules say of the tree as it is. */
  const reviewedTree = (): string => {
    const file = join(work, 'mayexec-review.json');
    rmSync(file, { force: true });
    expect(mayexec('review', '--out', file, tree).status).toBe(PROBLEMS['to-review'].exit);
    const text = readFileSync(file, 'utf8');
    writeFileSync(file, text.replaceAll(/"(why|by)": ""/g, '"$1": "somebody"'));
    expect(mayexec('review', '--reviewed', file, tree).status).toBe(0);
    return file;
  };

  it.each(CASES)('$what: $code, and nothing is written', ({ code, damage, reviewed, says }) => {
    damaged(damage, () => {
      const before = sum();
      const review = reviewed ? ['--reviewed', reviewedTree()] : [];
      const ended = mayexec('patch', '--write', ...review, tree);
      expect(sum()).toBe(before);
      expect(ended.stderr).toMatch(/^mayexec: /);
      expect(ended.status, ended.stderr).toBe(PROBLEMS[code].exit);
      for (const part of says) {
        const said =
          typeof part === 'string' ? part : `${part.file}:${lineOf(part.file, part.line)}${part.then}`;
        expect(ended.stderr).toContain(said);
      }
    });
  });

  it("takes a distribution's further look at a binary, and an anchor that moved within its file", () => {
    const look = (text: string): string =>
      replace(
        '      READ_SAMPLE_BUF (command,',
        '      i = open (command, O_RDONLY);\n      READ_SAMPLE_BUF (command,',
      )(text.replace('\t  READ_SAMPLE_BUF (command,', '      READ_SAMPLE_BUF (command,'));
    const moved = (text: string): string => {
      const [line = ''] = /^extern int netopen .*\n/m.exec(text) ?? [];
      return `${text.replace(line, '')}\n${line}`;
    };
    damaged(
      [
        ['execute_cmd.c', look],
        ['externs.h', moved],
      ],
      () => {
        const ended = mayexec('patch', '--verify', '--json', tree);
        expect(ended.status, ended.stderr).toBe(0);
        expect(JSON.parse(ended.stdout)).toMatchObject([{ release: 'bash 5.2.15', sites: 70, exempt: 62 }]);
      },
    );
  });

  // The last one: it leaves the tree patched.
  it('keeps the modes of files that may not be written to, and finds nothing to do afterwards', () => {
    chmodSync(path('shell.c'), 0o444);
    chmodSync(path('MANIFEST'), 0o400);
    expect(mayexec('patch', '--write', tree).status).toBe(0);
    expect(statSync(path('shell.c')).mode & 0o7777).toBe(0o444);
    expect(statSync(path('MANIFEST')).mode & 0o7777).toBe(0o400);
    expect(readFileSync(path('shell.c'), 'latin1')).toContain('sh_open_code (filename, O_RDONLY)');
    const before = sum();
    const again = mayexec('patch', '--write', tree);
    expect(again.stderr).toContain('nothing to do');
    expect(again.status).toBe(0);
    expect(sum()).toBe(before);
  });
});
