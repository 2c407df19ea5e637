import { refusedScript as refused } from '../../../src/target/dialect.ts';
import type { Refusal } from '../../../src/target/scenario.ts';
import { dialect } from '../dialect.ts';

export const PERL = '{interpreter}';

/** A file of code that shows that it ran. */
export const hello = (name: string): string => `print "${name} ran\\n";\n1;\n`;

/** How perl ends whose script is refused: as for one that cannot be read, with EACCES. */
export const refusedScript = (name: string): Refusal => refused(dialect, name);

/** How a program ends that comes upon a refused module: with its name and EACCES. */
export const refusedModule = (name: string, path: string, never?: readonly string[]): Refusal => ({
  says: [`Can't locate ${name}:   ${path}: Permission denied`],
  status: 13,
  ...(never && { never }),
});

/** Where perl is installed: what it loads by itself. */
export const OWN = /\/lib\/perl5\/.*\.(?:pl|pm|al|ix)$/;

/** The debugger with nothing to read from, writing where the program does. */
export const DEBUGGER = 'TTY=/dev/null,/dev/stdout ReadLine=0';

/** Commands for the debugger, as if they had been typed. */
export const typed = (...commands: readonly string[]): string =>
  `BEGIN { require "perl5db.pl"; @DB::typeahead = (${commands.map((one) => `q{${one}}`).join(', ')}) }`;
