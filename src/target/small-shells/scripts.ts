import { inShell, INTERPRETER, refusedScript, shell } from '../dialect.ts';
import type { Scenario } from '../scenario.ts';
import { program, words } from './voice.ts';
import type { ShellVoice } from './voice.ts';
import { exchangedScript } from '../exchanged.ts';

/** The script that is given: by all its names, and what may stand in its place. */
export function scripts(voice: ShellVoice): readonly Scenario[] {
  const { dialect } = voice;
  const { hello } = dialect;
  const itself = program(voice);
  return [
    {
      id: 'script-options',
      what: 'a script behind options, and behind --',
      files: { 'script.sh': hello('script') },
      argv: [...itself, '-euf', '-o', 'noclobber', '--', 'script.sh'],
      marked: ['script.sh'],
      plain: [],
      says: ['script ran'],
      refused: refusedScript(dialect, 'script.sh'),
    },
    {
      id: 'script-interactive',
      what: '-i with a script: an error does not end an interactive shell, but a script that is refused does',
      files: { 'script.sh': hello('script') },
      argv: [...itself, '-i', 'script.sh'],
      marked: ['script.sh'],
      plain: [],
      // The shell names its process where it has no terminal.
      traced: false,
      says: ['script ran'],
      refused: refusedScript(dialect, 'script.sh'),
    },
    {
      id: 'pipe',
      what: 'a script from a pipe, by the name of its descriptor: no regular file, no code',
      files: {},
      argv: shell(`echo echo pipe ran | ${inShell(...words(voice, '/dev/fd/0'))}`),
      marked: [],
      plain: [],
      system: /^\/dev\/fd\/0$/,
      irregular: true,
      says: ['pipe ran'],
      refused: refusedScript(dialect, '/dev/fd/0'),
    },
    {
      id: 'rename-race',
      what: 'a file that is exchanged while it is opened: what is opened is what is judged',
      files: {
        'bin/trusted': { text: hello('trusted'), mode: 0o755 },
        'bin/other': hello('other'),
        'race.sh': {
          mode: 0o755,
          text: exchangedScript(['"$INNER"', ...words(voice, 'bin/tool')].join(' '), 'bin/'),
        },
      },
      argv: [...itself, 'race.sh'],
      env: { INNER: INTERPRETER },
      marked: [],
      judged: ['bin/other'],
      plain: [],
      placements: ['executable', 'plain'],
      traced: false,
      says: ['trusted 1 other 1'],
      refused: { says: ['trusted 1 other 0'], status: 0 },
    },
    {
      id: 'directory',
      what: 'a directory as script, and as the file of `.`: it is opened and has no commands, as before',
      files: { 'folder/': '', 'script.sh': { text: '. ./folder\necho "script ran"\n', mode: 0o755 } },
      argv: [
        ...itself,
        dialect.option,
        `${inShell(...words(voice, 'folder'))} && ${inShell(...words(voice, 'script.sh'))}`,
        INTERPRETER,
      ],
      marked: ['folder', 'script.sh'],
      plain: ['folder'],
      // Whether it is opened once more depends on the kernel.
      traced: false,
      placements: ['executable', 'plain'],
      says: ['script ran'],
    },
  ];
}
