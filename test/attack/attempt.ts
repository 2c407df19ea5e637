import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { load } from 'js-yaml';
import * as v from 'valibot';
import { packageFolder } from '../../src/package.ts';

/**
 * A try to have an interpreter run code that nothing vouches for. In its texts `{interpreter}` is the program and
 * `{folder}` the folder of its files, where it starts. The code has run if there is a file `mark` in that folder at the
 * end, or PWNED stands in what was printed.
 */
export interface Attempt {
  /** Of its own among those of the interpreter. */
  readonly name: string;
  /** What it tries to get round, where its name does not say it. */
  readonly why?: string;
  /** A command line of /bin/sh. */
  readonly run: string;
  /** Files with execute permission, by path. */
  readonly trusted?: Readonly<Record<string, string>>;
  /** Files that must not be executed, by path: their placement says what forbids it. */
  readonly hostile?: Readonly<Record<string, string>>;
  /** Typed on a terminal of its own, each text after a pause. */
  readonly type?: readonly string[];
  /**
   * What forbids the hostile files: `plain` is mode 0644, `noexec` is a link to a file of mode 0755 on a noexec mount.
   * Both in turn unless given.
   */
  readonly placements?: readonly ('plain' | 'noexec')[];
  /** The securebit that must refuse it alone: RESTRICT_FILE or DENY_INTERACTIVE. Both together must in any case. */
  readonly by?: 'file' | 'interactive';
  /** It does run: where a document says so. */
  readonly runs?: string;
  /** The capabilities of a release that it is for, as scenarios name them. */
  readonly where?: string | readonly string[];
  /** Seconds after which it is ended; 10 unless given. */
  readonly seconds?: number;
}

const texts = v.record(v.string(), v.string());
const ATTEMPTS = v.array(
  v.strictObject({
    name: v.string(),
    why: v.exactOptional(v.string()),
    run: v.string(),
    trusted: v.exactOptional(texts),
    hostile: v.exactOptional(texts),
    type: v.exactOptional(v.array(v.string())),
    placements: v.exactOptional(v.array(v.picklist(['plain', 'noexec']))),
    by: v.exactOptional(v.picklist(['file', 'interactive'])),
    runs: v.exactOptional(v.string()),
    where: v.exactOptional(v.union([v.string(), v.array(v.string())])),
    seconds: v.exactOptional(v.number()),
  }),
);

/** The folder of the attempts: one a target, files of YAML in it. */
const FOLDER = join(packageFolder, 'test', 'attack');

/**
 * All attempts on an interpreter, in the order of their files' names.
 *
 * @param target the name of its folder; without attempts there are none
 * @throws an Error that names the file, for one that is not as {@link Attempt} says
 */
export function readAttempts(target: string): readonly Attempt[] {
  const names = readdirSync(FOLDER, { recursive: true, encoding: 'utf8' });
  return names
    .filter((name) => name.startsWith(`${target}/`) && name.endsWith('.yml'))
    .sort()
    .flatMap((name) => {
      const result = v.safeParse(
        ATTEMPTS,
        load(readFileSync(join(FOLDER, name), 'utf8'), { filename: name }),
      );
      if (result.success) return result.output;
      const [issue] = result.issues;
      throw new Error(`test/attack/${name}: ${v.getDotPath(issue) ?? ''}: ${issue.message}`);
    });
}
