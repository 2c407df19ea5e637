import { describe, expect, it } from 'vitest';
import type { Caller } from './callers.ts';
import { plainName } from './imports.ts';
import { judgeCallers } from './stack-verdicts.ts';
import type { LedgerSite } from './stack-verdicts.ts';
import { readStacks } from './stacks.ts';

describe('a trace with stacks', () => {
  it('gives each open its frames, innermost first', () => {
    const trace = [
      '7 execve("/t/i", ["i"], 0x7ffd /* 9 vars */) = 0',
      ' > /usr/lib/ld-linux-x86-64.so.2(_dl_catch_error+0x26f0) [0x1ab70]',
      '7 openat(AT_FDCWD</f>, "a", O_RDONLY) = 3</f/a>',
      ' > /usr/lib/libc.so.6(__open64+0x51) [0xf8011]',
      ' > /t/i(load+0xe3) [0xa3bb3]',
      ' > /t/i() [0x20]',
      '7 +++ exited with 0 +++',
      '',
    ].join('\n');
    expect(readStacks(trace)).toEqual([
      {
        path: 'a',
        frames: [
          { module: '/usr/lib/libc.so.6', symbol: '__open64', offset: 0x51, address: 0xf8011 },
          { module: '/t/i', symbol: 'load', offset: 0xe3, address: 0xa3bb3 },
          { module: '/t/i', symbol: '', offset: 0, address: 0x20 },
        ],
      },
    ]);
  });

  it('keeps the stack of a call that another process interrupted apart', () => {
    const trace = [
      '7 openat(AT_FDCWD</f>, "a", O_RDONLY <unfinished ...>',
      '8 openat(AT_FDCWD</f>, "b", O_RDONLY) = 3</f/b>',
      ' > /t/i(of_b+0x1) [0x1]',
      '7 <... openat resumed>) = 3</f/a>',
      ' > /t/i(of_a+0x1) [0x2]',
    ].join('\n');
    expect(readStacks(trace).map(({ path, frames }) => [path, frames[0]?.symbol])).toEqual([
      ['b', 'of_b'],
      ['a', 'of_a'],
    ]);
  });
});

describe('the caller of an open', () => {
  const site: LedgerSite = {
    id: 's',
    file: 'a.c',
    line: 5,
    function: 'load',
    callee: 'open',
    macro: false,
  };
  const caller: Caller = {
    file: 'a.c',
    line: 5,
    function: 'load',
    text: '  fd = open (x);',
    calls: 'open64',
  };
  const judge = (one: Caller, sites: readonly LedgerSite[] = [site]) =>
    judgeCallers([{ what: 'x: y', caller: one }], sites, plainName, { getpwuid: 'the list of users' });

  it('is a site: the file, the function, the line and what is called', () => {
    expect(judge(caller)).toMatchObject({ wrong: [], bySite: new Map([['s', 1]]) });
    for (const other of [{ file: 'b.c' }, { line: 6 }, { function: 'read' }, { calls: 'fopen' }]) {
      expect(judge({ ...caller, ...other }).wrong, JSON.stringify(other)).toHaveLength(1);
    }
    expect(judge(caller, []).wrong).toEqual(['a.c:5: load calls open64 and is no site (x: y)']);
  });

  it('that goes through a pointer is a site all the same', () => {
    const pointer = { ...caller, calls: undefined };
    expect(judge(pointer).wrong).toEqual([]);
    expect(judge(pointer, []).wrong).toEqual(['a.c:5: load calls through a pointer and is no site (x: y)']);
  });

  it('is where a macro is used whose text has the call', () => {
    const inMacro = { ...site, line: 2, function: 'OPEN_FILE', macro: true };
    const user = { ...caller, line: 9, function: 'run', text: '  OPEN_FILE (x, fd);' };
    expect(judge(user, [inMacro]).bySite).toEqual(new Map([['s', 1]]));
    expect(judge({ ...user, text: '  REOPEN_FILE (x);' }, [inMacro]).wrong).toHaveLength(1);
    // A function that is a macro where it does nothing.
    expect(judge(caller, [{ ...site, macro: true }]).bySite).toEqual(new Map([['s', 1]]));
  });

  it("or is a library's function that a target names", () => {
    expect(judge({ ...caller, calls: 'getpwuid' }).byLibrary).toEqual(new Map([['getpwuid of load', 1]]));
    expect(judge({ ...caller, calls: 'toString' }).wrong).toHaveLength(1);
  });
});
