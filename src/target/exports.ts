import * as v from 'valibot';
import { problem } from '../problems.ts';
import type { Trials } from './scenario.ts';

const anObject = v.custom<object>(
  (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
  'is no object',
);
const texts = v.array(v.string());

/** What the files of a target may export that are loaded by their names. */
export const EXPORTS = {
  target: { target: anObject },
  'scenarios/index': { scenarios: v.array(anObject) },
  deploy: { deployment: anObject },
  ways: { ways: anObject },
  build: {
    // Read by target.ts.
    recipe: v.optional(anObject),
    warnings: texts,
    unoptimised: texts,
    unoptimisedRarely: v.optional(v.string()),
    copies: v.optional(v.record(v.string(), v.string())),
    libraryOpens: v.record(v.string(), v.string()),
    ownTests: v.union([
      v.strictObject({ none: v.pipe(v.string(), v.nonEmpty('is no reason')) }),
      v.looseObject({ heading: v.instance(RegExp), atLeast: v.pipe(v.number(), v.integer(), v.minValue(1)) }),
    ]),
    variants: v.optional(v.array(anObject)),
    rebuild: anObject,
    prefix: v.optional(v.string()),
    ownCode: v.optional(v.instance(RegExp)),
  } satisfies Record<Exclude<keyof Trials, 'scenarios'> | 'recipe', v.GenericSchema>,
} as const satisfies Record<string, v.ObjectEntries>;

/** A file that is loaded by its name, without its ending. */
export type LoadedFile = keyof typeof EXPORTS;

/**
 * Checks that a file of a target exports what is read of it, and nothing that nobody reads: what is optional would be
 * missed by nobody if its name were misspelt.
 *
 * @param target its name
 * @param loaded what the file exports, by name
 * @throws Problem `target-invalid`, with the file and the export
 */
export function checkExports(
  target: string,
  file: LoadedFile,
  loaded: Readonly<Record<string, unknown>>,
): void {
  const entries: v.ObjectEntries = EXPORTS[file];
  const wrong = (message: string): Error =>
    problem('target-invalid', { target, message: `${file}.ts ${message}` });
  const known = Object.keys(entries);
  const unread = Object.keys(loaded).find((name) => !known.includes(name));
  if (unread !== undefined)
    throw wrong(`exports \`${unread}\`, which nothing reads; what it may export: ${known.join(', ')}`);
  const missing = known.find((name) => loaded[name] === undefined && entries[name]?.type !== 'optional');
  if (missing !== undefined) throw wrong(`does not export \`${missing}\``);
  const result = v.safeParse(v.object(entries), loaded);
  if (result.success) return;
  const [issue] = result.issues;
  throw wrong(`exports a wrong \`${v.getDotPath(issue) ?? ''}\`: ${issue.message}`);
}
