import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { packageFolder } from '../../src/package.ts';
import { unpack, unpackSome } from '../../src/source/unpack.ts';
import { needs, tool } from '../needs.ts';
import { archive, pax } from './archives.ts';
import type { Made } from './archives.ts';

const PACKAGES = { none: 'tar', gzip: 'gzip', xz: 'xz-utils', bzip2: 'bzip2' } as const;

let top: string;

beforeEach(() => {
  top = mkdtempSync(join(tmpdir(), 'unpack-'));
});
afterEach(() => {
  rmSync(top, { recursive: true, force: true });
});

function put(bytes: Buffer): string {
  const file = join(top, 'a.tar');
  writeFileSync(file, bytes);
  return file;
}

/** Every path with its mode, time, size and link, for the comparison of two trees. */
function listing(folder: string): string {
  return (
    execFileSync('find', ['.', '-printf', '%p %y %m %T@ %s %l\\n'], { cwd: folder, encoding: 'utf8' })
      .split('\n')
      // A folder's size is the file system's affair.
      .map((line) => line.replace(/^(\S+ d \S+ \S+) \d+/, '$1'))
      .sort()
      .join('\n')
  );
}

describe('an archive that tar made', () => {
  beforeEach(() => {
    // With a link to each side, set-id and odd modes, old and odd times, empty and long names.
    execFileSync(
      'sh',
      [
        '-ec',
        `mkdir -p p-1/sub/${'d'.repeat(80)}/${'e'.repeat(80)} p-1/none
         printf text > p-1/file; : > p-1/empty; head -c 100000 /dev/urandom > p-1/sub/bytes
         printf x > "p-1/sub/${'d'.repeat(80)}/${'e'.repeat(80)}/long"; printf y > 'p-1/with blank é'
         ln -s sub/bytes p-1/link; ln -s ../file p-1/sub/up; ln -s nowhere p-1/dangling; ln p-1/file p-1/hard
         chmod 755 p-1/file; chmod 4777 p-1/empty; chmod 444 p-1/sub/bytes; chmod 2755 p-1/sub; chmod 700 p-1/none
         touch -d 1997-02-25T10:00:00Z p-1/file; touch -d @1600000000.5 p-1/sub/bytes
         touch -h -d @1500000000 p-1/link; touch -d @1400000000 p-1/none p-1/sub p-1`,
      ],
      { cwd: top },
    );
  });

  for (const format of ['gnu', 'pax', 'ustar']) {
    for (const [flag, compression] of [
      ['', 'none'],
      ['-z', 'gzip'],
      ['-J', 'xz'],
      ['-j', 'bzip2'],
    ] as const) {
      const packer = compression === 'none' ? 'tar' : compression;
      const packs = needs(tool(packer, PACKAGES[compression]));
      it(`gives what GNU tar gives: ${format}, ${compression}`, packs, async () => {
        const args = [`--format=${format}`, ...(flag === '' ? [] : [flag]), '-cf', 'a.tar', 'p-1'];
        execFileSync('tar', args, { cwd: top });
        execFileSync(
          'sh',
          ['-c', 'mkdir gnu && umask 022 && tar -xf a.tar -C gnu --no-same-permissions --no-same-owner'],
          {
            cwd: top,
          },
        );
        // The kit keeps files writable for their owner, and drops what sets an identity.
        execFileSync('chmod', ['-R', 'u+rwX,ug-s,-t', 'gnu/p-1'], { cwd: top });
        await unpack(join(top, 'a.tar'), join(top, 'ours'));
        // A pax archive holds ns; ms are kept, and the fixture has no finer times but where the clock set them.
        const coarse = (text: string): string => text.replace(/(\.\d{3})\d+/g, '$1');
        expect(coarse(listing(join(top, 'ours')))).toBe(coarse(listing(join(top, 'gnu/p-1'))));
        execFileSync('diff', ['-r', '--no-dereference', 'ours', 'gnu/p-1'], { cwd: top });
        expect(statSync(join(top, 'ours/hard')).ino).toBe(statSync(join(top, 'ours/file')).ino);
      });
    }
  }

  it('is unpacked once where two ask for it at the same time', async () => {
    execFileSync('tar', ['-czf', 'a.tar', 'p-1'], { cwd: top });
    mkdirSync(join(top, 'cache'));
    const both = [0, 1].map(() => unpack(join(top, 'a.tar'), join(top, 'cache/tree')));
    await Promise.all(both);
    expect(readdirSync(join(top, 'cache'))).toEqual(['tree']);
    expect(readFileSync(join(top, 'cache/tree/file'), 'utf8')).toBe('text');
  });
});

const folder: Made = { path: 'p/', type: 'Directory', mode: 0o755 };
const file: Made = { path: 'p/file', body: 'text' };
const link = (path: string, linkpath: string): Made => ({ path, type: 'SymbolicLink', linkpath });
const hard = (path: string, linkpath: string): Made => ({ path, type: 'Link', linkpath });

describe('a hostile archive', () => {
  const cases: Readonly<Record<string, [readonly Made[], RegExp]>> = {
    'an absolute name': [[{ path: '/etc/x' }], /entry "\/etc\/x": the name is absolute/],
    'an absolute name in an extended header': [
      [{ path: 'x', type: 'ExtendedHeader', body: pax({ path: '/etc/x' }) }, file],
      /"\/etc\/x": the name is absolute/,
    ],
    'a name that goes up': [[folder, { path: 'p/../../x' }], /the name holds \.\./],
    'a name that goes up within the tree': [[folder, { path: 'p/a/../x' }], /the name holds \.\./],
    'a line end in a name': [[folder, { path: 'p/a\nb' }], /"p\/a\\nb": the name holds a control character/],
    'an escape in a name': [[folder, { path: 'p/\u001b[2J' }], /\\u001b.*control character/],
    'a name that is no UTF-8': [[folder, { path: 'p/\uFFFD' }], /not UTF-8/],
    'a name that is too long': [
      [{ path: 'x', type: 'ExtendedHeader', body: pax({ path: `p/${'n'.repeat(256)}` }) }, file],
      /the name is too long/,
    ],
    'two top folders': [[folder, { path: 'q/x' }], /outside the single top folder "p"/],
    'no top folder': [[{ path: 'x' }], /where the single top folder should be/],
    'a link as top folder': [[link('p', '/tmp'), file], /where the single top folder should be/],
    'a device': [[folder, { path: 'p/d', type: 'CharacterDevice' }], /of kind CharacterDevice/],
    'a block device': [[folder, { path: 'p/d', type: 'BlockDevice' }], /of kind BlockDevice/],
    'a FIFO': [[folder, { path: 'p/d', type: 'FIFO' }], /of kind FIFO/],
    'a kind that is not known': [[folder, { path: 'p/d', type: 'SparseFile' }], /of kind SparseFile/],
    'a file twice': [[folder, file, file], /occurs twice/],
    'a file and a folder of one name': [
      [folder, file, { path: 'p/file/', type: 'Directory' }],
      /occurs twice/,
    ],
    'a file under a file': [[folder, file, { path: 'p/file/x' }], /is below "file", which is a file/],
    'a file through a link': [
      [folder, link('p/l', '.'), { path: 'p/l/x' }],
      /is below "l", which is a symlink/,
    ],
    'a file in place of a link': [[folder, link('p/l', 'x'), { path: 'p/l' }], /occurs twice/],
    'a link in place of a folder': [[folder, { path: 'p/d/x' }, link('p/d', '/tmp')], /occurs twice/],
    'an absolute link': [[folder, link('p/l', '/etc')], /link to "\/etc", which is absolute/],
    'a link out of the tree': [[folder, link('p/l', '..')], /which leaves the tree/],
    'a link out of the tree and back': [[folder, link('p/d/l', '../../p/x')], /which leaves the tree/],
    'a link through a link': [
      [folder, link('p/d/a', '..'), link('p/b', 'd/a/../x')],
      /"p\/b": is a symbolic link to .*, which goes through another link/,
    ],
    'a link through a link that comes later': [
      [folder, link('p/b', 'a/x'), link('p/a', '.')],
      /through another link/,
    ],
    'a link through itself': [[folder, link('p/l', 'l/x')], /through another link/],
    'a hard link out of the tree': [[folder, hard('p/h', '/etc/passwd')], /hard link to "\/etc\/passwd"/],
    'a hard link that goes up': [[folder, hard('p/h', 'p/../../x')], /hard link to/],
    'a hard link to a link': [[folder, link('p/l', 'x'), hard('p/h', 'p/l')], /hard link to "p\/l"/],
    'a hard link to what is not there': [
      [folder, hard('p/h', 'p/later'), { path: 'p/later' }],
      /no file before it/,
    ],
    'an extended header that is too long': [
      [{ path: 'x', type: 'ExtendedHeader', body: pax({ comment: 'c'.repeat(2 ** 20) }) }, file],
      /extended header is too long/,
    ],
  };
  for (const [name, [entries, message]] of Object.entries(cases)) {
    it(`is refused: ${name}`, async () => {
      const attempt = unpack(put(archive(entries)), join(top, 'out'));
      await expect(attempt).rejects.toMatchObject({
        code: 'hostile-archive',
        message: expect.stringMatching(message) as string,
      });
      expect(readdirSync(top)).toEqual(['a.tar']);
    });
  }

  it('is refused: it unpacks to far more than it is', async () => {
    const bomb = put(gzipSync(archive([folder, { path: 'p/zeros', body: Buffer.alloc(70 * 2 ** 20) }])));
    await expect(unpack(bomb, join(top, 'out'))).rejects.toThrow(/unpacks to more than 67108864 bytes/);
    expect(existsSync(join(top, 'out'))).toBe(false);
  });

  it('is refused: too many entries', async () => {
    const bytes = archive([folder, { path: 'p/same' }], false);
    const many = Buffer.concat([bytes, ...Array<Buffer>(200_000).fill(bytes.subarray(512, 1024))]);
    await expect(unpack(put(many), join(top, 'out'))).rejects.toThrow(/more than 200000 entries/);
  });
});

describe('a damaged archive', () => {
  const cases: Readonly<Record<string, Buffer>> = {
    'an empty file': Buffer.alloc(0),
    'no archive': Buffer.from('text '.repeat(300)),
    'no end mark': archive([folder, file], false),
    'nothing in it': archive([]),
    'cut within a file': archive([folder, { path: 'p/x', body: 'x'.repeat(2000) }]).subarray(0, 1600),
    'compressed twice': gzipSync(gzipSync(archive([folder, file]))),
    'a wrong header sum': ((bytes) => {
      bytes[512 + 2] = 0x41;
      return bytes;
    })(archive([folder, file])),
  };
  for (const [name, bytes] of Object.entries(cases)) {
    it(`is refused: ${name}`, async () => {
      await expect(unpack(put(bytes), join(top, 'out'))).rejects.toMatchObject({ code: 'truncated-archive' });
      expect(readdirSync(top)).toEqual(['a.tar']);
    });
  }
});

it('an archive of "." with one folder in it is one of that folder', async () => {
  const file = put(
    archive([
      { path: './', type: 'Directory' },
      { path: './p/file', body: 'text' },
    ]),
  );
  await unpack(file, join(top, 'out'));
  expect(readFileSync(join(top, 'out/file'), 'utf8')).toBe('text');
});

/** An archive that the tests cannot make everywhere; archives/README.md tells how each was made. */
function shared(name: string): Buffer {
  return readFileSync(join(packageFolder, 'test/source/archives', name));
}

/** Runs work where no program can be found. */
async function withoutPrograms(work: () => Promise<void>): Promise<void> {
  const path = process.env['PATH'];
  process.env['PATH'] = join(top, 'nothing');
  try {
    await work();
  } finally {
    process.env['PATH'] = path;
  }
}

describe('without any program', () => {
  const numbers = Array.from({ length: 20_000 }, (_, index) => `${index + 1}\n`).join('');
  const plain = archive([folder, { path: 'p/text', body: 'text\n' }, { path: 'p/numbers', body: numbers }]);
  const readable: Readonly<Record<string, Buffer>> = {
    'plain.tar': plain,
    'plain.tar.gz': gzipSync(plain),
    'plain.tar.xz': shared('plain.tar.xz'),
    'two-streams.tar.xz': shared('two-streams.tar.xz'),
    'plain.tar.bz2': shared('plain.tar.bz2'),
  };

  for (const [name, bytes] of Object.entries(readable)) {
    it(`${name} is unpacked`, async () => {
      await withoutPrograms(() => unpack(put(bytes), join(top, 'out')));
      expect(readFileSync(join(top, 'out/text'), 'utf8')).toBe('text\n');
      expect(readFileSync(join(top, 'out/numbers'), 'utf8')).toBe(numbers);
    });

    it(`${name} is refused when a byte is wrong or it was cut off`, async () => {
      const wrong = Buffer.from(bytes);
      const at = name === 'plain.tar' ? 0 : bytes.length >> 1;
      wrong.writeUInt8(wrong.readUInt8(at) ^ 1, at);
      const cuts = [20, bytes.length >> 1, bytes.length - (name === 'plain.tar' ? 1024 : 9)];
      for (const damaged of [wrong, ...cuts.map((length) => bytes.subarray(0, length))]) {
        await expect(unpack(put(damaged), join(top, 'out'))).rejects.toMatchObject({
          code: 'truncated-archive',
        });
        expect(readdirSync(top)).toEqual(['a.tar']);
      }
    });
  }

  for (const name of ['sha256.tar.xz', 'delta.tar.xz']) {
    it(`${name}: xz is named with its package`, async () => {
      await withoutPrograms(async () => {
        await expect(unpack(put(shared(name)), join(top, 'out'))).rejects.toMatchObject({
          code: 'missing-tool',
          hint: 'on Debian: apt-get install xz-utils',
        });
      });
      expect(readdirSync(top)).toEqual(['a.tar']);
    });

    it(`${name} is unpacked by xz`, needs(tool('xz', 'xz-utils')), async () => {
      await unpack(put(shared(name)), join(top, 'out'));
      expect(readFileSync(join(top, 'out/text'), 'utf8')).toBe('text\n');
    });
  }

  // A further stream of another kind, behind one that was handed on already.
  it('what the decoder gave is not given twice', needs(tool('xz', 'xz-utils')), async () => {
    const whole = archive([folder, { path: 'p/bytes', body: randomBytes(1 << 20) }]);
    const parts = [whole.subarray(0, 700_000), whole.subarray(700_000)].map((part, index) =>
      execFileSync('xz', ['-c', `--check=${index === 0 ? 'crc64' : 'sha256'}`], {
        input: part,
        maxBuffer: 1 << 24,
      }),
    );
    await unpack(put(Buffer.concat(parts)), join(top, 'out'));
    expect(readFileSync(join(top, 'out/bytes')).equals(whole.subarray(1024, 1024 + (1 << 20)))).toBe(true);
  });

  it('an archive that unpacks to far more than it is is refused', async () => {
    for (const name of ['zeros.tar.xz', 'zeros.tar.bz2']) {
      await expect(unpack(put(shared(name)), join(top, 'out'))).rejects.toThrow(
        /unpacks to more than 67108864 bytes/,
      );
      expect(readdirSync(top)).toEqual(['a.tar']);
    }
  });
});

describe('some files of an archive', () => {
  const entries: readonly Made[] = [
    { path: 'p-1/', type: 'Directory', mode: 0o755 },
    { path: 'p-1/a/file', body: 'text', mode: 0o755 },
    { path: 'p-1/a/other', body: 'other' },
    { path: 'p-1/a/link', type: 'SymbolicLink', linkpath: '/etc/passwd' },
  ];

  it('are unpacked, and no other; links are not', async () => {
    await unpackSome(put(archive(entries)), ['a/file', 'a/link', 'a/none'], join(top, 'out'));
    expect(readdirSync(join(top, 'out'), { recursive: true })).toEqual(['a', 'a/file']);
    expect(readFileSync(join(top, 'out/a/file'), 'utf8')).toBe('text');
    expect(statSync(join(top, 'out/a/file')).mode & 0o777).toBe(0o755);
  });

  it.each([
    ['a file that occurs twice', [...entries, ...entries.slice(1, 2)], 'hostile-archive'],
    ['none of them', entries.slice(0, 1), 'truncated-archive'],
  ])('with %s: refused, and nothing is left', async (_what, made, code) => {
    await expect(unpackSome(put(archive(made)), ['a/file'], join(top, 'out'))).rejects.toMatchObject({
      code,
    });
    expect(readdirSync(top)).toEqual(['a.tar']);
  });
});
