import { deniedInput, refusedScript } from './dialect.ts';
import type { Dialect } from './dialect.ts';
import type { Scenario } from './scenario.ts';

const INTERPRETER = '{interpreter}';

/** What the shell is to do with the interpreter, which it knows as `$0`. */
const shell = (command: string): readonly string[] => ['/bin/sh', '-c', command, INTERPRETER];

/**
 * Scenarios that are the same for every interpreter but for its dialect.
 *
 * @param own the target's own scenarios: one of the same name is in the place of the common one
 * @returns those that it does not have itself
 */
export function commonScenarios(dialect: Dialect, own: readonly Scenario[]): readonly Scenario[] {
  return shapes(dialect).filter(({ id }) => !own.some((one) => one.id === id));
}

function shapes(dialect: Dialect): readonly Scenario[] {
  const { extension, hello, refused, status, env, own, onTerminal } = dialect;
  const script = `script${extension}`;
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
      argv: [INTERPRETER, script, 'argument'],
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
      id: 'interpreter-line',
      what: 'an executable whose first line names the interpreter',
      files: { tool: { text: `#!${INTERPRETER}\n${hello('tool')}`, mode: 0o755 } },
      argv: ['/bin/sh', '-c', './tool'],
      marked: ['tool'],
      says: ['tool ran'],
    },
    {
      ...every,
      id: 'script-unreadable',
      what: 'an unreadable script: the same error as before',
      files: { [script]: { text: hello('script'), mode: 0o311 } },
      argv: [INTERPRETER, script],
      marked: [script],
      // Root may read it.
      traced: false,
      says: refused(script),
      status,
    },
    {
      ...every,
      id: 'proc-self-fd',
      what: 'a script by the name of an open descriptor, in /proc',
      files: { [script]: hello('script') },
      argv: shell(`exec "$0" /proc/self/fd/9 9<${script}`),
      ...byName('/proc/self/fd/9'),
    },
    {
      ...every,
      id: 'dev-stdin',
      what: 'a script by the name /dev/stdin',
      files: { [script]: hello('script') },
      argv: shell(`exec "$0" /dev/stdin <${script}`),
      ...byName('/dev/stdin'),
    },
    {
      ...every,
      id: 'nameless',
      what: 'a script that was removed, by the name of an open descriptor: the policy still judges the file',
      files: { [script]: hello('script') },
      argv: shell(`exec 9<${script}; rm ${script}; exec "$0" /proc/self/fd/9`),
      ...byName('/proc/self/fd/9'),
    },
    {
      ...every,
      id: 'named-pipe',
      what: 'a script from a named pipe',
      files: { [script]: hello('pipe') },
      argv: shell(
        `mkfifo pipe; cat ${script} >pipe & "$0" pipe; status=$?; kill $! 2>/dev/null; exit $status`,
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
      argv: shell(`cat ${script} | "$0"`),
      plain: [script],
      says: ['pipe ran'],
      ...deniedInput(dialect),
    },
    {
      ...every,
      id: 'stdin-tty',
      what: 'a program from a terminal that is the standard input, up to its end',
      files: {},
      argv: [INTERPRETER, ...(onTerminal?.options ?? [])],
      env: { ...env, ...onTerminal?.env },
      typed: `${hello('terminal')}\u0004`,
      // What an interpreter opens for its prompt is looked at by scenarios of its own.
      traced: false,
      says: ['terminal ran'],
      ...deniedInput(dialect),
    },
  ];
}
