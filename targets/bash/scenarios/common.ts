import { refusedScript as refused } from '../../../src/target/dialect.ts';
import type { Refusal } from '../../../src/target/scenario.ts';
import { dialect } from '../dialect.ts';

export const BASH = '{interpreter}';

/** For an interactive shell whose own files are not what is looked at; there is no such inputrc. */
export const quiet = { HISTFILE: '/dev/null', INPUTRC: '{folder}/inputrc' };

/** A script that shows that it ran. */
export const hello = (name: string): string => `echo "${name} ran"\n`;

/** How a shell ends that was given a script which is refused: as for one that cannot be read. */
export const refusedScript = (name: string): Refusal => refused(dialect, name);

/** What a shell says of a file that it reads on its way; it goes on, and ends as it would have. */
export const refusedFile = (name: string, status: number, never?: readonly string[]): Refusal => ({
  says: [`${name}: Permission denied`],
  status,
  ...(never && { never }),
});
