import { lstatSync } from 'node:fs';
import { problem } from '../problems.ts';
import type { CodeFiles, Deployment } from '../target/deployment.ts';
import type { KindOf } from './file-kinds.ts';
import { bytesOf, resolveIn } from './place.ts';
import type { Place } from './place.ts';

/** What somebody named who knows that his program opens it as code. */
const NAMED: CodeFiles = {
  id: 'named',
  what: 'files that --also names',
  files: /^/,
  rules: [],
  why: 'named by --also',
};

/**
 * Kinds of files, with those that a user names beside them: a file is code, a folder is judged as if it lay among the
 * modules of the interpreter.
 *
 * @param paths on the installed system, with or without the slash at the beginning
 * @throws Problem `bad-path` where there is nothing below the prefix, `usage` for a folder where there are no modules
 */
export function withNamed(
  kindOf: KindOf,
  { root, prefix }: Place,
  { modules }: Deployment,
  paths: readonly string[],
): KindOf {
  const files = new Set<string>();
  const folders: string[] = [];
  for (const path of paths) {
    const to = resolveIn(root, Buffer.from(path).toString('latin1'));
    if (to === undefined || !`${to}/`.startsWith(`${prefix}/`)) {
      throw problem('bad-path', { path, message: 'no such file below --prefix' });
    }
    if (!lstatSync(bytesOf(root + to)).isDirectory()) files.add(to);
    else if (modules !== undefined) folders.push(`${to}/`);
    else
      throw problem('usage', {
        message: `--also ${path}: the folder has files of several kinds: name those that are code`,
      });
  }
  return (path) => {
    const known = kindOf(path);
    if (known !== undefined) return known;
    if (files.has(path)) return { opened: 'as code', kind: NAMED };
    const folder = folders.find((one) => path.startsWith(one));
    return folder === undefined ? undefined : kindOf(`${modules ?? ''}${path.slice(folder.length)}`);
  };
}
