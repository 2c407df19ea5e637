import { closeSync, createReadStream, fstatSync, openSync, readSync } from 'node:fs';
import { Readable } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';
import { createGunzip } from 'node:zlib';
import unbzip2 from 'unbzip2-stream';
import xz from 'xz-decompress';
import { problem } from '../problems.ts';
import { filter } from '../programs/filter.ts';

/** No release of an interpreter comes near it: CPython, the largest, unpacks to 0.2 GB. */
const MOST_BYTES = 4 * 2 ** 30;

/** Source text is compressed 3 to 10 times; a bomb a thousand times and more. */
const MOST_RATIO = 100;

/** Below this the ratio says nothing: small archives of equal files compress well and do no harm. */
const RATIO_COUNTS_FROM = 64 * 2 ** 20;

/**
 * What the decoder of xz cannot read: a check by SHA-256 (2 and 6), a dictionary that needs too much memory (3 and 4),
 * filters beside LZMA2 (6). The numbers are those of enum xz_ret in XZ Embedded's xz.h.
 */
const BEYOND_THE_DECODER = /error code [2346]$/;

/** How much is read at once, in bytes. */
const CHUNK = 1 << 18;

type Compression = 'none' | 'gzip' | 'xz' | 'bzip2';

const DECODERS: Readonly<Record<Compression, (file: string, name: string) => AsyncGenerator<Buffer>>> = {
  none: plain,
  gzip: gunzipped,
  xz: unxzipped,
  bzip2: unbzipped,
};

/**
 * The bytes of a tar archive that may be compressed with gzip, xz or bzip2; told by its first bytes, as names
 * may lie. No program is needed, but for the few .xz files of {@link BEYOND_THE_DECODER}.
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
  for await (const chunk of DECODERS[compression](file, name)) {
    total += chunk.length;
    if (total > most) {
      const reason = `the archive of ${String(size)} bytes unpacks to more than ${String(most)} bytes`;
      throw problem('hostile-archive', { file: name, entry: '(all)', reason });
    }
    yield chunk;
  }
}

async function* plain(file: string): AsyncGenerator<Buffer> {
  yield* bytesOf(createReadStream(file, { highWaterMark: CHUNK }));
}

async function* gunzipped(file: string, name: string): AsyncGenerator<Buffer> {
  yield* through(file, createGunzip({ chunkSize: CHUNK }), (error) =>
    error.code?.startsWith('Z_') === true ? damaged(name, error.message, error) : error,
  );
}

async function* unbzipped(file: string, name: string): AsyncGenerator<Buffer> {
  // What has a code comes from the disk. All else is damage: at an early end the decoder reads what is not there.
  yield* through(file, unbzip2(), (error) =>
    error.code !== undefined
      ? error
      : damaged(name, error instanceof TypeError ? 'it ends early' : error.message, error),
  );
}

/** Reads a file through a stream that decodes; `told` makes of an error what is thrown. */
async function* through(
  file: string,
  decoder: NodeJS.ReadWriteStream,
  told: (error: NodeJS.ErrnoException) => Error,
): AsyncGenerator<Buffer> {
  const input = createReadStream(file, { highWaterMark: CHUNK });
  // A decoder may be a stream of an old kind, which cannot be waited for: wrapped it is one of today's.
  const output = decoder instanceof Readable ? decoder : new Readable().wrap(decoder);
  // A pipe hands no errors on.
  input.on('error', (error) => output.destroy(error));
  decoder.on('error', (error) => output.destroy(error as Error));
  input.pipe(decoder);
  try {
    yield* bytesOf(output);
  } catch (error) {
    throw error instanceof Error ? told(error) : error;
  } finally {
    input.destroy();
    output.destroy();
  }
}

async function* unxzipped(file: string, name: string): AsyncGenerator<Buffer> {
  const input = createReadStream(file, { highWaterMark: CHUNK });
  let given = 0;
  try {
    const output = new xz.XzReadableStream(Readable.toWeb(input));
    for await (const chunk of output as unknown as ReadableStream<Uint8Array>) {
      given += chunk.length;
      yield Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    }
    return;
  } catch (error) {
    if (!(error instanceof Error) || (error as NodeJS.ErrnoException).code !== undefined) throw error;
    if (!BEYOND_THE_DECODER.test(error.message)) throw damaged(name, `xz: ${error.message}`, error);
  } finally {
    input.destroy();
  }
  yield* byProgram(file, name, given);
}

/** What xz makes of the file, without the first `skipped` bytes. */
async function* byProgram(file: string, name: string, skipped: number): AsyncGenerator<Buffer> {
  const { output, ended, stop } = filter('xz', ['-dc'], file, {
    purpose: `unpacking ${name}, an .xz file with a filter or check that the built-in decoder does not read`,
    package: 'xz-utils',
  });
  try {
    let left = skipped;
    for await (const chunk of bytesOf(output)) {
      if (left < chunk.length) yield chunk.subarray(left);
      left = Math.max(0, left - chunk.length);
    }
    const { status, message } = await ended;
    if (status !== 0) throw damaged(name, message);
  } finally {
    stop();
  }
}

async function* bytesOf(stream: Readable): AsyncGenerator<Buffer> {
  for await (const chunk of stream) yield chunk as Buffer;
}

function damaged(name: string, message: string, cause?: Error): Error {
  return problem('truncated-archive', { file: name, message }, cause);
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
