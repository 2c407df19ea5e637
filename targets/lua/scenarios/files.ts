import { shell } from '../../../src/target/dialect.ts';
import type { Scenario } from '../../../src/target/scenario.ts';
import { hello, LUA, refused, runs, trusted, trustedFirst } from './common.ts';
import { exchangedScript } from '../../../src/target/exchanged.ts';

/** A name of more bytes than a file system takes: NAME_MAX is 255 (limits.h). */
const TOO_LONG = 'n'.repeat(300);

/** A run of one script, whose name is among the options. */
const byOptions = (id: string, what: string, ...options: readonly string[]): Scenario => ({
  id,
  what,
  files: { 'script.lua': hello('script') },
  argv: [LUA, ...options],
  marked: ['script.lua'],
  plain: [],
  says: ['script ran'],
  refused: refused('script.lua'),
});

/** A script that writes the precompiled chunk of another text, with the mode of a file `mode`. */
const COMPILES = trusted(
  'local file = io.open("chunk", "w")\n' +
    'file:write(arg[1] or "", string.dump(load("print(\\"chunk\\" .. \\" ran\\")")))\n' +
    'file:close()\n',
);

/** A chunk that is made when the scenario runs: code of Lua cannot hold its bytes. */
const precompiled = (id: string, what: string, head: string): Scenario => ({
  id,
  what,
  files: { 'compile.lua': COMPILES, mode: '' },
  argv: shell(`"$0" compile.lua ${head}; chmod --reference=mode chunk; exec "$0" chunk`),
  marked: ['compile.lua', 'chunk'],
  judged: ['mode'],
  // Written.
  plain: ['chunk'],
  placements: ['executable', 'plain'],
  says: ['chunk ran'],
  refused: refused('chunk'),
});

/** Scripts, precompiled or not, and what is no script. */
export const files: readonly Scenario[] = [
  byOptions('script-options', 'a script behind options', '-W', '-v', '--', 'script.lua', '-e'),
  byOptions('script-ignoring', 'a script behind -E', '-E', 'script.lua'),
  {
    id: 'script-dash',
    what: 'a script whose name is -, which -- says',
    files: { '-': hello('dash') },
    argv: [LUA, '--', '-'],
    marked: ['-'],
    plain: [],
    says: ['dash ran'],
    refused: refused('-'),
  },
  {
    id: 'script-then-prompt',
    what: 'a script before the prompt: when it is refused, nothing of the prompt runs',
    files: { 'script.lua': hello('script') },
    argv: [LUA, '-i', 'script.lua'],
    input: 'print("prompt" .. " ran")\n',
    marked: ['script.lua'],
    plain: [],
    // Readline looks at its own files.
    traced: false,
    says: ['script ran', 'prompt ran'],
    refused: { ...refused('script.lua'), never: ['script ran', 'prompt ran'] },
  },
  precompiled('chunk', 'a precompiled chunk, which is opened twice', ''),
  precompiled('chunk-line', 'a precompiled chunk behind a first line that begins with #', "'#!lua\n'"),
  {
    id: 'chunk-exchanged',
    what: 'a precompiled chunk whose name means another file when it is opened again: that open is judged by itself',
    files: {
      'compile.lua': COMPILES,
      other: hello('other'),
      'race.sh': {
        mode: 0o755,
        text: [
          '"$RUN" compile.lua',
          // Lua skips a first line that begins with #, and that takes a while if it is long.
          "printf '#' >tool; truncate -s 32M tool; echo >>tool; cat chunk >>tool; chmod 755 tool",
          '"$RUN" tool & lua=$!; look=0',
          'until ls -l /proc/$lua/fd | grep -q "/tool$" || [ $((look += 1)) -gt 500 ]; do :; done 2>/dev/null',
          'mv -T other tool',
          'wait $lua',
          '',
        ].join('\n'),
      },
    },
    argv: ['/bin/sh', 'race.sh'],
    env: { RUN: LUA },
    marked: [],
    judged: ['other'],
    plain: [],
    placements: ['executable', 'plain'],
    traced: false,
    says: ['other ran'],
    refused: { says: ['cannot reopen tool: Permission denied'], never: ['ran'], status: 1 },
  },
  {
    id: 'pipe',
    what: 'a script from a pipe, by the name of its descriptor: no regular file, no code',
    files: {},
    argv: shell(`echo 'print("pipe" .. " ran")' | ${runs('/dev/fd/0')}`),
    marked: [],
    plain: [],
    system: /^\/dev\/fd\/0$/,
    irregular: true,
    says: ['pipe ran'],
    refused: refused('/dev/fd/0'),
  },
  {
    id: 'inner-script',
    what: 'a script that starts another by os.execute: each process asks for itself',
    files: {
      'outer.lua': trusted('os.execute(os.getenv("INNER") .. " inner.lua")\nprint("outer" .. " ran")\n'),
      'inner.lua': hello('inner'),
    },
    argv: [LUA, 'outer.lua'],
    env: { INNER: LUA },
    marked: ['outer.lua', 'inner.lua'],
    ...trustedFirst,
    says: ['inner ran\nouter ran'],
    refused: {
      says: ['cannot open inner.lua: Permission denied', 'outer ran'],
      never: ['inner ran'],
      status: 0,
    },
  },
  {
    id: 'rename-race',
    what: 'a script that is exchanged while it is opened: what is opened is what is judged',
    files: {
      trusted: trusted(hello('trusted')),
      other: hello('other'),
      'race.sh': {
        mode: 0o755,
        text: exchangedScript('"$RUN" tool'),
      },
    },
    argv: ['/bin/sh', 'race.sh'],
    env: { RUN: LUA },
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
    what: 'a script that is nowhere: the error is as before',
    files: {},
    argv: [LUA, 'nowhere.lua'],
    marked: ['nowhere.lua'],
    plain: [],
    says: ['cannot open nowhere.lua: No such file or directory'],
    status: 1,
  },
  {
    id: 'script-too-long',
    what: 'a script with too long a name: the error is as before',
    files: {},
    argv: [LUA, TOO_LONG],
    marked: [TOO_LONG],
    plain: [],
    says: [`cannot open ${TOO_LONG}: File name too long`],
    status: 1,
  },
  {
    id: 'directory',
    what: 'a directory as script: it cannot be read, or not even be opened where the kernel knows the flag',
    files: { 'folder/': '' },
    argv: [LUA, 'folder'],
    marked: ['folder'],
    plain: [],
    // Whether it is opened once more depends on the kernel.
    traced: false,
    says: [' folder: Is a directory\n'],
    status: 1,
  },
  {
    id: 'old-kernel',
    what: 'a kernel without the flag is asked once, and files of code are opened as before',
    files: { 'one.lua': `dofile("two.lua")\n${hello('one')}`, 'two.lua': hello('two') },
    argv: [LUA, 'one.lua'],
    kernel: 'none',
    marked: [],
    plain: ['one.lua', 'two.lua'],
    says: ['two ran\none ran'],
  },
];
