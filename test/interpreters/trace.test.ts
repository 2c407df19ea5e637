import { describe, expect, it } from 'vitest';
import type { Scenario } from '../../src/target/scenario.ts';
import { judgeOpened, judgeStock, openedIn } from './opened.ts';
import { withoutProbes } from './probes.ts';
import { readTrace } from './strace.ts';

const FLAGGED = '{flags=O_RDONLY|O_CLOEXEC|0x800000, resolve=0}, 24';
const PROBE = `openat2(AT_FDCWD</f>, "/", {flags=O_RDONLY|O_CLOEXEC|O_DIRECTORY|0x800000, resolve=0}, 24) = -1 EINVAL (Invalid argument)`;

const scenario: Scenario = {
  id: 'x',
  what: 'x',
  files: {},
  argv: ['/bin/i'],
  marked: ['code'],
  plain: ['tmp/data.*'],
  system: /^\/etc\/profile$/,
  says: [],
};

function trace(...lines: string[]): string {
  return `${lines.join('\n')}\n`;
}

describe('a trace', () => {
  it('tells what was opened, with the flag and without, relative to the folder', () => {
    const events = readTrace(
      trace(
        '7 execve("/bin/i", ["i"], 0x7ffd /* 9 vars */) = 0',
        '7 openat(AT_FDCWD</f>, "/lib/c.so", O_RDONLY|O_CLOEXEC) = 3</lib/c.so>',
        `7 openat2(AT_FDCWD</f>, "./code", ${FLAGGED}) = 3</f/code>`,
        '7 openat(AT_FDCWD</f/sub>, "../data", O_RDONLY) = -1 ENOENT (No such file or directory)',
        '7 +++ exited with 0 +++',
      ),
    );
    const { marked, plain } = openedIn(events, '/f');
    expect([...marked]).toEqual(['code']);
    expect([...plain]).toEqual(['/lib/c.so', 'data']);
  });

  it('does not take the flag of another call, or another bit, for the flag', () => {
    const events = readTrace(
      trace(
        '7 openat(AT_FDCWD</f>, "a", O_RDONLY|0x800000) = 3</f/a>',
        '7 openat2(AT_FDCWD</f>, "b", {flags=O_RDONLY|0x8000000, resolve=0}, 24) = 3</f/b>',
      ),
    );
    expect([...openedIn(events, '/f').marked]).toEqual([]);
  });

  it("leaves out the played kernel's second try, and nothing else", () => {
    const events = readTrace(
      trace(
        `7 openat2(AT_FDCWD</f>, "code", ${FLAGGED}) = -1 EINVAL (Invalid argument)`,
        '7 openat2(AT_FDCWD</f>, "code", {flags=O_RDONLY, resolve=0}, 24) = 3</f/code>',
        '7 openat(AT_FDCWD</f>, "code", O_RDONLY) = 4</f/code>',
      ),
    );
    expect([...openedIn(events.slice(0, 2), '/f').plain]).toEqual([]);
    expect([...openedIn(events, '/f').plain]).toEqual(['code']);
  });

  it('puts a fork where it was called, though the child ran first', () => {
    const events = readTrace(
      trace(
        `7 ${PROBE}`,
        '7 clone(child_stack=NULL, flags=SIGCHLD <unfinished ...>',
        `8 openat2(AT_FDCWD</f>, "code", ${FLAGGED}) = 3</f/code>`,
        '7 <... clone resumed>) = 8',
      ),
    );
    expect(events.map(({ kind }) => kind)).toEqual(['open', 'fork', 'open']);
    expect(withoutProbes(events, true)).toMatchObject({ count: 1, wrong: [] });
  });

  it('joins a call that was interrupted by the line of another process', () => {
    const events = readTrace(
      trace(
        `7 openat2(AT_FDCWD</f>, "code", ${FLAGGED} <unfinished ...>`,
        '8 +++ exited with 0 +++',
        '7 <... openat2 resumed>) = 3</f/code>',
      ),
    );
    expect([...openedIn(events, '/f').marked]).toEqual(['code']);
  });
});

describe('the probe', () => {
  const code = `openat2(AT_FDCWD</f>, "code", ${FLAGGED}) = 3</f/code>`;
  const wrong = (...lines: string[]): readonly string[] =>
    withoutProbes(readTrace(trace(...lines)), true).wrong;

  it('comes once, before the first code', () => {
    expect(wrong(`7 ${PROBE}`, `7 ${code}`, '7 +++ exited with 0 +++')).toEqual([]);
    expect(wrong(`7 ${code}`)).toEqual(['process 7 opened /f/code before it asked the kernel']);
    expect(wrong(`7 ${PROBE}`, `7 ${code}`, `7 ${PROBE}`)).toEqual(['process 7 asked the kernel again']);
  });

  it('comes again in a new program, and not without code', () => {
    const exec = '7 execve("/bin/j", ["j"], 0x7ffd /* 9 vars */) = 0';
    expect(wrong(`7 ${PROBE}`, `7 ${code}`, exec, `7 ${PROBE}`, `7 ${code}`)).toEqual([]);
    expect(wrong(`7 ${PROBE}`, '7 +++ exited with 0 +++')).toEqual([
      'process 7 asked the kernel and opened no code',
    ]);
  });
});

describe('what a scenario expects', () => {
  const opened = (marked: string[], plain: string[]) => ({ marked: new Set(marked), plain: new Set(plain) });

  it('is every path and no other', () => {
    expect(judgeOpened(scenario, opened(['code'], ['tmp/data.1', '/lib/c.so']))).toEqual([]);
    expect(judgeOpened(scenario, opened([], ['tmp/data.1']))).toEqual(['not opened with the flag: code']);
    expect(judgeOpened(scenario, opened(['code', 'more'], ['tmp/data.1', 'tmp/x/data.1']))).toEqual([
      'opened with the flag: more',
      'opened without the flag: tmp/x/data.1',
    ]);
    expect(judgeOpened(scenario, opened(['code'], []))).toEqual(['not opened without the flag: tmp/data.*']);
  });

  it('says of the system which files are code', () => {
    expect(judgeOpened(scenario, opened(['code', '/etc/profile'], ['tmp/data.1']))).toEqual([]);
    expect(judgeOpened(scenario, opened(['code', '/etc/passwd'], ['tmp/data.1', '/etc/profile']))).toEqual([
      'opened with the flag: /etc/passwd',
      'opened without the flag: /etc/profile',
    ]);
  });

  it('is opened by the stock interpreter too, without the flag', () => {
    expect(judgeStock(scenario, opened([], ['code', 'tmp/data.1']))).toEqual([]);
    expect(judgeStock(scenario, opened(['code'], ['tmp/data.1']))).toHaveLength(2);
  });
});
