import { deniedInput, inShell, INTERPRETER, refusedScript, shell, wordsOf } from './dialect.ts';
import type { Dialect } from './dialect.ts';
import type { Scenario } from './scenario.ts';

/**
 * Scenarios that are the same for every interpreter but for its dialect.
 *
 * @param own the target's own scenarios: one of the same name is in the place of the common one
 * @returns those that it does not have itself
 */
export function commonScenarios(dialect: Dialect, own: readonly Scenario[]): readonly Scenario[] {
  return shapes(dialect).filter(({ id }) => !own.some((one) => one.id === id));
}

/** A name with blanks, a newline, a quote, a backslash and letters beyond ASCII. */
const STRANGE = ' a b\n\'"\\ü';

function shapes(dialect: Dialect): readonly Scenario[] {
  const { extension, hello, refused, status, env, own, onTerminal, denied } = dialect;
  const { script: before, input, operands } = wordsOf(dialect);
  const script = `script${extension}`;
  /** A shell's command that has the interpreter run a script. */
  const runs = (path: string): string => inShell(...before, path, ...operands);
  const every: Pick<Scenario, 'marked' | 'plain' | 'env' | 'system'> = {
    marked: [],
    plain: [],
    ...(env && { env }),
    ...(own && { system: own }),
  };
  const byName = (path: string): Pick<Scenario, 'judged' | 'plain' | 'system' | 'says' | 'refused'> => ({
    judged: [script],
    // By the shell.
    plain: [script],
    system: new RegExp([...(own ? [own.source] : []), `^${path}$`].join('|')),
    says: ['script ran'],
    refused: refusedScript(dialect, path),
  });
  return [
    {
      ...every,
      id: 'script',
      what: 'a script argument',
      files: { [script]: hello('script') },
      argv: [INTERPRETER, ...before, script, ...(operands.length > 0 ? operands : ['argument'])],
      marked: [script],
      says: ['script ran'],
      refused: refusedScript(dialect, script),
      placements: ['executable', 'plain', 'owner', 'noexec'],
      users: ['root', 'nobody'],
      // It is a file: the interactive policy has no say.
      denied: 'runs',
    },
    {
      ...every,
      id: 'script-absolute',
      what: 'a script argument by its whole path',
      files: { [script]: hello('script') },
      argv: [INTERPRETER, ...before, `{folder}/${script}`, ...operands],
      marked: [script],
      says: ['script ran'],
      refused: refusedScript(dialect, `{folder}/${script}`),
    },
    {
      ...every,
      id: 'script-strange',
      what: 'a script whose name holds blanks, quotes and bytes beyond ASCII',
      files: { [`${STRANGE}${extension}`]: hello('script') },
      argv: [INTERPRETER, ...before, `./${STRANGE}${extension}`, ...operands],
      judged: [`${STRANGE}${extension}`],
      // The trace writes such names in another way.
      traced: false,
      says: ['script ran'],
      // Interpreters spell such a name each in its way: what stands around it is the message.
      refused: {
        says: refused('\0')
          .flatMap((text) => text.split('\0'))
          .filter(Boolean),
        status,
      },
    },
    {
      ...every,
      id: 'symbolic-link',
      what: 'a script by a symbolic link: the file that it leads to is judged',
      files: { [script]: hello('script'), [`link${extension}`]: { link: script } },
      argv: [INTERPRETER, ...before, `link${extension}`, ...operands],
      marked: [`link${extension}`],
      judged: [script],
      says: ['script ran'],
      refused: refusedScript(dialect, `link${extension}`),
    },
    {
      ...every,
      id: 'hard-link',
      what: 'a script by another name of the same file',
      files: { [script]: hello('script'), [`other${extension}`]: { hard: script } },
      argv: [INTERPRETER, ...before, `other${extension}`, ...operands],
      marked: [`other${extension}`],
      judged: [script],
      says: ['script ran'],
      refused: refusedScript(dialect, `other${extension}`),
    },
    {
      ...every,
      id: 'interpreter-line',
      what: 'an executable whose first line names the interpreter',
      files: {
        tool: { text: `${[`#!${INTERPRETER}`, ...before].join(' ')}\n${hello('tool')}`, mode: 0o755 },
      },
      argv: ['/bin/sh', '-c', ['./tool', ...operands].join(' ')],
      marked: ['tool'],
      says: ['tool ran'],
    },
    {
      ...every,
      id: 'script-unreadable',
      what: 'an unreadable script: the same error as before',
      files: { [script]: { text: hello('script'), mode: 0o311 } },
      argv: [INTERPRETER, ...before, script, ...operands],
      marked: [script],
      // Root may read it.
      traced: false,
      says: refused(script),
      status,
    },
    {
      ...every,
      id: 'dev-fd',
      what: 'a script by the name of an open descriptor',
      files: { [script]: hello('script') },
      argv: shell(`exec ${runs('/dev/fd/9')} 9<${script}`),
      ...byName('/dev/fd/9'),
    },
    {
      ...every,
      id: 'proc-self-fd',
      what: 'a script by the name of an open descriptor, in /proc',
      files: { [script]: hello('script') },
      argv: shell(`exec ${runs('/proc/self/fd/9')} 9<${script}`),
      ...byName('/proc/self/fd/9'),
    },
    {
      ...every,
      id: 'dev-stdin',
      what: 'a script by the name /dev/stdin',
      files: { [script]: hello('script') },
      argv: shell(`exec ${runs('/dev/stdin')} <${script}`),
      ...byName('/dev/stdin'),
    },
    {
      ...every,
      id: 'nameless',
      what: 'a script that was removed, by the name of an open descriptor: the policy still judges the file',
      files: { [script]: hello('script') },
      argv: shell(`exec 9<${script}; rm ${script}; exec ${runs('/proc/self/fd/9')}`),
      ...byName('/proc/self/fd/9'),
    },
    {
      ...every,
      id: 'named-pipe',
      what: 'a script from a named pipe',
      files: { [script]: hello('pipe') },
      argv: shell(
        `mkfifo pipe; cat ${script} >pipe & ${runs('pipe')}; status=$?; kill $! 2>/dev/null; exit $status`,
      ),
      marked: ['pipe'],
      plain: ['pipe', script],
      irregular: true,
      says: ['pipe ran'],
      refused: refusedScript(dialect, 'pipe'),
    },
    {
      ...every,
      id: 'stdin-pipe',
      what: 'a program from a pipe that is the standard input',
      files: { [script]: hello('pipe') },
      argv: shell(`cat ${script} | ${inShell(...input, ...operands)}`),
      plain: [script],
      says: ['pipe ran'],
      ...deniedInput(dialect),
    },
    {
      ...every,
      id: 'stdin-file',
      what: 'a program from a file that is the standard input, which has to pass where the interactive policy denies',
      files: { [script]: hello('script') },
      argv: shell(`exec ${inShell(...input, ...operands)} <${script}`),
      plain: [script],
      says: ['script ran'],
      ...deniedInput(dialect),
      ...(denied && { passing: [script] }),
    },
    {
      ...every,
      id: 'stdin-tty',
      what: 'a program from a terminal that is the standard input, up to its end',
      files: {},
      argv: [INTERPRETER, ...(onTerminal?.options ?? []), ...input, ...operands],
      env: { ...env, ...onTerminal?.env },
      typed: `${hello('terminal')}\u0004`,
      // Other scenarios look at what an interpreter opens for its prompt.
      traced: false,
      says: ['terminal ran'],
      ...deniedInput(dialect),
    },
    // What needs its own library to start is not copied.
    ...(own === undefined ? [chroot(dialect)] : []),
  ];
}

/** A script in another root, with the interpreter and the libraries that it is linked with. */
function chroot(dialect: Dialect): Scenario {
  const { extension, hello, env } = dialect;
  const script = `script${extension}`;
  const { script: before, operands } = wordsOf(dialect);
  const words = ['"/${0##*/}"', ...before, `/${script}`, ...operands].join(' ');
  return {
    id: 'chroot',
    what: 'a script in another root, without /proc and /dev',
    files: { [script]: hello('script') },
    argv: shell(
      `for file in ${['$(ldd "$0" | grep -o "/[^ ]*")', ...operands].join(' ')}; do ` +
        'mkdir -p "root${file%/*}"; cp "$file" "root$file"; done; ' +
        // By its name: some say it in their messages.
        `cp "$0" root; cp -p ${script} root; exec /usr/sbin/chroot root ${words}`,
    ),
    ...(env && { env }),
    marked: [],
    judged: [script],
    plain: [],
    placements: ['executable', 'plain'],
    users: ['root'],
    traced: false,
    says: ['script ran'],
    refused: refusedScript(dialect, `/${script}`),
  };
}
