import type { Scenario } from '../scenario.ts';
import { fromFile, ignored, trustedScript } from './begun.ts';
import { program } from './voice.ts';
import type { ShellVoice } from './voice.ts';

/** What the shells that come from Kenneth Almquist's have in common: folders of functions in PATH, and what they expand. */
export function almquist(voice: ShellVoice): readonly Scenario[] {
  return [...folders(voice), ...expanded(voice).map((one) => ({ ...one, patch: voice.environmentPatch }))];
}

/** Files that `.` and the search of PATH find. */
function folders(voice: ShellVoice): readonly Scenario[] {
  const { dialect, dotStatus, refusedFile } = voice;
  const { option } = dialect;
  const itself = program(voice);
  return [
    {
      id: 'dot-here-document',
      what: '. /dev/fd/3 of a here-document: no regular file, no code',
      files: {},
      argv: [...itself, option, '. /dev/fd/3 3<<END\necho pipe ran\nEND\n'],
      marked: [],
      plain: [],
      system: /^\/dev\/fd\/3$/,
      irregular: true,
      says: ['pipe ran'],
      refused: refusedFile('/dev/fd/3', dotStatus),
    },
    {
      id: 'function-folder',
      what: 'PATH from the environment marks a folder with %func: a command of the name of a file reads it',
      files: {
        'functions/greet': 'greet() { echo "function ran"; }\n',
        'script.sh': { text: 'greet\n', mode: 0o755 },
      },
      argv: [...itself, 'script.sh'],
      env: { PATH: '{folder}/functions%func:/usr/bin:/bin' },
      marked: ['script.sh', 'functions/greet'],
      plain: [],
      placements: ['executable', 'plain'],
      says: ['function ran'],
      refused: refusedFile('{folder}/functions/greet', dotStatus, { never: ['function ran'] }),
    },
    {
      id: 'function-folder-prefix',
      what: 'the same with the mark before the folder',
      files: {
        'functions/greet': 'greet() { echo "function ran"; }\n',
        'script.sh': { text: 'greet\n', mode: 0o755 },
      },
      argv: [...itself, 'script.sh'],
      env: { PATH: '%func{folder}/functions:/usr/bin:/bin' },
      marked: ['script.sh', 'functions/greet'],
      plain: [],
      placements: ['executable', 'plain'],
      says: ['function ran'],
      refused: refusedFile('{folder}/functions/greet', dotStatus, { never: ['function ran'] }),
    },
    {
      id: 'function-folder-stops',
      what: 'a refused file of functions ends the search for a command',
      files: {
        'functions/greet': 'greet() { echo "function ran"; }\n',
        'bin/greet': { text: '#!/bin/sh\necho "program ran"\n', mode: 0o755 },
        'script.sh': { text: 'greet\n', mode: 0o755 },
      },
      argv: [...itself, 'script.sh'],
      env: { PATH: '{folder}/functions%func:{folder}/bin:/usr/bin:/bin' },
      marked: ['script.sh', 'functions/greet'],
      plain: [],
      placements: ['executable', 'plain'],
      says: ['function ran'],
      refused: refusedFile('{folder}/functions/greet', dotStatus, { never: ['function ran', 'program ran'] }),
    },
  ];
}

/** Variables and options that change what a script does. */
function expanded(voice: ShellVoice): readonly Scenario[] {
  const { hello } = voice.dialect;
  const itself = program(voice);
  return [
    {
      ...trustedScript(voice, ':\n'),
      id: 'trace-option',
      what: '-x: a trace that a script has not asked for',
      argv: [...itself, '-x', 'script.sh'],
      says: ['+ :'],
      denied: ignored(['-x'], { never: ['+ :'] }),
    },
    {
      ...trustedScript(voice, 'eval "$( { true; } 2>&1)"; echo "script ran"\n'),
      id: 'trace-evaluated',
      what: '-o xtrace: a script evaluates what it finds on the standard error, which plain text of PS4 is a part of',
      argv: [...itself, '-o', 'xtrace', 'script.sh'],
      env: { PS4: 'echo "trace" "ran"; : ' },
      says: ['trace ran'],
      denied: ignored(['-x'], { says: ['script ran'], never: ['trace ran'] }),
    },
    {
      ...fromFile(voice, hello('script')),
      id: 'expanded-env',
      what: 'the value of ENV is expanded before the file is opened',
      env: { ENV: '$(echo expansion $((40 + 2)) >&2)' },
      says: ['expansion 42', 'script ran'],
      denied: ignored(['ENV'], { says: ['script ran'], never: ['expansion 42'] }),
    },
    {
      ...fromFile(voice, hello('script')),
      id: 'named-env',
      what: 'ENV names a file by variables: a value that can run nothing',
      files: {
        'script.sh': { text: hello('script'), mode: 0o755 },
        'env.sh': { text: hello('env'), mode: 0o755 },
      },
      env: { ENV: '$PLACE/${NAME}.sh', PLACE: '{folder}', NAME: 'env' },
      marked: ['env.sh'],
      says: ['env ran', 'script ran'],
      denied: 'runs',
    },
    {
      ...fromFile(voice, 'if :\nthen echo "script" "ran"\nfi\n'),
      id: 'prompts',
      what: 'PS1 and PS2 from the environment',
      env: { PS1: '$(echo "PS1 ran $((1 + 1))")', PS2: '$(echo "PS2 ran $((1 + 1))")' },
      says: ['PS1 ran 2', 'PS2 ran 2', 'script ran'],
      denied: ignored(['PS1', 'PS2'], { says: ['script ran'], never: ['PS1 ran 2', 'PS2 ran 2'] }),
    },
  ];
}
