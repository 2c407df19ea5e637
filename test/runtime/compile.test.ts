import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from '../../src/programs/run.ts';
import { renderRuntime, type RuntimeOptions } from '../../src/runtime/render.ts';
import { compiler, gcc, needs, thorough } from '../needs.ts';
import { EVERYTHING, packageOf } from './lab.ts';

/** As a project has it: a declaration, and a file that includes it and the definition. */
interface Form {
  readonly name: string;
  /** The part is set when it is rendered. */
  readonly options: Omit<RuntimeOptions, 'part'>;
}

const FORMS: readonly Form[] = [
  {
    name: 'bash52',
    options: {
      prefix: 'sh_',
      style: 'gnu',
      ansi: false,
      prototype: 'PARAMS',
      interactive: true,
      passes: true,
      closelog: true,
      busy: true,
    },
  },
  {
    name: 'bash53',
    options: {
      prefix: 'sh_',
      style: 'gnu',
      ansi: true,
      interactive: true,
      passes: true,
      closelog: true,
      busy: true,
    },
  },
  { name: 'everything', options: EVERYTHING },
  {
    name: 'perl',
    options: {
      prefix: 'Perl_',
      localPrefix: 'S_',
      style: 'perl',
      ansi: true,
      interactive: true,
      passes: true,
      descriptor: true,
      exempt: 'variable',
      threads: true,
      macros: true,
    },
  },
  {
    name: 'python',
    options: {
      prefix: '_Py_',
      style: 'pep7',
      ansi: true,
      interactive: true,
      passes: true,
      exempt: 'variable',
      threads: true,
      guard: { enter: 'lock_threads();', leave: 'unlock_threads();' },
    },
  },
  { name: 'least', options: { prefix: 'x_', style: 'linux', ansi: true } },
  {
    name: 'one_file',
    options: { prefix: 'x_', style: 'knr', ansi: true, static: true, stdio: true },
  },
];

/** What a builder may define, alone and together. */
const DEFINES: readonly (readonly string[])[] = [
  [],
  [
    'MAYEXEC_STRICT',
    'MAYEXEC_RESTRICT_FILE',
    'MAYEXEC_DENY_INTERACTIVE',
    'MAYEXEC_DENY_STDIN',
    'MAYEXEC_CHECK_ALWAYS',
    'MAYEXEC_SYSLOG',
  ],
  ['MAYEXEC_DENY_OPTIONS'],
  ['MAYEXEC_DENY_STDIN'],
  ['MAYEXEC_REPORT_ONLY', 'MAYEXEC_BUILD_PROGRAM', 'MAYEXEC_DENY_ENVIRONMENT'],
  ['MAYEXEC_DISABLE', 'MAYEXEC_CHECK_ALWAYS'],
];

const WARNINGS = ['-Wall', '-Wextra', '-Werror', '-pedantic'];
const folder = mkdtempSync(join(tmpdir(), 'mayexec-compile-'));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

const SUPPORT = `#include <stdio.h>
#define PARAMS(arguments) arguments
extern void lock_threads PARAMS((void));
extern void unlock_threads PARAMS((void));
`;

beforeAll(() => {
  for (const { name, options } of FORMS) {
    const header = renderRuntime({ ...options, part: 'header' });
    const source = renderRuntime({ ...options, part: 'source' });
    const uses = options.static === true ? userOf(options.prefix) : '';
    writeFileSync(join(folder, `${name}.c`), [SUPPORT, header, source, uses].join('\n'));
  }
});

/** Static functions have to be used by the file that they are in. */
function userOf(prefix: string): string {
  return `
FILE *use_them(void);
FILE *
use_them(void)
{
    return ${prefix}fopen_code("", "r");
}
`;
}

/** Compiles forms in one go; returns what the compiler has to say. */
async function compile(
  compiler: string,
  flags: readonly string[],
  names: readonly string[],
): Promise<string> {
  const made = mkdtempSync(join(folder, 'out-'));
  const files = names.map((name) => join(folder, `${name}.c`));
  const ended = await run(compiler, [...WARNINGS, '-D_GNU_SOURCE', ...flags, '-c', ...files], {
    cwd: made,
    purpose: 'the compile matrix',
    package: packageOf(compiler),
  });
  return ended.status === 0 ? '' : ended.stderr.toString() || `status ${ended.status}`;
}

const all = FORMS.map(({ name }) => name);
const prototyped = FORMS.filter(({ options }) => options.ansi).map(({ name }) => name);

/** Warnings differ with what the optimiser sees; each set of options is seen by it. */
const WAYS: readonly (readonly string[])[] = [
  ['-O0'],
  ...DEFINES.map((defines) => [
    '-O3',
    '-U_FORTIFY_SOURCE',
    '-D_FORTIFY_SOURCE=3',
    '-flto',
    ...defines.map((name) => `-D${name}`),
  ]),
];

describe.each(['gcc', 'clang', 'musl-gcc'])('%s', (program) => {
  // K&R definitions are no C any more since C23.
  const standards = [
    { standard: 'c89', names: all, time: [] },
    // Between the others: they warn of nearly all that it warns of.
    { standard: 'c17', names: all, time: [thorough] },
    { standard: 'gnu2x', names: prototyped, time: [] },
  ];
  // musl-gcc has the one word size.
  const words = program === 'musl-gcc' ? ['-m64'] : ['-m64', '-m32'];
  describe.each(words)('%s', (word) => {
    const pkg = word === '-m32' ? 'gcc-multilib' : packageOf(program);
    const here = compiler(program, word === '-m32' ? [word] : [], pkg);
    for (const { standard, names, time } of standards) {
      test.concurrent(standard, needs(here, ...time), async () => {
        for (const way of WAYS)
          expect(await compile(program, [`-std=${standard}`, word, ...way], names)).toBe('');
      });
    }
  });
});

/** As perl.h has it under threads: what the macro wants is at hand in functions that are given the interpreter. */
const MACROS = `#include <string.h>
#undef strerror
#define strerror(reason) (strerror(reason), not_at_hand->buffer)
`;

describe('where functions of libc are macros', needs(gcc), () => {
  test.each([true, undefined])('macros: %s', async (macros) => {
    const options: Omit<RuntimeOptions, 'part'> = { ...EVERYTHING, ...(macros && { macros }) };
    const parts = (['header', 'source'] as const).map((part) => renderRuntime({ ...options, part }));
    writeFileSync(join(folder, 'macros.c'), [SUPPORT, MACROS, ...parts].join('\n'));
    const said = await compile('gcc', ['-std=c17', '-DMAYEXEC_SYSLOG'], ['macros']);
    // Without the option it is an error, or the first case would show nothing.
    if (macros === true) expect(said).toBe('');
    else expect(said).toContain('not_at_hand');
  });
});

describe('what cannot be enforced is an error, not a plain open', needs(gcc), () => {
  const refuse = async (...flags: readonly string[]): Promise<string> =>
    compile('gcc', ['-std=c89', '-fsyntax-only', ...flags], all);
  const elsewhere = [['-U__linux__'], ['-D__alpha__'], ['-D__hppa__'], ['-D__sparc__']];

  test.each(elsewhere)('%s compiles to the plain call', async (flag) => {
    expect(await refuse(flag)).toBe('');
  });

  test.each([
    'STRICT',
    'RESTRICT_FILE',
    'DENY_INTERACTIVE',
    'DENY_OPTIONS',
    'DENY_STDIN',
    'DENY_ENVIRONMENT',
  ])('MAYEXEC_%s there', async (option) => {
    for (const [flag = ''] of [...elsewhere, ['-DMAYEXEC_DISABLE']]) {
      expect(await refuse(flag, `-DMAYEXEC_${option}`)).toContain('nothing here can enforce');
    }
  });

  test('a program of the build is exempt', async () => {
    const flags = ['-std=c89', '-DMAYEXEC_DISABLE', '-DMAYEXEC_STRICT', '-DMAYEXEC_BUILD_PROGRAM'];
    expect(await compile('gcc', flags, ['bash52', 'bash53', 'least'])).toBe('');
  });

  test('strict and report only exclude each other', async () => {
    expect(await refuse('-DMAYEXEC_STRICT', '-DMAYEXEC_REPORT_ONLY')).toContain('MAYEXEC_REPORT_ONLY opens');
  });
});
