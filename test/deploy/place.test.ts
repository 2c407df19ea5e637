import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { placeOf, resolveIn } from '../../src/deploy/place.ts';
import { isLeftOut, searchFiles } from '../../src/deploy/search.ts';
import { install } from './installation.ts';

let work = '';

beforeEach(() => {
  work = realpathSync(mkdtempSync(join(tmpdir(), 'mayexec-place-')));
});

afterEach(() => {
  rmSync(work, { recursive: true, force: true });
});

it('the root is the nearest folder with a usr/, or the one that is named', () => {
  install(work, { 'debian/tmp/usr/lib/x': 0o644, 'stage/opt/x/lib/y': 0o644 });
  const tmp = join(work, 'debian/tmp');
  expect(placeOf(tmp)).toEqual({ root: tmp, prefix: '' });
  expect(placeOf(join(tmp, 'usr/lib'))).toEqual({ root: tmp, prefix: '/usr/lib' });
  expect(placeOf(join(work, 'stage/opt/x'))).toEqual({ root: '', prefix: join(work, 'stage/opt/x') });
  expect(placeOf(join(work, 'stage/opt/x'), join(work, 'stage'))).toEqual({
    root: join(work, 'stage'),
    prefix: '/opt/x',
  });
  expect(placeOf('/')).toEqual({ root: '', prefix: '' });
});

it('links lead where the installed system has them lead, and never out of its root', () => {
  install(work, {
    'r/etc/file': 0o644,
    'r/usr/absolute': '-> /etc/file',
    'r/usr/relative': '-> ../etc/file',
    'r/usr/above': '-> ../../../../../../../../etc/file',
    'r/usr/folder': '-> /etc',
    'r/usr/loop': '-> loop',
    'r/usr/nothing': '-> /etc/none',
    'r/usr/through': '-> /etc/file/x',
  });
  const lead = (path: string): string | undefined => resolveIn(join(work, 'r'), path);
  for (const name of ['absolute', 'relative', 'above', 'folder/file'])
    expect(lead(`/usr/${name}`)).toBe('/etc/file');
  for (const name of ['loop', 'nothing', 'through']) expect(lead(`/usr/${name}`)).toBeUndefined();
});

it('a folder that a search of / leaves out is searched where it is asked for', () => {
  const kind = { id: 'x', what: 'x', files: /x/, rules: [], why: 'x' };
  const { irregular } = searchFiles({ root: '', prefix: '/dev' }, (path) =>
    path === '/dev/null' ? { opened: 'as code', kind } : undefined,
  );
  expect(irregular).toEqual(['/dev/null']);
});

it('of root only the folders in his home are left out, and of other folders all that is in them', () => {
  const left = (path: string): boolean => isLeftOut({ root: '', prefix: '' }, path);
  expect(['/root/.cargo/env', '/home/a/.bashrc', '/dev/null', '/var/tmp/x', '/run/a/b'].every(left)).toBe(
    true,
  );
  expect(['/root/.more', '/etc/x', '/usr/lib/dev/null', '/var/lib/x'].some(left)).toBe(false);
  expect(isLeftOut({ root: '', prefix: '/dev' }, '/dev/null')).toBe(false);
  expect(['/root/.cargo/', '/home/', '/root/.cargo/lib/'].every(left)).toBe(true);
  expect(['/root/', '/root/.cargo', '/usr/'].some(left)).toBe(false);
});
