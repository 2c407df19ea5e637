import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { onDisk } from './on-disk.ts';

/**
 * Writes a file whole, or not at all.
 *
 * @throws Problem `disk-full`, `read-only`
 */
export function replaceFile(path: string, text: string): void {
  const part = `${path}.${process.pid}.part`;
  try {
    onDisk(path, () => {
      writeFileSync(part, text, { flag: 'wx' });
      renameSync(part, path);
    });
  } finally {
    rmSync(part, { force: true });
  }
}
