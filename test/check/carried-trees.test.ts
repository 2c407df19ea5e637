import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { packageFolder } from '../../src/package.ts';
import { makeSeries } from '../../src/pipeline.ts';
import type { Patched } from '../../src/pipeline.ts';
import type { Subject } from '../../src/scan.ts';
import { Problem } from '../../src/problems.ts';
import { overlay } from '../../src/source/overlay.ts';
import { readTree } from '../../src/source/tree.ts';
import type { Tree } from '../../src/target/contract.ts';
import { namedRelease } from '../../src/target/find.ts';
import { target as toy } from '../toy/target.ts';
import { sourceOf } from '../trees.ts';
import { given, needs, thorough } from '../needs.ts';

/** A change of a file of a patched tree, and what is then said. */
interface Case {
  readonly what: string;
  readonly file: string;
  readonly from: string | RegExp;
  readonly to: string;
  /** Undefined where the tree still carries the series. */
  readonly code?: 'stale' | 'half-patched';
  /** The patch that is named. */
  readonly patch?: string;
  /** What stands on the line that is named, where it is not the changed text itself. */
  readonly at?: string;
  /** What this kit writes there. */
  readonly writes?: string;
}

interface Subjects {
  readonly name: string;
  readonly cases: readonly Case[];
  /** Undefined where the source is not at hand. */
  readonly subject: () => Promise<Subject | undefined>;
}

const known = (name: string) => async (): Promise<Subject | undefined> => {
  const [{ path }, named] = [await sourceOf(name), await namedRelease(name)];
  return path === undefined || named === undefined ? undefined : { ...named, tree: readTree(path) };
};

const FLAG = /\(\(uint64_t\)040000000\)/;
const NO_FLAG = { what: 'the flag set to 0 in the helper', from: FLAG, to: '((uint64_t)0)' } as const;

const SUBJECTS: readonly Subjects[] = [
  {
    name: 'toy',
    subject: () => {
      const [release] = toy.releases;
      const tree = readTree(join(packageFolder, 'test', 'toy', 'tree'));
      return Promise.resolve(release && { tree, target: toy, release });
    },
    cases: [
      {
        what: 'the flag left out of the helper',
        file: 'src/opencode.c',
        from: 'flags | O_MAYEXEC',
        to: 'flags',
        code: 'stale',
        patch: 'helper',
        writes: 'return open (path, flags | O_MAYEXEC);',
      },
      {
        what: 'another file in the place of the helper',
        file: 'src/opencode.c',
        from: /^[^]*$/,
        to: '#include "toy.h"\nint\ntoy_open_code (const char *name, int how)\n{\n  return open (name, how);\n}\n',
        code: 'half-patched',
        patch: 'helper',
        at: '#include "toy.h"',
        writes: '/* opencode.c -- open a file whose contents will be executed. */',
      },
      {
        what: 'a check that returns another status',
        file: 'src/main.c',
        from: '        return 126;',
        to: '        return 0;',
        code: 'stale',
        patch: 'entries',
        writes: 'return 126;',
      },
      {
        what: 'what follows a call left out',
        file: 'src/eval.c',
        from: '\n  toy_note (name, fd);',
        to: '',
        code: 'half-patched',
        patch: 'module',
        at: 'fd = toy_open_code (name, O_RDONLY);',
        writes: 'toy_note (name, fd);',
      },
      {
        what: 'an entry of a table with another function',
        file: 'src/builtins.c',
        from: '(int (*) ()) toy_open_code',
        to: '(int (*) ()) open',
        code: 'half-patched',
        patch: 'helper',
        at: 'static struct builtin builtins[] = {',
      },
      {
        what: 'a marked call with another argument',
        file: 'lib/runpath.py',
        from: 'io.open_code(os.path.abspath(path))',
        to: 'io.open_code(path)',
        code: 'half-patched',
        patch: 'module',
      },
      {
        what: 'a blank line before a hunk',
        file: 'src/main.c',
        from: '      int status;\n',
        to: '\n      int status;\n',
      },
      {
        what: 'other lines at the top of a patched file',
        file: 'src/io.c',
        from: /^/,
        to: '/* A distribution\n   has its own. */\n\n',
      },
    ],
  },
  {
    name: 'bash@5.2.15',
    subject: known('bash@5.2.15'),
    cases: [
      { ...NO_FLAG, file: 'lib/sh/opencode.c', code: 'stale', patch: 'helper' },
      {
        what: 'a negated condition',
        file: 'builtins/evalfile.c',
        from: 'if (flags & FEVAL_HISTORY)\n    fd =',
        to: 'if ((flags & FEVAL_HISTORY) == 0)\n    fd =',
        code: 'stale',
        patch: 'source',
        writes: 'if (flags & FEVAL_HISTORY)',
      },
      {
        what: 'a check that is left out',
        file: 'builtins/enable.def',
        from: '	  *refused = errno;\n',
        to: '',
        code: 'stale',
        patch: 'loadable',
        at: '	  return (0);',
        writes: '*refused = errno;',
      },
      {
        what: 'a hunk that was dropped',
        file: 'doc/bash.1',
        from: /^\.PP\nOn Linux, the system may have a policy[^]*?(?=\.SH DEFINITIONS\n)/m,
        to: '',
        code: 'half-patched',
        patch: 'documentation',
        at: '.SH DEFINITIONS',
        writes: '.PP',
      },
      {
        what: 'a created test that was edited',
        file: 'tests/mayexec.tests',
        from: /$/,
        to: 'exit 0\n',
        code: 'stale',
        patch: 'tests',
        at: 'exit 0',
        writes: 'nothing',
      },
      {
        what: 'a blank line behind a hunk, and lines of another patch',
        file: 'externs.h',
        from: /^(extern int sh_code_passes .*\n)/m,
        to: '$1\n/* of a distribution */\nextern int sh_other (const char *);\n',
      },
      {
        what: 'a blank line before a rewritten open',
        file: 'shell.c',
        from: '  fd = sh_open_code (filename, O_RDONLY);',
        to: '\n  fd = sh_open_code (filename, O_RDONLY);',
      },
    ],
  },
  {
    name: 'perl@5.36.0',
    subject: known('perl@5.36.0'),
    cases: [
      { ...NO_FLAG, file: 'doio.c', code: 'stale', patch: 'helper' },
      {
        what: 'a negated condition',
        file: 'perl.c',
        from: '!Perl_code_fd_passes(fdscript)',
        to: 'Perl_code_fd_passes(fdscript)',
        code: 'stale',
        patch: 'script',
        writes: 'if (rsfp && !Perl_code_fd_passes(fdscript)) {',
      },
      {
        what: 'a hunk that was dropped',
        file: 'perl.c',
        from: /^#if defined\(PERL_IS_MINIPERL\) && defined\(PERL_O_CODE\)\n[^]*?^#endif\n/m,
        to: '',
        code: 'half-patched',
        patch: 'helper',
        at: '    PERL_ARGS_ASSERT_PERL_PARSE;',
        writes: '#if defined(PERL_IS_MINIPERL) && defined(PERL_O_CODE)',
      },
      {
        what: 'one of two hunks of the same text that was dropped',
        file: 'perl.c',
        from: /^\s*carrier = TRUE;\n/m,
        to: '',
        code: 'half-patched',
        patch: 'script',
        at: 'scriptname = BIT_BUCKET;',
        writes: 'carrier = TRUE;',
      },
      {
        what: 'a created test that was edited',
        file: 't/run/mayexec.t',
        from: /$/,
        to: 'exit 0;\n',
        code: 'stale',
        patch: 'tests',
        at: 'exit 0;',
        writes: 'nothing',
      },
      {
        what: 'a blank line behind a hunk',
        file: 'perl.c',
        from: /^( {4}bool carrier = FALSE;.*\n)/m,
        to: '$1\n',
      },
    ],
  },
  {
    name: 'python@3.11.2',
    subject: known('python@3.11.2'),
    cases: [
      { ...NO_FLAG, file: 'Python/opencode.c', code: 'stale', patch: 'helper' },
      {
        what: 'a negated condition',
        file: 'Lib/importlib/_bootstrap_external.py',
        from: 'if _is_refusal(refusal) and',
        to: 'if not _is_refusal(refusal) and',
        code: 'stale',
        patch: 'importlib',
        writes: 'if _is_refusal(refusal) and refusal.filename == exc.path:',
      },
      {
        what: 'another name in the place of the one that is judged',
        file: 'Lib/cProfile.py',
        from: 'io.open_code(path=progname)',
        to: 'io.open_code(path="/")',
        code: 'half-patched',
        patch: 'profilers',
      },
      {
        what: 'a hunk that was dropped',
        file: 'Programs/_bootstrap_python.c',
        from: /^ {4}\/\/ The scripts of the build[^]*?_Py_code_exempt = 1;\n\n/m,
        to: '',
        code: 'half-patched',
        patch: 'helper',
        at: '    PyStatus status;',
      },
      {
        what: 'a created test that was edited',
        file: 'Lib/test/test_mayexec.py',
        from: /$/,
        to: 'raise SystemExit\n',
        code: 'stale',
        patch: 'tests',
        at: 'raise SystemExit',
        writes: 'nothing',
      },
      {
        what: 'a comment before a hunk',
        file: 'Lib/importlib/_bootstrap_external.py',
        from: 'def _is_refusal(exc):\n',
        to: '# A distribution has its own.\n\ndef _is_refusal(exc):\n',
      },
    ],
  },
  {
    name: 'python@3.9.2',
    subject: known('python@3.9.2'),
    cases: [
      {
        what: 'a check that is gone here and stands elsewhere',
        file: 'Modules/getpath.c',
        from: /(?<=open_configuration\(filename, &fp\);\n {4}PyMem_RawFree\(filename\);\n) {4}if \(_PyStatus_EXCEPTION\(status\)\) \{\n {8}return status;\n {4}\}\n/,
        to: '',
        code: 'half-patched',
        patch: 'path-configuration',
        at: 'if (fp == NULL) {',
        writes: 'if (_PyStatus_EXCEPTION(status)) {',
      },
    ],
  },
];

for (const { name, subject, cases } of SUBJECTS) {
  const found = await subject();
  const source = given(`the source of ${name}`, `npx mayexec fetch ${name}`, found !== undefined, true);
  // One interpreter of C alone, and the small target, show the kinds in the daily run.
  const time = name.startsWith('python') ? [thorough] : [];
  describe(`a tree of ${name} that carries the whole series`, needs(source, ...time), () => {
    let patched: Patched;
    let tree: Tree;
    const made = (of: Tree): Promise<Patched> => {
      if (found === undefined) throw new Error('there is no source');
      const roles = found.target.patches.flatMap(({ optional }) => optional ?? []);
      return makeSeries({ ...found, tree: of }, { roles });
    };

    beforeAll(async () => {
      if (found === undefined) return;
      patched = await made(found.tree);
      tree = overlay(found.tree, patched.files);
    }, 60_000);

    it('has nothing to do', async () => {
      expect((await made(tree)).series.patches).toEqual([]);
    });

    it.each(cases)(
      'with $what: $code',
      async ({ file, from, to, code, patch, at, writes }) => {
        const before = tree.read(file);
        const text = before.replace(from, to);
        expect(text).not.toBe(before);
        const changed = overlay(tree, new Map([[file, text]]));
        if (code === undefined) {
          expect((await made(changed)).series.patches).toEqual([]);
          return;
        }
        const error = await made(changed).then(
          ({ series }) => `no problem, ${series.patches.length} patches`,
          (caught: unknown) => caught,
        );
        if (!(error instanceof Problem)) throw new Error(String(error));
        const { message } = error;
        expect(error.code, message).toBe(code);
        expect(message).toContain(
          code === 'stale' ? `patches ${patch ?? ''}, but` : `of patch ${patch ?? ''}: `,
        );
        // The line where the change is, with what it has; or, of a hunk that is gone, where it was.
        const lines = text.split('\n');
        const [, line = '0', said = ''] =
          new RegExp(
            `${file}:(\\d+)( has (nothing|"(?:[^"\\\\]|\\\\.)*"), but this kit writes .*| is not)`,
          ).exec(message) ?? [];
        const shown = (one: string): string => (one === 'nothing' ? one : JSON.stringify(one));
        const there = (lines[Number(line) - 1] ?? '').trim();
        const changedLine = lines.find((one, index) => one !== before.split('\n')[index]) ?? '';
        expect(there, message).toBe((at ?? changedLine).trim());
        if (said === ' is not') return;
        expect(said).toContain(` has ${JSON.stringify(there)}, but this kit writes `);
        if (writes !== undefined) expect(said).toContain(` writes ${shown(writes)} there`);
      },
      60_000,
    );
  });
}
