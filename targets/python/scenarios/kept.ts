import type { Scenario } from '../../../src/target/scenario.ts';
import { COMPILED, LISTED, PYTHON, env, hello, refusedScript, system } from './common.ts';

/** A module that can be run by anybody. */
const module = (text: string): { readonly text: string; readonly mode: number } => ({ text, mode: 0o755 });

/** Source that is shown, though its bytecode alone may be executed. */
const shown = (id: string, where: NonNullable<Scenario['where']>, plain: readonly string[]): Scenario => ({
  id,
  what: 'source that is shown: a traceback, linecache, inspect',
  files: {
    'one.py': { text: 'def fail():\n    return 1 / 0  # shown\n', mode: 0o644 },
    '__pycache__/': '',
  },
  argv: [
    PYTHON,
    '-c',
    `${COMPILED}cached = external.cache_from_source("one.py")\n` +
      'compiled("one.py", cached); os.chmod(cached, 0o755)\n' +
      'import inspect, linecache, one, traceback; print(inspect.getsource(one.fail)); print(linecache.getline("one.py", 1))\n' +
      'try: one.fail()\n' +
      'except ZeroDivisionError: print(traceback.format_exc())',
  ],
  env,
  marked: ['__pycache__/one.cpython-*.pyc'],
  plain: [LISTED, '__pycache__/one.cpython-*.pyc', 'one.py', ...plain],
  where,
  system,
  says: ['return 1 / 0  # shown\n\ndef fail():\n\nTraceback', 'in fail\n    return 1 / 0  # shown'],
});

/** What must go on working, under a policy too where its code may be executed. */
export const kept: readonly Scenario[] = [
  {
    id: 'thread-starts',
    what: 'threads that start while another one opens code: the check of the kernel keeps none from it',
    files: {
      'script.py': module(
        [
          'import io, os, threading',
          'name, done, failed = os.path.abspath("script.py"), False, 0',
          'def opens():',
          '    while not done:',
          '        io.open_code(name).close()',
          'others = [threading.Thread(target=opens) for _ in range(2)]',
          'for one in others:',
          '    one.start()',
          'for _ in range(400):',
          '    try:',
          '        one = threading.Thread(target=int)',
          '        one.start()',
          '        one.join()',
          '    except RuntimeError:',
          '        failed += 1',
          'done = True',
          'print(failed, "starts failed")',
          '',
        ].join('\n'),
      ),
    },
    argv: [PYTHON, 'script.py'],
    env,
    marked: ['script.py'],
    plain: [],
    system,
    traced: false,
    placements: ['executable', 'plain'],
    says: ['0 starts failed'],
  },
  {
    id: 'package-data',
    what: 'data of a package is no code, whatever asks for it',
    files: { 'two/__init__.py': module(''), 'two/data.txt': { text: 'data read\n', mode: 0o644 } },
    argv: [
      PYTHON,
      '-c',
      'import importlib.resources, pkgutil, two; print(pkgutil.get_data("two", "data.txt").decode())\n' +
        'print(two.__loader__.get_data(two.__path__[0] + "/data.txt").decode())\n' +
        'print((importlib.resources.files("two") / "data.txt").read_text())',
    ],
    env,
    marked: ['two/__init__.py', 'two/__pycache__/__init__.cpython-*.pyc'],
    plain: [LISTED, 'two/data.txt'],
    system,
    says: ['data read\n\ndata read\n\ndata read'],
  },
  shown('shown', '!traceback-parses-lines', []),
  // It compiles the line of a traceback to find a part of it, and looks for the file of what it compiled.
  shown('shown-in-part', 'traceback-parses-lines', ['<unknown>']),
  {
    id: 'unreadable-pth',
    what: 'a .pth file that may not be read is left out in silence, as it always was',
    files: { 'site/code.pth': { text: 'import sys; print("pth ran")\n', mode: 0o644 } },
    argv: [
      PYTHON,
      '-c',
      'import os, site; os.chmod("site/code.pth", 0); site.addsitedir("site"); print("site done")',
    ],
    env,
    marked: ['site/code.pth'],
    plain: ['site'],
    system,
    // It is traced as root, who can read everything.
    traced: false,
    says: ['site done'],
  },
  {
    id: 'switches',
    what: 'a script with -I, -E, -S, -s, -B, -u, -O, -X utf8',
    files: { 'script.py': hello('script') },
    argv: [
      '/bin/sh',
      '-c',
      'for switch in -I -E -S -s -B -u -O "-X utf8"; do "$0" $switch script.py || exit; done',
      PYTHON,
    ],
    env,
    marked: ['script.py'],
    plain: [],
    system,
    says: ['script ran\n'.repeat(8)],
    refused: refusedScript('script.py'),
  },
  {
    id: 'safe-path',
    what: 'a script with -P',
    files: { 'script.py': hello('script') },
    argv: [PYTHON, '-P', 'script.py'],
    env,
    marked: ['script.py'],
    plain: [],
    system,
    says: ['script ran'],
    refused: refusedScript('script.py'),
    where: 'safe-path',
  },
  {
    id: 'venv',
    what: 'a virtual environment is made, and runs',
    files: { 'script.py': hello('script') },
    argv: [
      '/bin/sh',
      '-c',
      '"$0" -m venv --without-pip env && chmod +x env/pyvenv.cfg && exec env/bin/python -c ' +
        '\'import sys; print(sys.prefix.endswith("/env")); exec(compile(open("script.py").read(), "-", "exec"))\'',
      PYTHON,
    ],
    env,
    marked: [],
    plain: [],
    traced: false,
    says: ['True\nscript ran'],
  },
  {
    id: 'venv-configuration',
    what: 'pyvenv.cfg, where the optional patch has it be code',
    files: { 'mode.cfg': '' },
    argv: [
      '/bin/sh',
      '-c',
      '"$0" -m venv --without-pip env && chmod --reference=mode.cfg env/pyvenv.cfg && ' +
        "exec env/bin/python -c 'import sys; print(sys.prefix != sys.base_prefix, sys.prefix)'",
      PYTHON,
    ],
    env,
    judged: ['mode.cfg'],
    marked: ['env/pyvenv.cfg'],
    plain: [],
    traced: false,
    patch: 'path-configuration',
    says: ['True {folder}/env'],
    refused: { says: ['may not be executed'], status: 1 },
  },
  {
    id: 'venv-site',
    what: 'pyvenv.cfg, which site reads once more',
    files: { 'env/pyvenv.cfg': 'include-system-site-packages = false\n', 'env/bin/': '' },
    argv: [
      PYTHON,
      '-c',
      'import os, site, sys; sys.executable = os.path.abspath("env/bin/python"); site.venv(set()); print(sys.prefix)',
    ],
    env,
    marked: ['env/pyvenv.cfg'],
    plain: [],
    traced: false,
    patch: 'path-configuration',
    says: ['{folder}/env'],
    refused: { says: ["Permission denied: '{folder}/env/pyvenv.cfg'"], status: 1, never: [] },
  },
  {
    id: 'ensurepip',
    what: 'pip is installed from its wheel, which is code as any archive',
    files: { 'root/': '' },
    argv: [PYTHON, '-m', 'ensurepip', '--root', '{folder}/root'],
    env,
    marked: [],
    plain: [],
    traced: false,
    says: ['Successfully installed', 'pip-'],
  },
  {
    id: 'compileall',
    what: 'compileall, of source that may be executed',
    files: { 'one.py': hello('one') },
    argv: [PYTHON, '-m', 'compileall', 'one.py'],
    marked: ['one.py'],
    plain: [LISTED, '__pycache__/one.cpython-*.pyc.*', '__pycache__/one.cpython-*.pyc'],
    system,
    says: ["Compiling 'one.py'"],
    refused: { says: ['Permission denied'], never: [], status: 1 },
  },
  {
    id: 'multiprocessing',
    what: 'processes of multiprocessing, by each of its start methods',
    files: {
      'script.py':
        'import multiprocessing, sys\n' +
        'def work(method): print(method, "ran", flush=True)\n' +
        'if __name__ == "__main__":\n' +
        '  for method in "fork", "spawn", "forkserver":\n' +
        '    process = multiprocessing.get_context(method).Process(target=work, args=(method,))\n' +
        '    process.start(); process.join(); sys.exit(process.exitcode) if process.exitcode else None\n',
    },
    argv: [PYTHON, 'script.py'],
    env,
    marked: ['script.py'],
    plain: [],
    traced: false,
    says: ['fork ran\nspawn ran\nforkserver ran'],
    refused: refusedScript('script.py'),
  },
  {
    id: 'subinterpreter',
    what: 'a module imported in a subinterpreter',
    files: { 'one.py': hello('one') },
    argv: [
      PYTHON,
      '-c',
      'import sys\n' +
        'try: import _interpreters as sub\n' +
        'except ImportError: import _xxsubinterpreters as sub\n' +
        'error = sub.run_string(sub.create(), "import sys; sys.path.insert(0, \'\'); import one")\n' +
        // 3.13 returns what earlier releases raise.
        'if error: sys.exit(error.formatted)',
    ],
    env,
    marked: ['one.py', '__pycache__/one.cpython-*.pyc'],
    plain: [LISTED],
    system,
    says: ['one ran'],
    refused: { says: ["[Errno 13] Permission denied: '{folder}/one.py'"], status: 1 },
  },
  {
    id: 'inner-script',
    what: 'a script that runs a script: each process asks for itself',
    files: {
      'outer.py': module(
        'import subprocess, sys\nsubprocess.run([sys.executable, "inner.py"])\nprint("outer ran")\n',
      ),
      'inner.py': hello('inner'),
    },
    argv: [PYTHON, 'outer.py'],
    env,
    marked: ['outer.py', 'inner.py'],
    plain: [LISTED],
    system,
    // A noexec mount would refuse the outer one as well.
    placements: ['executable', 'plain'],
    says: ['inner ran\nouter ran'],
    refused: {
      says: ["inner.py': [Errno 13] Permission denied", 'outer ran'],
      never: ['inner ran'],
      status: 0,
    },
  },
];
