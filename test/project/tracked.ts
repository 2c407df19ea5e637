import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageFolder } from '../../src/package.ts';

/** The files of the checkout that git knows, sorted; relative to the checkout. */
export function trackedFiles(): string[] {
  const listed = execFileSync('git', ['ls-files', '-z'], { cwd: packageFolder, encoding: 'utf8' });
  return listed
    .split('\0')
    .filter((file) => file !== '' && existsSync(join(packageFolder, file)))
    .sort();
}

/** A tracked file's bytes as latin1, so that any file can be searched. */
export function textOf(file: string): string {
  return readFileSync(join(packageFolder, file), 'latin1');
}
