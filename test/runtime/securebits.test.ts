import { afterAll, describe, expect, test } from 'vitest';
import { join } from 'node:path';
import { drive } from './lab.ts';
import { namespaces, needs, root, securebits } from '../needs.ts';
import { apart, makeScripts, onMount } from './ground.ts';

const scripts = makeScripts();
afterAll(scripts.remove);

/** The questions of semantics.md's table, in the order of its columns. */
const QUESTIONS = [
  `open=${scripts.yes}`,
  `open=${scripts.no}`,
  'denied',
  'stdin',
  'passes=0',
  `stdin=${scripts.no}`,
  'passes=0',
  `stdin=${scripts.yes}`,
  'passes=0',
  'stdin=/dev/null',
  'passes=0',
];

interface Row {
  readonly bits: string;
  readonly file: string;
  readonly snippet: string;
  readonly descriptor: string;
}

const TABLE: readonly Row[] = [
  { bits: '0', file: 'ok', snippet: 'ok', descriptor: 'ok' },
  { bits: '0x100', file: 'EACCES', snippet: 'ok', descriptor: 'ok' },
  { bits: '0x400', file: 'ok', snippet: 'EACCES', descriptor: 'EACCES' },
  { bits: '0x500', file: 'EACCES', snippet: 'EACCES', descriptor: 'EACCES' },
  // With the bits that lock them.
  { bits: '0xf00', file: 'EACCES', snippet: 'EACCES', descriptor: 'EACCES' },
];

function answers({ file, snippet, descriptor }: Row): string[] {
  return [
    'open ok',
    `open ${file}`,
    `denied ${snippet}`,
    // A pipe, a file without x, one with it, a device.
    `passes ${descriptor}`,
    `passes ${descriptor}`,
    'passes ok',
    `passes ${descriptor}`,
  ];
}

describe('the table of securebits', needs(securebits), () => {
  test.each(TABLE)('$bits as the user that runs the tests', async (row) => {
    expect(await drive([`bits=${row.bits}`, ...QUESTIONS])).toEqual(answers(row));
  });

  test.each(TABLE)('$bits set by uid 65534', needs(root), async (row) => {
    expect(await drive(['uid=65534', `bits=${row.bits}`, ...QUESTIONS])).toEqual(answers(row));
  });

  test.each(TABLE)('$bits set before root drops to 65534', needs(root), async (row) => {
    expect(await drive([`bits=${row.bits}`, 'uid=65534', ...QUESTIONS])).toEqual(answers(row));
  });

  test.each(TABLE)('$bits set in a user namespace', needs(namespaces), async (row) => {
    expect(await drive([`bits=${row.bits}`, ...QUESTIONS], { under: ['unshare', '-Ur'] })).toEqual(
      answers(row),
    );
  });

  test.each(TABLE)('$bits of a thread alone', async (row) => {
    const [free] = TABLE;
    const thread = `thread=${[`bits=${row.bits}`, ...QUESTIONS].join(',')}`;
    expect(await drive([thread, ...QUESTIONS])).toEqual([...answers(row), ...(free ? answers(free) : [])]);
  });

  test.each(TABLE)('$bits and a forked child', async (row) => {
    expect(await drive([`bits=${row.bits}`, `fork=open=${scripts.no}`, 'vfork=denied'])).toEqual([
      `open ${row.file}`,
      `denied ${row.snippet}`,
    ]);
  });

  test('a new user namespace clears them, as the threat model says', needs(namespaces), async () => {
    expect(
      await drive(['bits=0xf00', `open=${scripts.no}`, 'userns', `open=${scripts.no}`, 'denied']),
    ).toEqual(['open EACCES', 'open ok', 'denied ok']);
  });
});

describe('what the check looks at', needs(securebits), () => {
  const restrict = 'bits=0x100';

  test('a file that is being written: refused (ETXTBSY)', async () => {
    expect(await drive([restrict, `write=${scripts.yes}`, `open=${scripts.yes}`])).toEqual(['open EACCES']);
  });

  test('the same where the project lets the reason through: ETXTBSY, and no other one', async () => {
    const recipe = { source: 'drive.c', runtime: { busy: true } } as const;
    const actions = [
      `open=${scripts.no}`,
      `write=${scripts.yes}`,
      `open=${scripts.yes}`,
      `open=${scripts.no}`,
    ];
    expect(await drive([restrict, ...actions], { recipe })).toEqual([
      'open EACCES',
      'open ETXTBSY',
      'open EACCES',
    ]);
    // The flag does not look at writers.
    expect(await drive(actions, { recipe, kernel: 2 })).toEqual(['open EACCES', 'open ok', 'open EACCES']);
  });

  test('with no bit set it is opened, as ever', async () => {
    expect(await drive([`write=${scripts.yes}`, `open=${scripts.yes}`])).toEqual(['open ok']);
  });

  test('a memory file, by its mode', async () => {
    expect(await drive([restrict, 'memfd=0755', 'memfd=0644'])).toEqual([
      'descriptor ok',
      'descriptor EACCES',
    ]);
    expect(await drive(['memfd=0755', 'memfd=0644'])).toEqual(['descriptor ok', 'descriptor ok']);
  });

  test('a directory, a device, a pipe by its name', async () => {
    const actions = ['stdin', 'open=/', 'open=/dev/null', 'descriptor=0'];
    expect(await drive([restrict, ...actions])).toEqual(['open EISDIR', 'open EACCES', 'descriptor EACCES']);
    expect(await drive(actions)).toEqual(['open EISDIR', 'open ok', 'descriptor ok']);
  });

  const mounts = needs(namespaces);
  const noexec = apart(onMount(join(scripts.folder, 'noexec'), 'noexec', scripts.yes));
  const there = `open=${join(scripts.folder, 'noexec', 'script')}`;

  test('a noexec mount, mounted without privilege', mounts, async () => {
    expect(await drive([there, restrict, there], { under: noexec })).toEqual(['open ok', 'open EACCES']);
  });

  test('a noexec mount, for a kernel that knows the flag', mounts, async () => {
    expect(await drive([there], { under: noexec, kernel: 0 })).toEqual(['open ok']);
    expect(await drive([there], { under: noexec, kernel: 1 })).toEqual(['open EACCES']);
    expect(await drive([there], { under: noexec, kernel: 2 })).toEqual(['open ok']);
  });
});

test('nothing was executed', () => {
  expect(scripts.ran()).toBe(false);
});
