import type { Scenario } from '../../../src/target/scenario.ts';
import { MAWK, hello, refused } from './common.ts';

/** A name of more bytes than a file system takes: NAME_MAX is 255 (limits.h). */
const TOO_LONG = 'n'.repeat(300);

/** A run of one program file, whose name the options end with. */
const byOptions = (id: string, what: string, ...options: readonly string[]): Scenario => ({
  id,
  what,
  files: { 'script.awk': hello('script') },
  argv: [MAWK, ...options],
  marked: ['script.awk'],
  plain: [],
  says: ['script ran'],
  refused: refused('script.awk'),
});

/** The program files: by the options that mawk alone has, and what is no program file. */
export const programs: readonly Scenario[] = [
  byOptions('exec', 'a program file that -W exec names', '-W', 'exec', 'script.awk'),
  byOptions('exec-short', 'a program file that an abbreviation of -W exec names', '-We', 'script.awk'),
  byOptions('exec-list', 'a program file behind a list of options of -W', '-Winteractive,exec', 'script.awk'),
  {
    ...byOptions('exec-long', 'a program file that --exec names', '--exec', 'script.awk'),
    where: 'long-options',
  },
  {
    id: 'exec-line',
    what: 'an executable whose first line has -W exec',
    files: { tool: { text: `#!${MAWK} -Wexec\n${hello('tool')}`, mode: 0o755 } },
    argv: ['/bin/sh', '-c', './tool argument'],
    marked: ['tool'],
    plain: [],
    says: ['tool ran'],
  },
  {
    id: 'script-missing',
    what: 'a program file that is nowhere: the error is as before',
    files: {},
    argv: [MAWK, '-f', 'nowhere.awk'],
    marked: ['nowhere.awk'],
    plain: [],
    says: ['mawk: cannot open ', 'nowhere.awk', ' (No such file or directory)'],
    status: 2,
  },
  {
    id: 'script-too-long',
    what: 'a program file with too long a name: the error is as before',
    files: {},
    argv: [MAWK, '-f', TOO_LONG],
    marked: [TOO_LONG],
    plain: [],
    says: ['mawk: cannot open ', TOO_LONG, ' (File name too long)'],
    status: 2,
  },
  {
    id: 'directory',
    what: 'a directory as program file: it cannot be read, or not even be opened where the kernel knows the flag',
    files: { 'folder/': '' },
    argv: [MAWK, '-f', 'folder'],
    marked: ['folder'],
    plain: [],
    // Whether it is opened once more depends on the kernel.
    traced: false,
    says: ['mawk: ', ' (Is a directory)\n'],
    status: 2,
  },
];
