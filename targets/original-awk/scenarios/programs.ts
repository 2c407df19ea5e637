import { shell } from '../../../src/target/dialect.ts';
import type { Scenario } from '../../../src/target/scenario.ts';
import { AWK, hello, refused } from './common.ts';

/** A name of more bytes than a file system takes: NAME_MAX is 255 (limits.h). */
const TOO_LONG = 'n'.repeat(300);

/** A run of one program file, whose name the options end with. */
const byOptions = (id: string, what: string, ...options: readonly string[]): Scenario => ({
  id,
  what,
  files: { 'script.awk': hello('script') },
  argv: [AWK, ...options],
  marked: ['script.awk'],
  plain: [],
  says: ['script ran'],
  refused: refused('script.awk'),
});

/** A program file that cannot be opened: the error is as before. */
const missing = (id: string, what: string, name: string): Scenario => ({
  id,
  what,
  files: {},
  argv: [AWK, '-f', name],
  marked: [name],
  plain: [],
  says: [`: can't open file ${name}\n`],
  status: 2,
});

/** The program files: by the options that original-awk alone has, and what is no program file. */
export const programs: readonly Scenario[] = [
  byOptions(
    'script-safe',
    'a program file, where commands and redirections are off',
    '-safe',
    '-f',
    'script.awk',
  ),
  {
    ...byOptions('script-debug', 'a program file, with a trace', '-d', '-fscript.awk'),
    // The trace stands between the words, and has addresses.
    traced: false,
    says: ['scriptgetsval', 'rangetsval'],
  },
  byOptions(
    'script-unknown',
    'a program file behind an option that is ignored',
    '--posix',
    '-f',
    'script.awk',
  ),
  {
    ...byOptions('script-csv', 'a program file for comma-separated values', '--csv', '-f', 'script.awk'),
    where: 'csv',
  },
  {
    id: 'middle',
    what: 'a rule that goes on in the next program file: the refused one is the second of three',
    files: {
      'one.awk': { text: 'BEGIN {\n', mode: 0o755 },
      'two.awk': 'print "two", "ran"\n',
      'three.awk': { text: 'print "three", "ran" }\n', mode: 0o755 },
    },
    argv: [AWK, '-f', 'one.awk', '-f', 'two.awk', '-f', 'three.awk'],
    marked: ['one.awk', 'two.awk', 'three.awk'],
    plain: [],
    // Where the second is refused, the third is not opened; on a noexec mount the first is refused.
    traced: false,
    placements: ['executable', 'plain'],
    says: ['two ran\nthree ran'],
    refused: { ...refused('two.awk'), never: ['two ran', 'three ran'] },
  },
  missing('script-missing', 'a program file that is nowhere: the error is as before', 'nowhere.awk'),
  missing('script-too-long', 'a program file with too long a name: the error is as before', TOO_LONG),
  {
    id: 'directory',
    what: 'a directory as program file: an empty program, or none where the kernel knows the flag',
    files: { 'folder/': '' },
    argv: shell('"$0" -f folder 2>/dev/null; echo over'),
    marked: ['folder'],
    plain: [],
    // Whether it is opened once more depends on the kernel, and so does the status.
    traced: false,
    says: ['over\n'],
  },
];
