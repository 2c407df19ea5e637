import { beforeAll, describe, expect, it } from 'vitest';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Scenario } from '../../src/target/scenario.ts';
import { gcc, needs, tool } from '../needs.ts';
import { playedKernel } from './kernel.ts';
import { openedIn } from './opened.ts';
import { play } from './scenario.ts';
import { checkScenario } from './scenarios.ts';

const scenario: Scenario = {
  id: 'shell',
  what: 'a shell',
  files: { 'code.sh': 'read -r line < data; echo "$line"\n', data: 'text\n', 'tmp/': '' },
  argv: ['{interpreter}', 'code.sh'],
  marked: ['code.sh'],
  plain: ['data'],
  says: ['text'],
};

// Python stands in for a patched interpreter: it can make the system call as one does.
const python = `
import ctypes, os, struct, sys
libc = ctypes.CDLL(None, use_errno=True)
def code(path, extra=0):
    how = struct.pack('QQQ', 0o40000000 | extra, 0, 0)
    return libc.syscall(437, -100, path.encode(), how, 24), ctypes.get_errno()
`;

const tools = [gcc, tool('strace')];

describe('a scenario', needs(...tools), () => {
  it('is traced: what the shell opens, and what it prints', async () => {
    const { events, output, status, folder } = await play(scenario, '/bin/sh', undefined);
    const { marked, plain } = openedIn(events, folder);
    expect([...marked]).toEqual([]);
    expect([...plain].filter((path) => !path.startsWith('/'))).toEqual(['code.sh', 'data']);
    expect({ output, status }).toEqual({ output: 'text\n', status: 0 });
  });

  it('runs on a terminal where something is typed', async () => {
    const typed = { ...scenario, argv: ['{interpreter}', '-i'], typed: 'tty; echo $((6 * 7)) typed\nexit\n' };
    const { output } = await play(typed, '/bin/sh', undefined);
    expect(output).toContain('42 typed');
    expect(output).toMatch(/\/dev\/pts\/\d/);
  });

  it('fails where the interpreter does not start', async () => {
    await expect(play(scenario, '/nowhere/sh', undefined)).rejects.toThrow('the interpreter did not start');
  });

  it('fails where nothing is opened with the flag', async () => {
    const pair = { stock: '/bin/sh', patched: '/bin/sh', kernel: '' };
    const { ok, lines } = await checkScenario({ ...scenario, kernel: 'none' }, pair);
    expect(ok).toBe(false);
    expect(lines).toContain('not opened with the flag: code.sh');
  });
});

describe('the played kernel', needs(...tools, tool('python3')), () => {
  let library: string;
  let folder: string;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'mayexec-kernel-'));
    library = await playedKernel(folder);
    return () => {
      rmSync(folder, { recursive: true });
    };
  });

  it('knows the flag, opens, and shows what was asked', async () => {
    const asked: Scenario = {
      ...scenario,
      files: {
        ...scenario.files,
        'ask.py': `${python}print(code('/', os.O_DIRECTORY), code('data')[0] > 0)\n`,
      },
      argv: ['{interpreter}', 'python3', 'ask.py'],
    };
    const { events, output, folder: own } = await play(asked, '/usr/bin/env', library);
    // EISDIR
    expect(output).toBe('(-1, 21) True\n');
    const { marked, plain } = openedIn(events, own);
    expect([...marked]).toEqual(['/', 'data']);
    expect(plain.has('data')).toBe(false);
  });
});
