import { closeSync, openSync, readSync } from 'node:fs';

/** What files are read into: a tree has thousands, and a buffer of its own for each is a tenth of what a scan takes. */
let shared = Buffer.allocUnsafeSlow(1 << 23);

/**
 * A file's bytes as latin1: each is one character.
 *
 * @throws Error of node:fs when it cannot be read
 */
export function readLatin1(path: string | Buffer): string {
  const fd = openSync(path, 'r');
  try {
    let length = 0;
    for (;;) {
      const more = readSync(fd, shared, length, shared.length - length, null);
      if (more === 0) return shared.toString('latin1', 0, length);
      length += more;
      if (length === shared.length) shared = Buffer.concat([shared], 2 * length);
    }
  } finally {
    closeSync(fd);
  }
}

/** A path whose bytes are held as latin1, as text: read as UTF-8, what is none of it replaced. */
export function textOf(path: string): string {
  return Buffer.from(path, 'latin1').toString();
}
