import { deniedInput } from '../../../src/target/dialect.ts';
import type { Refusal, Scenario } from '../../../src/target/scenario.ts';
import { denied, dialect } from '../dialect.ts';
import { LISTED, PYTHON, env, hello, refusedUse, system } from './common.ts';

const PATCH = 'commands';

/** A program that can be run by anybody. */
const program = (text: string): { readonly text: string; readonly mode: number } => ({ text, mode: 0o755 });

/** Writes a pickle that prints when it is loaded. */
const PICKLED = `printf "cbuiltins\\nprint\\n(S'pickle ran'\\ntR."`;

/** Typed at a prompt, and what ends the prompt. */
const TYPED = 'print("typed", "ran")\nexit()\n';

/** What is the same for all of them: only the interactive policy has a say. */
const given: Pick<Scenario, 'files' | 'env' | 'marked' | 'plain' | 'patch'> = {
  files: {},
  env,
  marked: [],
  plain: [],
  patch: PATCH,
};

/** A module of the library that runs what its arguments or the user say. */
const tool = (
  id: string,
  what: string,
  argv: readonly string[],
  refusal: Refusal,
  more: Partial<Scenario> = {},
): Scenario => ({
  ...given,
  id,
  what,
  argv: [PYTHON, ...argv],
  typed: TYPED,
  traced: false,
  says: ['typed ran'],
  denied: refusal,
  ...more,
});

/** A program from a file that is the standard input, as a command of the shell makes it. */
const fromInput = (id: string, what: string, command: string, before = ''): Scenario => ({
  ...given,
  id,
  what,
  files: { 'script.py': `${before}${hello('script')}` },
  argv: ['/bin/sh', '-c', command, PYTHON],
  plain: ['script.py'],
  system,
  says: ['script ran'],
  passing: ['script.py'],
  ...deniedInput(dialect),
});

/** Code that comes from no file. */
export const entries: readonly Scenario[] = [
  {
    ...given,
    id: 'command',
    what: '-c opens nothing of the user as code',
    argv: [PYTHON, '-c', 'import colorsys; print("command ran")'],
    // 3.13 imports a module to keep the text of the command: so does this, in each release.
    plain: [LISTED],
    system,
    says: ['command ran'],
    denied: denied('-c'),
  },
  {
    ...given,
    id: 'command-inspect',
    what: '-c with -i',
    argv: [PYTHON, '-i', '-c', 'print("command ran")'],
    typed: TYPED,
    traced: false,
    says: ['command ran', 'typed ran'],
    denied: denied('-c'),
  },
  fromInput('stdin-dash', 'a program from standard input, a file, named by -', 'exec "$0" - <script.py'),
  fromInput(
    'stdin-offset',
    'a file that is the standard input is read from where it is',
    'exec <script.py; read line; exec "$0"',
    'raise SystemExit("first line")\n',
  ),
  {
    ...given,
    id: 'stdin-prompt',
    what: '-i, and a pipe',
    argv: ['/bin/sh', '-c', 'echo "print(\'pipe\', \'ran\')" | "$0" -i', PYTHON],
    traced: false,
    says: ['pipe ran'],
    ...deniedInput(dialect),
  },
  {
    ...given,
    id: 'prompt',
    what: 'a prompt, at which something is typed',
    argv: [PYTHON],
    typed: TYPED,
    traced: false,
    says: ['typed ran'],
    ...deniedInput(dialect),
  },
  {
    ...given,
    id: 'inspect',
    what: 'PYTHONINSPECT: a prompt after a trusted script',
    files: { 'script.py': program(hello('script')) },
    argv: [PYTHON, 'script.py'],
    typed: TYPED,
    env: { ...env, PYTHONINSPECT: '1' },
    marked: ['script.py'],
    traced: false,
    placements: ['executable', 'plain'],
    says: ['script ran', 'typed ran'],
    denied: { ...denied('standard input'), never: ['typed ran'], status: 0 },
  },
  {
    ...given,
    id: 'inspect-status',
    what: '-i: the status of a script that gets no prompt is its own',
    files: { 'script.py': program(`import sys\n${hello('script')}sys.exit(3)\n`) },
    argv: ['/bin/sh', '-c', 'echo "print(\'pipe\', \'ran\')" | "$0" -i script.py', PYTHON],
    marked: ['script.py'],
    traced: false,
    placements: ['executable', 'plain'],
    says: ['script ran', 'pipe ran'],
    denied: { ...denied('standard input'), never: ['pipe ran'], status: 3 },
  },
  {
    ...given,
    id: 'inspect-set',
    what: 'PYTHONINSPECT that a trusted script sets',
    files: { 'script.py': program(`import os\nos.environ["PYTHONINSPECT"] = "1"\n${hello('script')}`) },
    argv: [PYTHON, 'script.py'],
    typed: TYPED,
    marked: ['script.py'],
    traced: false,
    placements: ['executable', 'plain'],
    says: ['script ran', 'typed ran'],
    denied: { ...denied('standard input'), never: ['typed ran'], status: 0 },
  },
  tool('module-code', '-m code', ['-m', 'code'], refusedUse('interactive console')),
  tool('module-asyncio', '-m asyncio', ['-m', 'asyncio'], refusedUse('interactive console')),
  tool('module-pyrepl', '-m _pyrepl', ['-m', '_pyrepl'], refusedUse('interactive console'), {
    where: 'prompts-in-python',
  }),
  tool(
    'module-timeit',
    '-m timeit with a statement',
    ['-m', 'timeit', '-n1', '-r1', 'print("typed", "ran")'],
    refusedUse('statement'),
  ),
  tool(
    'debugger-prompt',
    '-m pdb: what is typed at its prompt',
    ['-m', 'pdb', 'script.py'],
    refusedUse('debugger'),
    {
      files: { 'script.py': program(hello('script')) },
      marked: ['script.py'],
      placements: ['executable', 'plain'],
      typed: 'print("typed", "ran")\nquit\n',
    },
  ),
  tool(
    'debugger-option',
    '-m pdb -c: a command',
    ['-m', 'pdb', '-c', 'print("typed", "ran")', 'script.py'],
    // Before the program begins.
    refusedUse('debugger', { never: ['typed ran', 'post mortem'] }),
    {
      files: { 'script.py': program(hello('script')) },
      marked: ['script.py'],
      placements: ['executable', 'plain'],
      typed: 'quit\n',
    },
  ),
  tool('breakpoint', 'breakpoint() in a trusted script', ['script.py'], refusedUse('debugger'), {
    files: { 'script.py': program('breakpoint()\nprint("script", "went on")\n') },
    marked: ['script.py'],
    placements: ['executable', 'plain'],
    typed: 'print("typed", "ran")\ncontinue\n',
  }),
  tool('console', 'code.interact() in a trusted script', ['script.py'], refusedUse('interactive console'), {
    files: { 'script.py': program('import code\ncode.interact()\n') },
    marked: ['script.py'],
    placements: ['executable', 'plain'],
  }),
  tool('shell-window', '-m idlelib, where there is no window', ['-m', 'idlelib'], refusedUse('IDLE'), {
    typed: '',
    says: ['no display name'],
    status: 1,
  }),
  {
    ...given,
    id: 'breakpoint-variable',
    what: 'PYTHONBREAKPOINT: any function of a module, in a trusted script that has a breakpoint()',
    files: { 'script.py': program('breakpoint()\nprint("script", "went on")\n') },
    argv: [PYTHON, 'script.py'],
    env: { ...env, PYTHONBREAKPOINT: 'faulthandler.dump_traceback' },
    marked: ['script.py'],
    traced: false,
    placements: ['executable', 'plain'],
    says: ['most recent call first', 'script went on'],
    denied: {
      says: ['Ignoring PYTHONBREAKPOINT (SECBIT_EXEC_DENY_INTERACTIVE)', "'debugger'"],
      never: ['most recent call first', 'script went on'],
      status: 1,
    },
  },
  tool('module-pickle', '-m pickle: a pickle, from a pipe', [], refusedUse('pickle'), {
    argv: ['/bin/sh', '-c', `${PICKLED} | "$0" -m pickle /dev/stdin`, PYTHON],
    says: ['pickle ran'],
  }),
  tool('module-trace', '-m trace: the counts of an earlier run are a pickle', [], refusedUse('pickle'), {
    argv: ['/bin/sh', '-c', `${PICKLED} >counts; exec "$0" -m trace -r -f counts -C .`, PYTHON],
    says: ['pickle ran'],
    status: 1,
  }),
  tool(
    'module-child-of-idle',
    '-m unittest calls a function: the child of IDLE, which runs what comes from a socket',
    ['-m', 'unittest', 'idlelib.run.main'],
    refusedUse('IDLE'),
    { says: ['no IP port passed in sys.argv'], status: 1 },
  ),
  tool(
    'child-from-pipe',
    'a child of multiprocessing, which runs what comes from a pipe',
    [],
    refusedUse('multiprocessing'),
    {
      files: {
        'script.py': program('import multiprocessing.spawn\nmultiprocessing.spawn.freeze_support()\n'),
      },
      argv: ['/bin/sh', '-c', `${PICKLED} | "$0" script.py --multiprocessing-fork pipe_handle=0`, PYTHON],
      marked: ['script.py'],
      placements: ['executable', 'plain'],
      says: ['pickle ran'],
      status: 1,
    },
  ),
];
