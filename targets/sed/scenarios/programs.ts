import { shell } from '../../../src/target/dialect.ts';
import type { Scenario } from '../../../src/target/scenario.ts';
import { hello, LINES, records, refused, runs, SED, trusted } from './common.ts';
import { exchangedScript } from '../../../src/target/exchanged.ts';

/** A name of more bytes than a file system takes: NAME_MAX is 255 (limits.h). */
const TOO_LONG = 'n'.repeat(300);

/** A run of one script file, whose name the options hold. */
const byOptions = (id: string, what: string, ...options: readonly string[]): Scenario => ({
  id,
  what,
  files: { 'script.sed': hello('script') },
  argv: [SED, ...options],
  marked: ['script.sed'],
  plain: [],
  says: ['script ran'],
  refused: refused('script.sed'),
});

/** An executable whose first line has options. */
const byLine = (id: string, what: string, options: string): Scenario => ({
  id,
  what,
  files: { tool: trusted(`#!${SED} ${options}\n${hello('tool')}`) },
  argv: ['/bin/sh', '-c', ['./tool', ...LINES].join(' ')],
  marked: ['tool'],
  plain: [],
  says: ['tool ran'],
});

/** The script files: by all the options that name them, and by all their names. */
export const programs: readonly Scenario[] = [
  byOptions('script-glued', 'a script file in the same word as -f', '-fscript.sed', ...LINES),
  byOptions(
    'script-options',
    'a script file behind other options',
    '-n',
    '-E',
    '-s',
    '-l',
    '60',
    '-f',
    'script.sed',
    '--',
    ...LINES,
  ),
  byOptions('script-joined', 'a script file in a word of several options', '-nEfscript.sed', ...LINES),
  byOptions('script-long', 'a script file that --file names', '--file', 'script.sed', ...LINES),
  byOptions('script-long-glued', 'a script file in the same word as --file', '--file=script.sed', ...LINES),
  byOptions('script-abbreviated', 'a script file that an abbreviation names', '--fi=script.sed', ...LINES),
  byOptions('script-last', 'a script file behind what it works on', ...LINES, '-f', 'script.sed'),
  {
    ...byOptions('script-posix', 'a script file, with --posix', '--posix', '-f', 'script.sed', ...LINES),
    files: { 'script.sed': 's/.*/script/\ns/$/ ran/\nq\n' },
  },
  {
    ...byOptions('script-quiet', 'a script file whose first line is #n', '-f', 'script.sed', ...LINES),
    files: { 'script.sed': '#n\ns/.*/script/\ns/$/ ran/p\nq\n' },
  },
  byLine('quiet-line', 'an executable whose first line has -nf', '-nf'),
  byLine('long-line', 'an executable whose first line has --file', '--file'),
  {
    id: 'second',
    what: 'the second of two script files: nothing of the first has run when it is refused',
    files: { 'one.sed': trusted('s/^/one /\n'), 'two.sed': 's/$/ two/\n', records },
    argv: [SED, '-f', 'one.sed', '-f', 'two.sed', 'records'],
    marked: ['one.sed', 'two.sed'],
    plain: ['records'],
    says: ['one record two'],
    refused: { ...refused('two.sed'), never: ['record'] },
    // Not on a noexec mount, where the first would be refused.
    placements: ['executable', 'plain'],
  },
  {
    id: 'continued',
    what: 'a text that begins at the end of one script file and goes on in the next',
    files: { 'one.sed': trusted('a\\'), 'two.sed': 'two ran\n', records },
    argv: [SED, '-f', 'one.sed', '-f', 'two.sed', 'records'],
    marked: ['one.sed', 'two.sed'],
    plain: ['records'],
    says: ['record\ntwo ran'],
    refused: { ...refused('two.sed'), never: ['ran'] },
    placements: ['executable', 'plain'],
  },
  {
    id: 'pipe',
    what: 'a script from a pipe, by the name of its descriptor: no regular file, no code',
    files: {},
    argv: shell(`printf 's/.*/pipe/\\ns/$/ ran/\\nq\\n' | ${runs('/dev/fd/0')}`),
    marked: [],
    plain: [],
    system: /^\/dev\/fd\/0$/,
    irregular: true,
    says: ['pipe ran'],
    refused: refused('/dev/fd/0'),
  },
  {
    id: 'inner-script',
    what: 'a script that starts another by the command e: each process asks for itself',
    files: {
      'outer.sed': trusted('s/.*/outer/\nh\ne "$SED" -f inner.sed /etc/passwd\ng\ns/$/ ran/p\nQ\n'),
      'inner.sed': hello('inner'),
    },
    argv: [SED, '-f', 'outer.sed', ...LINES],
    env: { SED },
    marked: ['outer.sed', 'inner.sed'],
    plain: [],
    // A noexec mount would refuse the outer one as well.
    placements: ['executable', 'plain'],
    says: ['inner ran\nouter ran'],
    refused: { says: [...refused('inner.sed').says, 'outer ran'], never: ['inner ran'], status: 0 },
  },
  {
    id: 'rename-race',
    what: 'a file that is exchanged while it is opened: what is opened is what is judged',
    files: {
      trusted: trusted(hello('trusted')),
      other: hello('other'),
      'race.sh': trusted(exchangedScript(`"$SED" -f tool ${LINES.join(' ')}`)),
    },
    argv: ['/bin/sh', 'race.sh'],
    env: { SED },
    marked: [],
    judged: ['other'],
    plain: [],
    placements: ['executable', 'plain'],
    traced: false,
    says: ['trusted 1 other 1'],
    refused: { says: ['trusted 1 other 0'], status: 0 },
  },
  {
    id: 'script-missing',
    what: 'a script file that is nowhere: the error is as before',
    files: {},
    argv: [SED, '-f', 'nowhere.sed', ...LINES],
    marked: ['nowhere.sed'],
    plain: [],
    says: ["couldn't open file nowhere.sed: No such file or directory"],
    status: 4,
  },
  {
    id: 'script-too-long',
    what: 'a script file with too long a name: the error is as before',
    files: {},
    argv: [SED, '-f', TOO_LONG, ...LINES],
    marked: [TOO_LONG],
    plain: [],
    says: [`couldn't open file ${TOO_LONG}: File name too long`],
    status: 4,
  },
  {
    id: 'directory',
    what: 'a directory as script file, on a kernel without the flag: an empty script, as before',
    files: { 'folder/': '', records },
    argv: [SED, '-f', 'folder', 'records'],
    kernel: 'none',
    marked: [],
    plain: ['folder', 'records'],
    says: ['record\n'],
  },
  {
    id: 'old-kernel',
    what: 'a kernel without the flag is asked once, and script files are opened as before',
    files: { 'one.sed': 's/^/one /\n', 'two.sed': 's/$/ two/\n', records },
    argv: [SED, '-f', 'one.sed', '-f', 'two.sed', 'records'],
    kernel: 'none',
    marked: [],
    plain: ['one.sed', 'two.sed', 'records'],
    says: ['one record two'],
  },
];
