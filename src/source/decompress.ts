import { closeSync, createReadStream, fstatSync, openSync, readSync } from 'node:fs';
import { createGunzip } from 'node:zlib';
import { problem } from '../problems.js';
import { filter } from '../programs/filter.js';

/** No release of an interpreter comes near it: CPython, the largest, unpacks to 0.2 GB. */
const MOST_BYTES = 4 * 2 ** 30;

/** Source text is compressed 3 to 10 times; a bomb a thousand times and more. */
const MOST_RATIO = 100;

/** Below this the ratio says nothing: small archives of equal files compress well and do no harm. */
const RATIO_COUNTS_FROM = 64 * 2 ** 20;

/** Programs for what Node has no decoder of, and the Debian packages that have them. */
const PROGRAMS = {
  xz: { program: 'xz', package: 'xz-utils' },
  bzip2: { program: 'bzip2', package: 'bzip2' },
} as const;

type Compression = 'none' | 'gzip' | keyof typeof PROGRAMS;

/**
 * The bytes of a tar archive that may be compressed with gzip, xz or bzip2; told by its first bytes, as names
 * may lie.
 *
 * @param file the archive
 * @param name the archive's name for messages
 * @throws Problem `truncated-archive` when the compressed data is damaged or ends early; `hostile-archive`
 * when it unpacks to more than 4 GiB, or to more than 64 MiB and 100 times its size; `missing-tool`
 */
export async function* plainBytes(file: string, name: string): AsyncGenerator<Buffer> {
  const { compression, size } = look(file);
  const most = Math.min(MOST_BYTES, Math.max(RATIO_COUNTS_FROM, MOST_RATIO * size));
  let total = 0;
  for await (const chunk of compression === 'none' || compression === 'gzip'
    ? builtIn(file, name, compression)
    : byProgram(file, name, compression)) {
    total += chunk.length;
    if (total > most) {
      const reason = `the archive of ${String(size)} bytes unpacks to more than ${String(most)} bytes`;
      throw problem('hostile-archive', { file: name, entry: '(all)', reason });
    }
    yield chunk;
  }
}

async function* builtIn(file: string, name: string, compression: 'none' | 'gzip'): AsyncGenerator<Buffer> {
  const input = createReadStream(file, { highWaterMark: 1 << 18 });
  const output = compression === 'none' ? input : input.pipe(createGunzip({ chunkSize: 1 << 18 }));
  // A pipe hands no errors on.
  if (output !== input) input.on('error', (error) => output.destroy(error));
  try {
    for await (const chunk of output) yield chunk as Buffer;
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code?.startsWith('Z_') === true) throw problem('truncated-archive', { file: name, message }, error);
    throw error;
  } finally {
    input.destroy();
    output.destroy();
  }
}

async function* byProgram(
  file: string,
  name: string,
  compression: keyof typeof PROGRAMS,
): AsyncGenerator<Buffer> {
  const { program, package: debian } = PROGRAMS[compression];
  const { output, ended, stop } = filter(program, ['-dc'], file, {
    purpose: `unpacking ${name}`,
    package: debian,
  });
  try {
    for await (const chunk of output) yield chunk as Buffer;
    const { status, message } = await ended;
    if (status !== 0) throw problem('truncated-archive', { file: name, message });
  } finally {
    stop();
  }
}

function look(file: string): { compression: Compression; size: number } {
  const descriptor = openSync(file, 'r');
  try {
    const head = Buffer.alloc(6);
    readSync(descriptor, head, 0, 6, 0);
    const { size } = fstatSync(descriptor);
    if (head.readUInt16BE(0) === 0x1f8b) return { compression: 'gzip', size };
    if (head.toString('latin1') === '\xFD7zXZ\0') return { compression: 'xz', size };
    if (head.toString('latin1').startsWith('BZh')) return { compression: 'bzip2', size };
    return { compression: 'none', size };
  } finally {
    closeSync(descriptor);
  }
}
