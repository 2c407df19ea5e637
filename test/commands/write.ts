// Writes a folder of one MB below the one it is given, as `--out` does, and says on standard error which problem it met and
// how many entries are left there: run on file systems that are full, read-only, or hold something else.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Problem } from '../../src/problems.ts';
import { replaceFolder } from '../../src/write/folder.ts';

const [, , top = ''] = process.argv;
try {
  replaceFolder(join(top, 'made'), new Map([['patches/series', 'x'.repeat(1_000_000)]]), 'patches/series');
  process.stderr.write('written\n');
} catch (error) {
  if (!(error instanceof Problem)) throw error;
  process.stderr.write(`${error.code} ${error.message}\nleft: ${readdirSync(top).length}\n`);
}
