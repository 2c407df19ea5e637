import { constants as limits } from 'node:buffer';
import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import { problem } from '../problems.ts';

/** What files are read into: a tree has thousands, and a separate buffer for each is a tenth of what a scan takes. */
let shared = Buffer.allocUnsafeSlow(1 << 23);

/**
 * A file's bytes as latin1: each is one character.
 *
 * @throws Error of node:fs when it cannot be read; Problem `bad-path` for one of more bytes than a text can hold
 */
export function readLatin1(path: string | Buffer): string {
  // O_NONBLOCK: by now it may be a pipe that nobody writes into.
  const fd = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    // No loop of its own would find out before the memory is full: a sparse file may have any size.
    if (fstatSync(fd).size > limits.MAX_STRING_LENGTH) throw tooLarge(path);
    let length = 0;
    for (;;) {
      const more = readSync(fd, shared, length, shared.length - length, null);
      if (more === 0) return shared.toString('latin1', 0, length);
      length += more;
      if (length > limits.MAX_STRING_LENGTH) throw tooLarge(path);
      if (length === shared.length) shared = Buffer.concat([shared], 2 * length);
    }
  } finally {
    closeSync(fd);
  }
}

function tooLarge(path: string | Buffer): Error {
  return problem('bad-path', {
    path: path.toString(),
    message: `larger than ${limits.MAX_STRING_LENGTH} bytes, which no source is`,
  });
}

/** A path whose bytes are held as latin1, as text: read as UTF-8, what is none of it replaced. */
export function textOf(path: string): string {
  return Buffer.from(path, 'latin1').toString();
}
