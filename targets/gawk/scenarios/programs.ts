import type { Scenario } from '../../../src/target/scenario.ts';
import { GAWK, hello, refused } from './common.ts';

/** A name of more bytes than a file system takes: NAME_MAX is 255 (limits.h). */
const TOO_LONG = 'n'.repeat(300);

/** A run of one program file, whose name the options end with. */
const byOptions = (id: string, what: string, ...options: readonly string[]): Scenario => ({
  id,
  what,
  files: { 'script.awk': hello('script') },
  argv: [GAWK, ...options],
  marked: ['script.awk'],
  plain: [],
  says: ['script ran'],
  refused: refused('script.awk'),
});

/** The program files: by all the options that name them, and by all their names. */
export const programs: readonly Scenario[] = [
  byOptions('script-long', 'a program file that --file names', '--file', 'script.awk'),
  byOptions('script-long-glued', 'a program file in the same word as --file', '--file=script.awk'),
  byOptions('script-posix', 'a program file, with --posix', '--posix', '-f', 'script.awk'),
  byOptions('script-traditional', 'a program file, with --traditional', '-c', '-f', 'script.awk'),
  byOptions('exec', 'a program file that -E names', '-E', 'script.awk', 'a=1'),
  byOptions('exec-long', 'a program file that --exec names', '--exec', 'script.awk'),
  {
    ...byOptions('script-suffix', 'a program file that is found with .awk behind its name', '-f', 'script'),
    refused: refused('script'),
  },
  {
    id: 'exec-line',
    what: 'an executable whose first line has -E',
    files: { tool: { text: `#!${GAWK} -E\n${hello('tool')}`, mode: 0o755 } },
    argv: ['/bin/sh', '-c', './tool argument'],
    marked: ['tool'],
    plain: [],
    says: ['tool ran'],
  },
  {
    id: 'by-lines',
    what: 'a program file that is read by lines: AWKREADFUNC',
    files: { 'script.awk': hello('script') },
    argv: [GAWK, '-f', 'script.awk'],
    env: { AWKREADFUNC: '1' },
    marked: ['script.awk'],
    plain: [],
    says: ['script ran'],
    refused: refused('script.awk'),
  },
  {
    id: 'awkpath',
    what: 'a program file that AWKPATH leads to',
    files: { 'library/script.awk': hello('script') },
    argv: [GAWK, '-f', 'script'],
    env: { AWKPATH: '{folder}/library' },
    marked: ['library/script.awk'],
    plain: [],
    says: ['script ran'],
    refused: refused('script'),
  },
  {
    id: 'search',
    what: 'a refusal ends the search of AWKPATH: a program file later in it does not run',
    files: {
      'one/script.awk': hello('one'),
      'two/script.awk': { text: hello('two'), mode: 0o755 },
    },
    argv: [GAWK, '-f', 'script.awk'],
    env: { AWKPATH: 'one:{folder}/two' },
    marked: ['one/script.awk'],
    plain: [],
    placements: ['executable', 'plain'],
    says: ['one ran'],
    refused: { ...refused('script.awk'), never: ['ran'] },
  },
  {
    id: 'script-missing',
    what: 'a program file that is nowhere: the error is as before',
    files: {},
    argv: [GAWK, '-f', 'nowhere.awk'],
    // gawk looks for it, and opens nothing.
    marked: [],
    plain: [],
    says: ["gawk: fatal: cannot open source file `nowhere.awk' for reading: No such file or directory"],
    status: 2,
  },
  {
    id: 'script-too-long',
    what: 'a program file with too long a name: the error is as before',
    files: {},
    argv: [GAWK, '-f', TOO_LONG],
    marked: [],
    plain: [],
    // The search goes on with .awk behind the name, and reports that.
    says: [`gawk: fatal: cannot open source file \`${TOO_LONG}' for reading: `],
    status: 2,
  },
  {
    id: 'directory',
    what: 'a directory as program file: it cannot be read, or not even be opened where the kernel knows the flag',
    files: { 'folder/': '' },
    argv: [GAWK, '-f', 'folder'],
    marked: ['folder'],
    plain: [],
    // Whether it is opened once more depends on the kernel.
    traced: false,
    says: ['gawk: ', "source file `folder'", ': Is a directory\n'],
    status: 1,
  },
];
