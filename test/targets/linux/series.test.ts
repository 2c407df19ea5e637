import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { makeSeries } from '../../../src/pipeline.ts';
import type { Patched } from '../../../src/pipeline.ts';
import { Problem } from '../../../src/problems.ts';
import { subjectOf } from '../../../src/commands/subject.ts';
import { overlay } from '../../../src/source/overlay.ts';
import { memoryTree } from '../../../src/source/tree.ts';
import { loadDeployment, loadTrials, loadWays, recognised } from '../../../src/target/find.ts';
import { verifySeries } from '../../../src/verify/foreign.ts';
import { needs, tool } from '../../needs.ts';
import { kernelWith, lay, smallKernel } from './kernel.ts';

const LATER = 'SUBLEVEL = 117';

async function seriesFor(files: ReadonlyMap<string, string>): Promise<Patched> {
  const tree = memoryTree(files);
  return makeSeries({ tree, ...(await recognised(tree)) });
}

async function failing(files: ReadonlyMap<string, string>): Promise<Problem> {
  try {
    await seriesFor(files);
  } catch (error) {
    if (error instanceof Problem) return error;
    throw error;
  }
  throw new Error('a series was made');
}

describe('the series for a kernel', () => {
  it(
    'has the four patches, and git, patch and quilt apply it',
    needs(tool('git'), tool('patch'), tool('quilt')),
    async () => {
      const made = await seriesFor(smallKernel());
      expect(made.series.patches.map(({ id }) => id)).toEqual(['flag', 'enforce', 'selftest', 'ima']);
      const judged = await verifySeries(made.scanned.tree, made.series, made.files);
      expect(judged.map(({ result }) => result)).toEqual(['applied', 'applied', 'applied']);
    },
  );

  it('is nothing for a tree that carries it', async () => {
    const made = await seriesFor(smallKernel());
    const tree = overlay(made.scanned.tree, made.files);
    const again = await makeSeries({ ...made.scanned, tree });
    expect(again.series.patches).toEqual([]);
  });

  it.each([
    ['20', '21'],
    ['21', '22'],
    ['23', '24'],
  ])('counts one flag more than the tree: %s', async (before, after) => {
    const made = await seriesFor(kernelWith('fs/fcntl.c', 'BUILD_BUG_ON(21 ', `BUILD_BUG_ON(${before} `));
    expect(made.files.get('fs/fcntl.c')).toContain(`BUILD_BUG_ON(${after} - 1 `);
    const tree = overlay(made.scanned.tree, made.files);
    expect((await makeSeries({ ...made.scanned, tree })).series.patches).toEqual([]);
  });

  it('fails to build where the bit is taken', async () => {
    const made = await seriesFor(smallKernel());
    expect(made.files.get('fs/fcntl.c')).toContain('BUILD_BUG_ON(VALID_OPEN_FLAGS & O_MAYEXEC);');
    // openat2's own mask, and not the one by which build_open_how takes flags away.
    expect(made.files.get('include/linux/fcntl.h')).toContain('(VALID_OPEN_FLAGS | O_MAYEXEC)');
    expect(made.files.get('fs/open.c')).toContain('if (flags & ~VALID_OPENAT2_FLAGS)');
  });

  it('writes the handler as the tree writes handlers', async () => {
    const made = await seriesFor(smallKernel());
    expect(made.files.get('fs/namei.c')).toContain(
      'proc_open_mayexec_enforce(const struct ctl_table *table,',
    );
    // A version between those that are pinned, of the older style.
    const older = kernelWith('include/linux/sysctl.h', '(const struct', '(struct').set(
      'Makefile',
      'VERSION = 6\nPATCHLEVEL = 6\nSUBLEVEL = 9\nEXTRAVERSION =\n',
    );
    const other = await seriesFor(older);
    expect(other.scanned.release).toMatchObject({ version: '6.6.9', capabilities: [] });
    expect(other.files.get('fs/namei.c')).toContain('proc_open_mayexec_enforce(struct ctl_table *table,');
  });

  it('puts its entry in front of the others', async () => {
    const text = (await seriesFor(smallKernel())).files.get('fs/namei.c') ?? '';
    const entries = [...text.matchAll(/\.procname\t= "(\w+)"/g)].map(([, name]) => name);
    expect(entries[0]).toBe('open_mayexec_enforce');
    expect(entries.length).toBeGreaterThan(1);
  });

  it('is made where a page of documentation is otherwise, and that is said', async () => {
    const page = 'Documentation/admin-guide/sysctl/fs.rst';
    const made = await seriesFor(kernelWith(page, 'overflowgid', 'underflowgid'));
    expect(made.left).toEqual([{ patch: 'enforce', file: page, found: 0 }]);
    expect(made.series.patches).toHaveLength(4);
  });
});

describe('a kernel that the series is not for', () => {
  it.each([
    [
      'has no case of regular files',
      'fs/namei.c',
      '\tcase S_IFREG:',
      '\tcase S_IFMT:',
      /fs\/namei\.c:\d+.*may_open/,
    ],
    ['asks no permission', 'fs/namei.c', 'MAY_OPEN | acc_mode);', 'acc_mode);', /fs\/namei\.c:\d+.*may_open/],
    ['has no may_open', 'fs/namei.c', 'int may_open(', 'int might_open(', /fs\/namei\.c:\d+.*may_open/],
    ['counts no flags', 'fs/fcntl.c', 'BUILD_BUG_ON(21', 'BUG_ON(21', /fs\/fcntl\.c:\d+.*fcntl_init/],
    [
      'stores no access mode',
      'fs/open.c',
      'op->acc_mode = acc_mode;',
      ';',
      /fs\/open\.c:\d+.*build_open_flags/,
    ],
  ])('%s: the file and the line are named', async (_what, file, text, other, message) => {
    const problem = await failing(kernelWith(file, text, other));
    expect(problem.code).toBe('anchor');
    expect(problem.message).toMatch(message);
  });

  it.each([
    ['CLIP OS has it', 'include/uapi/asm-generic/fcntl.h', '#define O_MAYEXEC\t00000040\n', 'O_MAYEXEC'],
    ['a security module has it', 'include/linux/fs.h', '#define MAY_OPENEXEC 0x200\n', 'MAY_OPENEXEC'],
  ])("has somebody else's flag as %s", async (_what, file, line, word) => {
    const files = smallKernel();
    const before = files.get(file) ?? '';
    const problem = await failing(files.set(file, `${before}${line}`));
    expect(problem.code).toBe('foreign');
    const place = before.split('\n').length;
    expect(problem.message).toBe(
      `${file}:${String(place)} has ${word}: the tree has an O_MAYEXEC already, and not that of this kit`,
    );
  });

  it('carries a part of the series', async () => {
    const made = await seriesFor(smallKernel());
    const files = smallKernel().set('fs/open.c', made.files.get('fs/open.c') ?? '');
    const problem = await failing(files);
    expect(problem.code).toBe('half-patched');
    expect(problem.message).toMatch(/patch flag: .*\.[ch]:\d+/);
  });

  it('carries the series in other words', async () => {
    const made = await seriesFor(smallKernel());
    const files = new Map([...smallKernel(), ...made.files]);
    const changed = (files.get('fs/namei.c') ?? '').replace('return -EPERM', 'return -EACCES');
    const problem = await failing(files.set('fs/namei.c', changed));
    expect(problem.code).toBe('stale');
    expect(problem.message).toMatch(/fs\/namei\.c:\d+ has "return -EACCES;"/);
  });

  it('has another function that makes opens: a person decides', async () => {
    const call = 'long do_sys_open_by(struct open_how *how)\n{\n\treturn build_open_flags(how, &op);\n}\n';
    const files = smallKernel().set(
      'Makefile',
      (smallKernel().get('Makefile') ?? '').replace(LATER, 'SUBLEVEL = 118'),
    );
    const problem = await failing(files.set('fs/open.c', `${files.get('fs/open.c') ?? ''}\n${call}`));
    expect(problem.code).toBe('unreviewed');
    expect(problem.message).toContain('do_sys_open_by: build_open_flags(how, &op)');
  });
});

describe('a tree of 80,000 files', () => {
  const top = mkdtempSync(join(tmpdir(), 'mayexec-kernel-'));
  afterAll(() => {
    rmSync(top, { recursive: true });
  });

  it('is not listed: the files that the target names are looked for', async () => {
    lay(top, smallKernel());
    mkdirSync(join(top, 'drivers'));
    // A listing fails at a name that is no UTF-8.
    writeFileSync(Buffer.concat([Buffer.from(join(top, 'drivers', 'x')), Buffer.from([0xff])]), '');
    const subject = await subjectOf(top, {});
    expect(subject.version).toBe('6.12.117');
    expect([...subject.tree.files]).toEqual([...smallKernel().keys()].sort());
    expect(subject.target.reads).toEqual(expect.arrayContaining([...subject.tree.files]));
  });

  it('can be under quilt: of patches that are not applied, what they do to these files counts', async () => {
    const diff = (file: string, line: string): string =>
      `--- a/${file}\n+++ b/${file}\n@@ -1,1 +1,2 @@\n ${line}\n+/* more */\n`;
    mkdirSync(join(top, 'debian', 'patches'), { recursive: true });
    writeFileSync(join(top, 'debian', 'patches', 'series'), 'one.patch\n');
    const [first = ''] = (smallKernel().get('include/linux/fs.h') ?? '').split('\n');
    writeFileSync(
      join(top, 'debian', 'patches', 'one.patch'),
      diff('drivers/none.c', 'int none;') + diff('include/linux/fs.h', first),
    );
    const { tree, quilt } = await subjectOf(top, {});
    expect(quilt).toMatchObject({ patches: 1, applied: 0 });
    expect(tree.read('include/linux/fs.h')).toContain('/* more */');
    expect(tree.has('drivers/none.c')).toBe(false);
  });
});

it('the kernel is no interpreter: what wants one says so', async () => {
  const { target } = await recognised(memoryTree(smallKernel()));
  const wanted = expect.objectContaining({ code: 'nothing-runs' }) as Error;
  await expect(loadTrials('linux')).rejects.toThrow(wanted);
  await expect(loadDeployment(target)).rejects.toThrow(wanted);
  await expect(loadWays(target)).rejects.toThrow(wanted);
});
