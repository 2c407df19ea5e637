import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { makeSeries } from '../../../src/pipeline.ts';
import { readTree } from '../../../src/source/tree.ts';
import { namedRelease } from '../../../src/target/find.ts';
import { gcc, given, needs } from '../../needs.ts';
import { sourceOf } from '../../trees.ts';
import { committed } from './kernel.ts';

const NAMES = ['linux@6.12.117', 'linux@6.1.192'];
const sources = new Map<string, Awaited<ReturnType<typeof sourceOf>>>();
for (const name of NAMES) sources.set(name, await sourceOf(name));

describe.each(NAMES)('%s', (name) => {
  const source = sources.get(name);

  it('has the series that is committed', needs(...(source ? [source.need] : [])), async () => {
    const named = await namedRelease(name);
    if (named === undefined) throw new Error(`no ${name}`);
    const tree = readTree(source?.path ?? '', named.target.reads);
    const { series } = await makeSeries({ ...named, tree });
    expect(series.patches).toHaveLength(4);
    for (const { name: file, text } of series.patches)
      expect(committed(named.release.version, file)).toBe(text);
  });
});

it('both series make the same of the flag and of the policy', () => {
  /** The lines that a patch adds, without what the two kernels call the mapping of ids, and how they write handlers. */
  const added = (version: string, file: string): string =>
    committed(version, file)
      .split('\n')
      .filter((line) => /^\+(?!\+\+ )/.test(line))
      .join('\n')
      .replace(/mnt_userns|idmap/, 'MAPPING')
      .replace('(const struct ctl_table', '(struct ctl_table');
  for (const file of committed('6.1.192', 'series').trimEnd().split('\n')) {
    expect(added('6.1.192', file), file).toBe(added('6.12.117', file));
  }
});

const whole = process.env['MAYEXEC_KERNEL_SOURCE'] ?? '';

describe('the value of the flag', () => {
  const need = given(
    'the whole source of a kernel',
    'set MAYEXEC_KERNEL_SOURCE to its folder',
    existsSync(join(whole, 'arch')),
    false,
  );

  it('is free on every architecture but alpha, parisc and sparc', needs(gcc, need), () => {
    const stubs = mkdtempSync(join(tmpdir(), 'mayexec-stubs-'));
    for (const header of ['linux/types.h', 'linux/openat2.h', 'asm/sgidefs.h']) {
      mkdirSync(join(stubs, header, '..'), { recursive: true });
      writeFileSync(join(stubs, header), '');
    }
    const known = [
      ...[
        'O_CREAT',
        'O_EXCL',
        'O_NOCTTY',
        'O_TRUNC',
        'O_APPEND',
        'O_NONBLOCK',
        '__O_SYNC',
        'O_DSYNC',
        'FASYNC',
      ],
      ...[
        'O_DIRECT',
        'O_LARGEFILE',
        'O_DIRECTORY',
        'O_NOFOLLOW',
        'O_NOATIME',
        'O_CLOEXEC',
        'O_PATH',
        '__O_TMPFILE',
      ],
    ];
    const headers = readdirSync(join(whole, 'arch'))
      .map((arch) => `arch/${arch}/include/uapi/asm/fcntl.h`)
      .filter((header) => existsSync(join(whole, header)));
    const taken = [...headers, 'include/uapi/asm-generic/fcntl.h'].filter((header) => {
      const input = `#include "${header}"\n#if (${known.join('|')}) & 040000000\n#error taken\n#endif\n`;
      const args = [
        '-E',
        '-x',
        'c',
        `-I${whole}`,
        `-I${stubs}`,
        '-idirafter',
        join(whole, 'include/uapi'),
        '-',
      ];
      const { status, stderr } = spawnSync('gcc', args, { input, encoding: 'utf8' });
      if (status !== 0) expect(stderr).toContain('#error taken');
      return status !== 0;
    });
    rmSync(stubs, { recursive: true });
    expect(taken).toEqual(
      ['alpha', 'parisc', 'sparc'].map((arch) => `arch/${arch}/include/uapi/asm/fcntl.h`),
    );
  });
});
