import { deniedInput, inShell, INTERPRETER, shell, wordsOf } from './dialect.ts';
import type { Dialect } from './dialect.ts';
import type { Refusal, Scenario } from './scenario.ts';

/** How a shell ends where that differs from one shell to the other. */
export interface ShellEndings {
  /** A file of the command `.` that is refused, by its name; what the shell goes on with says nothing. */
  readonly sourced: (name: string) => Refusal;
  /** Whether a shell that reads no terminal ends where `.` fails. */
  readonly ends: boolean;
  /** Commands that an option holds, where the interactive policy denies them. */
  readonly command: Refusal;
}

/**
 * Scenarios that are the same for every shell of POSIX but for its dialect and its endings.
 *
 * @param own the target's own scenarios: one of the same name is in the place of the shared one
 * @returns those that it does not have itself, beside those of `commonScenarios`
 */
export function shellScenarios(
  dialect: Dialect,
  endings: ShellEndings,
  own: readonly Scenario[],
): readonly Scenario[] {
  return shapes(dialect, endings).filter(({ id }) => !own.some((one) => one.id === id));
}

function shapes(dialect: Dialect, endings: ShellEndings): readonly Scenario[] {
  const { hello, extension, env, own } = dialect;
  const { script: before, input, option } = wordsOf(dialect);
  const every: Pick<Scenario, 'marked' | 'plain' | 'env' | 'system'> = {
    marked: [],
    plain: [],
    ...(env && { env }),
    ...(own && { system: own }),
  };
  const first = `first${extension}`;
  const second = `second${extension}`;
  const library = `lib${extension}`;
  const one = `one${extension}`;
  const two = `two${extension}`;
  const { sourced, ends } = endings;
  /** What becomes of a shell that sources a refused file: what it says besides, and how it ends where it goes on. */
  const refused = (name: string, rest: Partial<Refusal>): Refusal => {
    const { says, ...other } = sourced(name);
    return { ...other, ...rest, says: [...says, ...(rest.says ?? [])] };
  };
  return [
    {
      ...every,
      id: 'command',
      what: `${dialect.option} opens nothing as code`,
      files: {},
      argv: [INTERPRETER, ...option, 'echo "command ran"'],
      says: ['command ran'],
      denied: endings.command,
    },
    {
      ...every,
      id: 'stdin',
      what: 'commands from standard input',
      files: {},
      argv: [INTERPRETER, ...input, '-s', 'argument'],
      input: 'echo "$1 read"\n',
      says: ['argument read'],
      ...deniedInput(dialect),
    },
    {
      ...every,
      id: 'stdin-changed',
      what: '`exec <file` in a shell that reads its program from the standard input',
      files: { [first]: { text: `exec <${second}\n`, mode: 0o755 }, [second]: hello('second') },
      argv: shell(`exec ${inShell(...input)} <${first}`),
      plain: [first, second],
      says: ['second ran'],
      ...deniedInput(dialect),
      passing: [second],
    },
    {
      ...every,
      id: 'stdin-here-document',
      what: '`exec <<END` in a shell that reads its program from the standard input',
      files: { [first]: { text: `exec <<'END'\n${hello('text')}END\n`, mode: 0o755 } },
      argv: shell(`exec ${inShell(...input)} <${first}`),
      plain: [first],
      says: ['text ran'],
      ...deniedInput(dialect),
    },
    {
      ...every,
      id: 'dot',
      what: '`.` by path',
      files: { [one]: hello('one') },
      argv: [INTERPRETER, ...option, `. ./${one}`],
      marked: [one],
      says: ['one ran'],
      refused: sourced(`./${one}`),
      placements: ['executable', 'plain', 'owner', 'noexec'],
      users: ['root', 'nobody'],
    },
    {
      ...every,
      id: 'dot-nested',
      what: 'a sourced file that sources one',
      files: { [one]: { text: `. ./${two}\n${hello('one')}`, mode: 0o755 }, [two]: hello('two') },
      argv: [INTERPRETER, ...option, `. ./${one}`],
      marked: [one, two],
      placements: ['executable', 'plain'],
      says: ['two ran\none ran'],
      refused: ends
        ? refused(`./${two}`, { never: ['one ran', 'two ran'] })
        : refused(`./${two}`, { says: ['one ran'], never: ['two ran'], status: 0 }),
    },
    {
      ...every,
      id: 'dot-in-subshell',
      what: 'a forked shell knows what its parent asked the kernel',
      files: { [one]: { text: hello('one'), mode: 0o755 }, [two]: hello('two') },
      argv: [
        INTERPRETER,
        ...option,
        `. ./${one}; (. ./${two}); echo "$(. ./${two})"; . ./${two} | cat; true`,
      ],
      marked: [one, two],
      placements: ['executable', 'plain'],
      says: ['one ran\ntwo ran\ntwo ran\ntwo ran'],
      refused: refused(`./${two}`, { says: ['one ran'], never: ['two ran'], status: 0 }),
    },
    {
      ...every,
      id: 'dot-substitution',
      what: '`.` in an argument, in a here-document, in a trap and in a function',
      files: {
        [first]: {
          mode: 0o755,
          text: [
            `trap ". ./${library}; exit 0" EXIT`,
            `again() { . ./${library}; }`,
            `echo "<$(. ./${library})>"`,
            'cat <<END',
            `text $(. ./${library})`,
            'END',
            '(again)',
            '',
          ].join('\n'),
        },
        [library]: hello('lib'),
      },
      argv: [INTERPRETER, ...before, first],
      marked: [first, library],
      placements: ['executable', 'plain'],
      says: ['<lib ran>', 'text lib ran', 'lib ran\nlib ran'],
      refused: refused(`./${library}`, {
        says: ['<>', 'text \n'],
        never: ['lib ran'],
        ...(!ends && { status: 0 }),
      }),
    },
    {
      ...every,
      id: 'dot-standard-input',
      what: '. /dev/stdin with a file there: the file is judged',
      files: { [library]: hello('lib') },
      argv: shell(`exec ${inShell(...option)} ". /dev/stdin" <${library}`),
      judged: [library],
      plain: [library],
      system: new RegExp([...(own ? [own.source] : []), '^/dev/stdin$'].join('|')),
      says: ['lib ran'],
      refused: sourced('/dev/stdin'),
    },
    {
      ...every,
      id: 'inner-script',
      what: 'a script that runs a script: each process asks for itself',
      files: {
        [first]: { text: `${['"$INNER"', ...before, second].join(' ')}\necho "outer ran"\n`, mode: 0o755 },
        [second]: hello('inner'),
      },
      argv: [INTERPRETER, ...before, first],
      env: { ...env, INNER: INTERPRETER },
      marked: [first, second],
      // A noexec mount would refuse the outer one as well.
      placements: ['executable', 'plain'],
      says: ['inner ran\nouter ran'],
      refused: { says: [...dialect.refused(second), 'outer ran'], never: ['inner ran'], status: 0 },
    },
  ];
}
