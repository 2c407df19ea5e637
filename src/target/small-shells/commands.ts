import { deniedInput, inShell, shell } from '../dialect.ts';
import type { Scenario } from '../scenario.ts';
import { program, PROFILES, words } from './voice.ts';
import type { ShellVoice } from './voice.ts';

/** Code from no file: the option, the standard input and a prompt. */
export function commands(voice: ShellVoice): readonly Scenario[] {
  const { denied } = voice.dialect;
  return given(voice).map((one) => ({ ...one, ...(denied && { patch: denied.patch }) }));
}

function given(voice: ShellVoice): readonly Scenario[] {
  const { dialect, denied, missing, startup } = voice;
  const { hello } = dialect;
  const itself = program(voice);
  return [
    {
      id: 'command-options',
      what: '-c with other options and a name',
      files: {},
      argv: [...itself, '-ec', 'echo "command ran"', 'name'],
      marked: [],
      plain: [],
      says: ['command ran'],
      denied: denied('-c'),
    },
    {
      id: 'command-login',
      what: '-l -c: it is refused before a profile is read',
      files: { 'home/.profile': { text: hello('profile'), mode: 0o755 } },
      argv: [...itself, '-l', '-c', 'echo "command ran"'],
      marked: ['home/.profile'],
      plain: [],
      system: PROFILES,
      placements: ['executable', 'plain'],
      says: ['profile ran\ncommand ran'],
      denied: denied('-c', { never: ['profile ran', 'command ran'] }),
    },
    {
      id: 'command-interactive',
      what: '-i -c: an interactive shell ends too',
      files: {},
      argv: [...itself, '-i', '-c', 'echo "command ran"'],
      marked: [],
      plain: [],
      traced: false,
      says: ['command ran'],
      denied: denied('-c'),
    },
    {
      id: 'stdin-login',
      what: 'a login shell that reads its standard input: it is refused before a profile is read',
      files: { 'home/.profile': { text: hello('profile'), mode: 0o755 } },
      argv: [...itself, '-l'],
      input: 'echo "input" "ran"\n',
      marked: ['home/.profile'],
      plain: [],
      system: PROFILES,
      placements: ['executable', 'plain'],
      says: ['profile ran\ninput ran'],
      ...deniedInput(dialect),
      denied: denied('standard input', { never: ['profile ran', 'input ran'] }),
    },
    {
      id: 'stdin-offset',
      what: 'a file that is the standard input is read from where it is',
      files: { 'script.sh': `read line\n${hello('script')}` },
      argv: shell(`{ read line; exec ${inShell(...words(voice, '-s'))}; } <script.sh`),
      marked: [],
      plain: ['script.sh'],
      says: ['script ran'],
      ...deniedInput(dialect),
      passing: ['script.sh'],
    },
    {
      id: 'stdin-interactive',
      what: '`exec <file` in an interactive shell whose standard input is a file that may be executed: it ends, and does not ask again',
      files: { 'first.sh': { text: 'exec <second.sh\n', mode: 0o755 }, 'second.sh': hello('second') },
      argv: shell(`exec ${inShell(...words(voice, '-i'))} <first.sh`),
      marked: [],
      plain: ['first.sh', 'second.sh'],
      // The shell names its process where it has no terminal.
      traced: false,
      says: ['second ran'],
      ...deniedInput(dialect),
      passing: ['second.sh'],
    },
    {
      id: 'stdin-long',
      what: 'a program on the standard input that goes on behind more than is read at a time',
      files: { 'script.sh': `${': a line that does nothing\n'.repeat(1000)}${hello('script')}` },
      argv: shell(`exec ${inShell(...words(voice))} <script.sh`),
      marked: [],
      plain: ['script.sh'],
      says: ['script ran'],
      ...deniedInput(dialect),
      passing: ['script.sh'],
    },
    {
      id: 'stdin-data',
      what: 'a program on the standard input redirects it for commands that read data',
      files: {
        'first.sh': {
          text: 'exec 4<&0; read one <data; { read two; } <data\nf() { exec <data; read three; echo "$one $two $three"; exit; }\nf\n',
          mode: 0o755,
        },
        data: 'text\n',
      },
      argv: shell(`exec ${inShell(...words(voice))} <first.sh`),
      marked: [],
      plain: ['first.sh', 'data'],
      says: ['text text text'],
      denied: 'runs',
    },
    {
      id: 'stdin-of-a-script',
      what: 'a script reads data from a standard input that is a pipe',
      files: {
        'script.sh': { text: 'read line; echo "got $line"; (read line; echo "and $line")\n', mode: 0o755 },
      },
      argv: [...itself, 'script.sh'],
      input: 'one\ntwo\n',
      marked: ['script.sh'],
      plain: [],
      placements: ['executable', 'plain'],
      says: ['got one\nand two'],
      denied: 'runs',
    },
    {
      id: 'prompt',
      what: 'commands that are typed at a prompt: the shell ends, and does not ask again',
      files: {},
      argv: [...itself, '-i'],
      typed: 'echo "$((40 + 2)) typed"\nexit\n',
      marked: [...startup],
      plain: [],
      says: ['42 typed'],
      ...deniedInput(dialect),
    },
    {
      id: 'prompt-after-error',
      what: 'a script of an interactive shell whose error brings the shell back: it reads on in the script',
      files: {
        // What was read ahead is lost.
        'script.sh': { text: `. ./nowhere.sh\n${'\n'.repeat(20_000)}echo "went" "on"\n`, mode: 0o755 },
      },
      argv: [...itself, '-i', 'script.sh'],
      marked: ['script.sh', 'nowhere.sh'],
      plain: [],
      traced: false,
      placements: ['executable', 'plain'],
      says: [...missing('./nowhere.sh'), 'went on'],
      denied: 'runs',
    },
  ];
}
