import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { load, YAMLException } from 'js-yaml';
import * as v from 'valibot';
import { packageFolder } from '../package.ts';
import { problem } from '../problems.ts';
import type { Answer } from './contract.ts';

const NAMED = /^[^*?{}[\]]+$/;
const name = v.pipe(v.string(), v.regex(/^(?!\.\.\.)[^*?]+$/, 'is not the name of a function'));
const written = v.array(
  v.strictObject({
    files: v.record(
      v.pipe(v.string(), v.regex(NAMED, 'is not the name of a file')),
      v.union([name, v.array(name)]),
    ),
    why: v.string(),
  }),
);

/**
 * Reads what a target answers for: the file answers.yml of its folder, if it has one.
 *
 * @param target the name of its folder
 * @throws Problem `target-invalid`
 */
export function readAnswers(target: string): readonly Answer[] {
  const path = join(packageFolder, 'targets', target, 'answers.yml');
  return existsSync(path) ? answersFrom(readFileSync(path, 'utf8'), target) : [];
}

/**
 * The answers that a text says.
 *
 * @throws Problem `target-invalid`
 */
export function answersFrom(text: string, target: string): readonly Answer[] {
  let read: unknown;
  try {
    read = load(text);
  } catch (error) {
    if (!(error instanceof YAMLException)) throw error;
    throw problem('target-invalid', { target, message: `answers.yml: ${error.message}` }, error);
  }
  const result = v.safeParse(written, read);
  if (result.success) return result.output;
  const [issue] = result.issues;
  const message = `answers.yml: ${v.getDotPath(issue) ?? ''}: ${issue.message}`;
  throw problem('target-invalid', { target, message });
}
