import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { packageFolder } from '../../src/package.ts';
import { discover } from '../../src/discover/discover.ts';
import type { Discovery } from '../../src/discover/discover.ts';
import type { FoundSite } from '../../src/discover/judge.ts';
import { memoryTree, readTree } from '../../src/source/tree.ts';
import { discoveryText } from '../../src/report/discover.ts';
import { demand } from '../needs.ts';
import { sourceOf } from '../trees.ts';
import { discoveryOf, markedIn, RELEASES, scoreOf, wrapperScore, wrappersOf } from './truth.ts';

const sources = await Promise.all(RELEASES.map(async (name) => ({ name, ...(await sourceOf(name)) })));
const marks = new Map(await Promise.all(RELEASES.map(async (name) => [name, await markedIn(name)] as const)));

/**
 * Known wrappers that are not found. The first four open no file: a pipe, the standard input, and two that open in Debian's
 * tree alone. BusyBox's open by a function that they are given.
 */
const NOT_FOUND = new Set([
  ...['sh_openpipe', 'Perl_PerlIO_stdin', 'shellexec', 'tryexec'],
  ...['config_open', 'config_open2'],
]);

/**
 * Marked sites that are not at the top, by file and function. gawk's debugger takes commands from a file; a file of functions
 * that BusyBox's ash finds in PATH is far from the parser.
 */
const FURTHER_DOWN = new Map<string, readonly string[]>([
  ['busybox@1.35.0', ['shell/ash.c find_command']],
  ['gawk@5.2.1', ['debug.c open_readfd']],
]);

/**
 * The least part of what is suggested that must be marked: BusyBox reads tables of commands in many applets, GNU sed opens the
 * files that a script names where it compiles the script.
 */
const PRECISION = new Map<string, number>([
  ['busybox@1.35.0', 0.2],
  ['sed@4.9', 0.2],
]);

/** Releases whose one marked site is the first of the list; no wrapper of theirs is known. */
const BARE = new Set(['original-awk@2022-09-12']);

const toy = join(packageFolder, 'test', 'discover', 'tree');

describe('discover, of a small interpreter', async () => {
  const found = await discoveryOf(toy);
  const site = (name: string, callee: string): FoundSite | undefined =>
    found.ranked.find((one) => one.function === name && one.callee === callee);

  it('has what runs a file and what imports one at the top', () => {
    expect(found.ranked.slice(0, 2).map((one) => [one.function, one.verdict])).toEqual([
      ['run_file', 'mark'],
      ['import_module', 'mark'],
    ]);
  });

  it('says the way from the open to what evaluates', () => {
    expect(
      site('run_file', 'io_open')?.chain.map((step) => `${step.what} ${step.name} ${step.line}`),
    ).toEqual(['opened io_open 8', 'read read 13', 'evaluated evaluate 15']);
  });

  it('tells data, output and terminals apart', () => {
    expect(site('count_words', 'io_fopen')).toMatchObject({ verdict: 'exempt', access: 'reads' });
    expect(site('history_save', 'io_fopen')).toMatchObject({
      verdict: 'exempt',
      access: 'writes',
      role: 'output',
    });
    expect(site('terminal', 'MUST_OPEN')).toMatchObject({
      verdict: 'exempt',
      role: 'tty',
      literal: '/dev/tty',
    });
  });

  it('finds wrappers, be they macros, and says through which code and data go', () => {
    const named = new Map(found.wrappers.map((one) => [one.name, one]));
    expect(named.get('MUST_OPEN')).toMatchObject({ kind: 'macro', hands: true, opens: 'io_open' });
    expect(named.get('run_file')).toMatchObject({ hands: false });
    expect(found.wrappers.filter(({ mixed }) => mixed).map(({ name }) => name)).toEqual([
      'io_fopen',
      'io_open',
    ]);
    expect(site('io_open', 'open')?.why).toContain('open code by a separate function');
  });

  it('says the same again, to the byte', async () => {
    const again = await discoveryOf(toy);
    expect(JSON.stringify(again)).toBe(JSON.stringify(found));
    expect(discoveryText(again, true)).toBe(discoveryText(found, true));
  });
});

/** What is found in some files of C. */
function discovered(files: Readonly<Record<string, string>>): Promise<Discovery> {
  const tree = memoryTree(new Map(Object.entries(files)));
  return discover(tree, { step: () => undefined, count: () => undefined });
}

const READS_BOTH = `FILE *text_open (const char *name)
{
  if (*name == '|')
    return popen (name + 1, "r");
  return fopen (name, "r");
}
void use (const char *file) { FILE *in = text_open (file); parse_stream (in); }
`;

const BY_STACK = `int lookup_open (const char *name, int where)
{
  push_on_stack (name, where);
  return open (stack_pointer (), O_RDONLY);
}
void use (const char *file) { evaluate_fd (lookup_open (file, 1)); }
`;

describe('discover, of a way from an open to what evaluates', () => {
  it.each([
    [
      'the input of a scanner that flex makes',
      {
        'main.c':
          'void use (char *n)\n{ FILE *f; f = fopen (n, "r"); next (f); }\nvoid\nnext (FILE *g)\n{ yyin = g; }',
      },
      'fopen',
      'yyin',
    ],
    [
      'a macro that calls again after a signal',
      {
        'main.c':
          '#define AGAIN(v, x) while (((v) = (x)) == 0 && errno == EINTR)\nvoid use (char *n)\n{ FILE *f; AGAIN (f, fopen (n, "r")); parse_stream (f); }',
      },
      'fopen',
      'parse_stream',
    ],
    ['a function that opens a process as well', { 'main.c': READS_BOTH }, 'text_open', 'parse_stream'],
    [
      'a function that puts the name where no other function sees it',
      { 'main.c': BY_STACK },
      'lookup_open',
      'evaluate_fd',
    ],
    [
      'a macro where another branch has a function',
      {
        'io.h': '#if HOSTED\n#define sys_open fopen\n#endif',
        'io.c': '#if !HOSTED\nFILE *\nsys_open (char *n, char *m)\n{ return 0; }\n#endif',
        'main.c': 'void use (char *n)\n{ FILE *f = sys_open (n, "r"); parse_stream (f); }',
      },
      'sys_open',
      'parse_stream',
    ],
    [
      'a reader that is given what takes each line',
      {
        'main.c':
          'void use (char *n)\n{ each_line (fopen (n, "r"), run_line); }\nvoid run_line (char *l)\n{ puts (l); }',
      },
      'fopen',
      'run_line',
    ],
    [
      'an argument behind a text',
      {
        'main.c':
          'void use (char *n)\n{ int f = open (n, O_RDONLY); keep ("script", f); }\nvoid\nkeep (char *label, int stored)\n{ evaluate_fd (stored); }',
      },
      'open',
      'evaluate_fd',
    ],
    [
      'what is read through a pointer of its own',
      {
        'main.c':
          'char *text_of (char *n)\n{ int f = open (n, O_RDONLY); char *b = make (9), *p = b; read (f, p, 9); return b; }\nvoid use (char *n)\n{ parse_text (text_of (n)); }',
      },
      'open',
      'parse_text',
    ],
    [
      'what is read into an argument',
      {
        'main.c':
          'int text_of (char *n, char **b)\n{ FILE *f = fopen (n, "r"); *b = make (9); return fread (*b, 1, 9, f); }\nvoid use (char *n)\n{ char *t; text_of (n, &t); parse_text (t); }',
      },
      'fopen',
      'parse_text',
    ],
    [
      'a variable in capitals that a scanner reads',
      {
        'main.c': 'int INPUT;\nvoid use (char *n)\n{ INPUT = open (n, O_RDONLY); }',
        'lex.c': 'int next_one (void)\n{ char c; read (INPUT, &c, 1); return c; }',
      },
      'open',
      'next_one',
    ],
  ] as const)('follows %s', async (_what, files, callee, end) => {
    const { ranked } = await discovered(files);
    const site =
      ranked.find((one) => one.callee === callee && one.function === 'use') ??
      ranked.find((one) => one.callee === callee);
    expect(site?.chain.at(-1)).toMatchObject({ what: 'evaluated', name: end });
  });

  it('does not take what is written for code', async () => {
    const { ranked } = await discovered({
      'main.c':
        'char const *to_write = "w";\nvoid compile_log (char *n)\n{ FILE *f = fopen (n, to_write); parse_stream (f); }',
    });
    expect(ranked).toMatchObject([{ access: 'writes', verdict: 'exempt' }]);
  });

  it('counts a stream of a descriptor once that the same function opens', async () => {
    const { ranked } = await discovered({
      'main.c':
        'void load (char *n)\n{ int d = open (n, O_RDONLY); FILE *f = fdopen (d, "r"); parse_stream (f); }',
    });
    expect(ranked.map(({ callee, verdict }) => [callee, verdict])).toEqual([
      ['open', 'policy'],
      ['fdopen', 'exempt'],
    ]);
  });

  it('gives scores of two decimals, and nothing that only the search needs', async () => {
    const { ranked } = await discoveryOf(toy);
    for (const { score } of ranked) expect(Number(score.toFixed(2))).toBe(score);
    expect(ranked.some((one) => 'full' in one)).toBe(false);
  });
});

/** A function that puts a name in memory, one that gives that memory, and what may stand between them. */
const block = (declared: string, put: string, text: string): Readonly<Record<string, string>> => ({
  'stack.h': `extern ${declared};\n#define block() ((void *)next)\nint advance (const char **, const char *);`,
  'stack.c': `${declared};\nvoid *grown (int size)\n{ grow (size); return block (); }
int advance (const char **list, const char *name)
{ char *to = grown (9); ${put} return 1; }`,
  'run.c': `void run_text (const char *from)\n{ parse_stream (fopen (from, "r")); }
void find (const char *list, const char *name)
{ char *full; while (advance (&list, name)) { full = ${text}; run_text (full); } }`,
  'other.c': 'void other (void)\n{ run_text ("/etc/rc"); }',
});

describe('discover, of a name that goes through memory', () => {
  const COPIES = 'strcpy (to, name);';
  it.each([
    ['where it is written by one function and read by another', 'char *next', COPIES, 'block ()', true],
    ['through the function that gives the memory', 'char *next', COPIES, 'grown (0)', true],
    ['not where the memory is constant', 'const char next[9]', COPIES, 'block ()', false],
    ['not where it is no text', 'struct stream *next', COPIES, 'block ()', false],
    ['not where nothing is written', 'char *next', 'use (name);', 'block ()', false],
    ['not where something else is opened', 'char *next', COPIES, 'another ()', false],
  ] as const)('finds the wrapper %s', async (_what, declared, put, text, found) => {
    const { wrappers } = await discovered(block(declared, put, text));
    const names = wrappers.map(({ name }) => name);
    expect(names).toContain('run_text');
    expect(names.includes('find')).toBe(found);
  });
});

describe('discover, of an interpreter whose opens are known', () => {
  it.each(sources)(
    'has every marked site of $name at the top, suggests few others, and finds the wrappers',
    async ({ name, path, need }) => {
      demand(need);
      const marked = marks.get(name) ?? [];
      const found = await discoveryOf(path ?? '');
      const { places, top, precision } = scoreOf(found, marked);
      expect(places.length).toBeGreaterThan(0);
      const below = places.filter(({ place = Infinity }) => place > top);
      expect(below.map(({ marked: one }) => `${one.file} ${one.function}`).toSorted()).toEqual(
        (FURTHER_DOWN.get(name) ?? []).toSorted(),
      );
      if (BARE.has(name)) {
        expect(places.map(({ place }) => place)).toEqual([1]);
        return;
      }
      // Nothing suggested, or all, would be less.
      expect(precision).toBeGreaterThan(PRECISION.get(name) ?? 0.3);
      const wrappers = wrapperScore(found, await wrappersOf(name, readTree(path ?? '')));
      expect(wrappers.known).toBeGreaterThan(1);
      expect(wrappers.missed.filter((one) => !NOT_FOUND.has(one))).toEqual([]);
      expect(wrappers.precision).toBeGreaterThan(0.05);
    },
  );
});
