import { INTERPRETER } from '../dialect.ts';
import type { Scenario } from '../scenario.ts';
import { program, PROFILES } from './voice.ts';
import type { ShellVoice } from './voice.ts';

/** Files that a shell reads into itself: sourced ones and startup files. */
export function sourced(voice: ShellVoice): readonly Scenario[] {
  const { dialect, dotStatus, foundAs, refusedFile } = voice;
  const { hello, option } = dialect;
  const itself = program(voice);
  const found = (folder: string, name: string): string =>
    foundAs === 'path' ? `{folder}/${folder}/${name}` : name;
  return [
    {
      id: 'dot-path',
      what: '`.` through PATH',
      files: { 'bin/two.sh': hello('two') },
      argv: [...itself, option, '. two.sh'],
      env: { PATH: '{folder}/bin:/usr/bin:/bin' },
      marked: ['bin/two.sh'],
      plain: [],
      says: ['two ran'],
      refused: refusedFile(found('bin', 'two.sh'), dotStatus),
    },
    {
      id: 'dot-path-stops',
      what: 'a refusal ends the search of `.` in PATH',
      files: { 'one/lib.sh': hello('first'), 'two/lib.sh': { text: hello('second'), mode: 0o755 } },
      argv: [...itself, option, '. lib.sh; echo "went on"'],
      env: { PATH: '{folder}/one:{folder}/two:/usr/bin:/bin' },
      marked: ['one/lib.sh'],
      plain: [],
      says: ['first ran', 'went on'],
      refused: refusedFile(found('one', 'lib.sh'), dotStatus, { never: ['ran', 'went on'] }),
    },
    {
      id: 'dot-guarded',
      what: 'a trusted script that sources a file with `command .`: the file alone is refused, and the script goes on',
      files: {
        'script.sh': { text: 'command . ./lib.sh || echo "status $?"\n', mode: 0o755 },
        'lib.sh': hello('lib'),
      },
      argv: [...itself, 'script.sh'],
      marked: ['script.sh', 'lib.sh'],
      plain: [],
      placements: ['executable', 'plain'],
      says: ['lib ran'],
      refused: refusedFile('./lib.sh', 0, { says: [`status ${dotStatus}`], never: ['lib ran'] }),
    },
    {
      id: 'env',
      what: 'ENV of an interactive shell: a refused file is named, and the shell goes on',
      files: { 'env.sh': hello('env') },
      argv: [...itself, '-i'],
      env: { ENV: '{folder}/env.sh' },
      typed: 'echo "$((40 + 2)) typed"\nexit\n',
      marked: ['env.sh'],
      plain: [],
      says: ['env ran', '42 typed'],
      refused: refusedFile('{folder}/env.sh', 0, { says: ['42 typed'], never: ['env ran'] }),
    },
    {
      id: 'login',
      what: '-l: a refused profile is named, and does not end a login shell',
      files: { 'home/.profile': hello('profile') },
      argv: [...itself, '-l', option, 'echo "command ran"; exit 3'],
      marked: ['home/.profile'],
      plain: [],
      system: PROFILES,
      says: ['profile ran\ncommand ran'],
      status: 3,
      refused: refusedFile('{folder}/home/.profile', 3, { says: ['command ran'], never: ['profile ran'] }),
    },
    {
      id: 'login-name',
      what: 'a name that begins with a dash makes a login shell',
      files: { 'home/.profile': hello('profile'), '-sh': { link: INTERPRETER } },
      argv: ['/bin/sh', '-c', 'PATH=$PWD; -sh -c "echo command ran"'],
      marked: ['home/.profile'],
      plain: [],
      system: PROFILES,
      says: ['profile ran\ncommand ran'],
      refused: refusedFile('{folder}/home/.profile', 0, { says: ['command ran'], never: ['profile ran'] }),
    },
    {
      id: 'login-unreadable',
      what: '-l: a profile that may not be read is skipped without a word, as before',
      files: { 'home/.profile': { text: hello('profile'), mode: 0o311 } },
      argv: [...itself, '-l', option, 'echo "command ran" $(echo "$(id -u)" | grep -c .)'],
      marked: ['home/.profile'],
      plain: [],
      system: PROFILES,
      // Root may read it.
      traced: false,
      says: ['command ran 1'],
    },
    {
      id: 'old-kernel',
      what: 'a kernel without the flag is asked once, and code is opened as before',
      files: { 'script.sh': '. ./one.sh\n. ./one.sh\n(. ./one.sh)\n', 'one.sh': hello('one') },
      argv: [...itself, 'script.sh'],
      kernel: 'none',
      marked: [],
      plain: ['script.sh', 'one.sh'],
      says: ['one ran\none ran\none ran'],
    },
  ];
}
