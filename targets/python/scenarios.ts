import type { Scenario } from '../../src/target/scenario.js';
import { keptScenarios } from './kept-scenarios.js';
import { libraryScenarios } from './library-scenarios.js';
import { LISTED, PYTHON, env, hello, refusedFile, refusedScript, system } from './scenario-parts.js';
import { series } from './series.js';

/** What CPython opens as code, and what it must open as before. */
export const scenarios: readonly Scenario[] = [
  {
    id: 'script',
    what: 'a script argument',
    files: { 'script.py': hello('script') },
    argv: [PYTHON, 'script.py', 'argument'],
    env,
    marked: ['script.py'],
    plain: [],
    system,
    says: ['script ran'],
    refused: refusedScript('script.py'),
    placements: ['executable', 'plain', 'owner', 'noexec'],
    users: ['root', 'nobody'],
  },
  {
    id: 'script-missing',
    what: 'a script that is nowhere: the error is as before',
    files: {},
    argv: [PYTHON, 'nowhere.py'],
    env,
    marked: ['nowhere.py'],
    plain: [],
    system,
    says: ['nowhere.py', '[Errno 2] No such file or directory'],
    status: 2,
  },
  {
    id: 'script-without-flag',
    what: 'a script on a kernel that does not know the flag',
    files: { 'script.py': hello('script') },
    argv: [PYTHON, 'script.py'],
    env,
    kernel: 'none',
    marked: [],
    plain: ['script.py'],
    says: ['script ran'],
  },
  {
    id: 'module',
    what: '-m, the module found in the current folder',
    files: { 'module.py': hello('module') },
    argv: [PYTHON, '-m', 'module'],
    env,
    marked: ['module.py', '__pycache__/module.cpython-*.pyc'],
    plain: [LISTED],
    system,
    says: ['module ran'],
    refused: refusedFile('module.py'),
  },
  {
    id: 'import',
    what: 'import of a module, a package and a module in it',
    files: {
      'one.py': hello('one'),
      'two/__init__.py': hello('two'),
      'two/three.py': hello('three'),
    },
    argv: [PYTHON, '-c', 'import one, two.three'],
    env,
    marked: [
      'one.py',
      '__pycache__/one.cpython-*.pyc',
      'two/__init__.py',
      'two/three.py',
      'two/__pycache__/*.pyc',
    ],
    plain: [LISTED, 'two'],
    system,
    says: ['one ran\ntwo ran\nthree ran'],
    refused: { ...refusedFile('one.py'), never: ['ran'] },
  },
  {
    id: 'cached',
    what: 'import of bytecode that was cached: it is what runs, though the source says something else by now',
    files: { 'one.py': hello('one') },
    argv: [
      PYTHON,
      '-c',
      'import one, os, sys; del sys.modules["one"]; facts = os.stat("one.py")\n' +
        'with open("one.py", "w") as file: file.write("""print("two ran")\\n""")\n' +
        'os.utime("one.py", ns=(facts.st_atime_ns, facts.st_mtime_ns))\n' +
        'import one',
    ],
    marked: ['one.py', '__pycache__/one.cpython-*.pyc'],
    // The bytecode is written under another name first, the source by the program.
    plain: [LISTED, '__pycache__/one.cpython-*.pyc.*', 'one.py'],
    system,
    says: ['one ran\none ran'],
    refused: { ...refusedFile('one.py'), never: ['ran'] },
  },
  {
    id: 'cached-stops',
    what: 'cached bytecode that is refused is not run: the source is, as where there is none',
    files: {
      'one.py': { text: hello('source'), mode: 0o755 },
      // Its mode is that of the bytecode.
      'bytecode.py': hello('bytecode'),
      '__pycache__/': '',
    },
    argv: [
      PYTHON,
      '-c',
      'import importlib._bootstrap_external as external, os, shutil\n' +
        'facts = os.stat("one.py"); cached = external.cache_from_source("one.py")\n' +
        'with open("bytecode.py") as file: code = compile(file.read(), "one.py", "exec")\n' +
        'with open(cached, "wb") as file:\n' +
        '  file.write(external._code_to_timestamp_pyc(code, int(facts.st_mtime), facts.st_size))\n' +
        'shutil.copymode("bytecode.py", cached)\n' +
        'import one',
    ],
    env,
    // The source is opened where its bytecode is refused.
    marked: ['__pycache__/one.cpython-*.pyc'],
    judged: ['bytecode.py'],
    plain: [LISTED, 'bytecode.py', '__pycache__/one.cpython-*.pyc'],
    system,
    // A noexec mount would refuse the source as well.
    placements: ['executable', 'plain'],
    says: ['bytecode ran'],
    refused: { says: ['source ran'], never: ['bytecode ran'], status: 0 },
  },
  {
    id: 'bytecode',
    what: 'bytecode that is given as a script',
    files: { 'one.py': hello('one') },
    argv: [
      PYTHON,
      '-c',
      'import importlib._bootstrap_external as external, os, shutil, sys\n' +
        'with open("one.py") as file: code = compile(file.read(), "one.py", "exec")\n' +
        'with open("one.pyc", "wb") as file: file.write(external._code_to_timestamp_pyc(code))\n' +
        'shutil.copymode("one.py", "one.pyc"); os.execv(sys.executable, [sys.executable, "one.pyc"])',
    ],
    env,
    marked: ['one.pyc'],
    judged: ['one.py'],
    // As the bytecode is made; and what was opened as code is opened once more by its name.
    plain: [LISTED, 'one.py', 'one.pyc'],
    system,
    says: ['one ran'],
    refused: refusedScript('one.pyc'),
  },
  {
    id: 'archive',
    what: 'an archive that is run',
    files: { '__main__.py': hello('archive') },
    argv: [
      PYTHON,
      '-c',
      'import runpy, shutil, zipfile\n' +
        'with zipfile.ZipFile("code.zip", "w") as archive: archive.write("__main__.py")\n' +
        'shutil.copymode("__main__.py", "code.zip")\n' +
        'runpy.run_path("code.zip")',
    ],
    env,
    marked: ['code.zip'],
    judged: ['__main__.py'],
    // As the archive is made.
    plain: [LISTED, 'code.zip', '__main__.py'],
    system,
    says: ['archive ran'],
    refused: refusedFile('code.zip'),
  },
  {
    id: 'folder',
    what: 'a folder that is run',
    files: { 'code/__main__.py': hello('folder') },
    argv: [PYTHON, 'code'],
    env,
    marked: ['code/__main__.py', 'code/__pycache__/__main__.cpython-*.pyc'],
    plain: ['code'],
    system,
    says: ['folder ran'],
    refused: refusedFile('code/__main__.py'),
  },
  {
    id: 'run-path',
    what: 'runpy.run_path',
    files: { 'script.py': hello('script') },
    argv: [PYTHON, '-c', 'import runpy; runpy.run_path("script.py")'],
    env,
    marked: ['script.py'],
    plain: [LISTED],
    system,
    says: ['script ran'],
    refused: refusedFile('script.py'),
  },
  {
    id: 'pth',
    what: 'a .pth file of a site folder',
    files: { 'site/code.pth': 'import sys; print("pth ran")\n' },
    argv: [PYTHON, '-c', 'import colorsys, site; site.addsitedir("site"); print("site done")'],
    env,
    marked: ['site/code.pth'],
    // 3.9 imports a module for the encoding: so does the program, in each release.
    plain: [LISTED, 'site'],
    system,
    says: ['pth ran\nsite done'],
    refused: {
      says: ['/site/code.pth: Permission denied, file ignored', 'site done'],
      never: ['pth ran'],
      status: 0,
    },
  },
  {
    id: 'debugger',
    what: 'a script under pdb',
    // The debugger shows the line that it is at.
    files: { 'script.py': 'print("script", 6 * 7)\n' },
    argv: [PYTHON, '-m', 'pdb', '-c', 'continue', '-c', 'quit', 'script.py'],
    env,
    marked: ['script.py', 'home/.pdbrc', '.pdbrc'],
    plain: [LISTED, 'home/.inputrc'],
    system,
    says: ['script 42'],
    refused: { says: ["Permission denied: '{folder}/script.py'"], status: 1 },
  },
  {
    id: 'parsed',
    what: 'a file that the parser is given by its name, by one who compiles and runs what it gives',
    files: { 'code.py': hello('code') },
    argv: [
      PYTHON,
      '-c',
      'import ctypes; api = ctypes.pythonapi; pointer = ctypes.c_void_p\n' +
        'api.PyArena_New.restype = api.PyPegen_ASTFromFilename.restype = pointer\n' +
        'api.PyAST_CompileObject.restype = ctypes.py_object; arena = pointer(api.PyArena_New())\n' +
        'parsed = pointer(api.PyPegen_ASTFromFilename(b"code.py", 257, None, arena))\n' +
        'exec(api.PyAST_CompileObject(parsed, ctypes.py_object("code.py"), None, -1, arena))',
    ],
    env,
    marked: ['code.py'],
    plain: [LISTED],
    system,
    says: ['code ran'],
    refused: { says: ["PermissionError: [Errno 13] Permission denied: 'code.py'"], status: 1 },
    for: (release) => series(release) === '3.9',
  },
  {
    id: 'data',
    what: 'data: open, os.open, pathlib, tokenize, linecache, -c',
    files: { 'data.txt': 'print("data ran")\n', 'one.py': hello('one') },
    argv: [
      PYTHON,
      '-c',
      'import linecache, os, one, pathlib, tokenize\n' +
        'open("data.txt").close(); os.close(os.open("data.txt", 0)); pathlib.Path("data.txt").read_text()\n' +
        'tokenize.open("data.txt").close(); print(linecache.getline("data.txt", 1))',
    ],
    env,
    marked: ['one.py', '__pycache__/one.cpython-*.pyc'],
    plain: [LISTED, 'data.txt'],
    system,
    says: ['print("data ran")'],
    refused: { ...refusedFile('one.py'), never: ['data ran'] },
  },
  {
    id: 'descriptor',
    what: 'a script named by descriptor is opened by that name',
    files: { 'script.py': 'import one\nprint("script ran")\n', 'lib/one.py': hello('one') },
    argv: [
      PYTHON,
      '-c',
      'import os, sys; os.dup2(os.open("script.py", 0), 9)\n' +
        'os.execv(sys.executable, [sys.executable, "/dev/fd/9"])',
    ],
    env: { ...env, PYTHONPATH: '{folder}/lib' },
    judged: ['script.py'],
    marked: ['lib/one.py', 'lib/__pycache__/one.cpython-*.pyc'],
    plain: [LISTED, 'lib', 'script.py'],
    system: /\/lib\/python3\.\d+\/.*\.pyc?$|\/lib\/python3\d+\.zip$|^\/dev\/fd\/9$/,
    says: ['script ran'],
    refused: { says: ["can't open file '/dev/fd/9': [Errno 13] Permission denied"], status: 2 },
  },
  {
    id: 'script-link',
    what: 'a script by a symbolic link and by another name of the same file',
    files: { 'script.py': hello('script'), link: { link: 'other' }, other: { hard: 'script.py' } },
    argv: [PYTHON, 'link'],
    env,
    marked: ['link'],
    judged: ['script.py'],
    plain: [],
    system,
    says: ['script ran'],
    refused: refusedScript('link'),
  },
  {
    id: 'script-pipe',
    what: 'a script from a pipe: no regular file, no code',
    files: {},
    argv: ['/bin/sh', '-c', 'echo \'print("pipe ran")\' | "$0" /dev/stdin', PYTHON],
    env,
    marked: [],
    plain: [],
    system: /\/lib\/python3\.\d+\/.*\.pyc?$|\/lib\/python3\d+\.zip$|^\/dev\/stdin$/,
    irregular: true,
    says: ['pipe ran'],
    refused: { says: ["can't open file '/dev/stdin': [Errno 13] Permission denied"], status: 2 },
  },
  {
    id: 'search-stops',
    what: 'a refused module ends the import: the next folder of sys.path is not looked into',
    files: { 'one/thing.py': hello('first'), 'two/thing.py': { text: hello('second'), mode: 0o755 } },
    argv: [PYTHON, '-c', 'import thing'],
    env: { ...env, PYTHONPATH: '{folder}/one:{folder}/two' },
    marked: ['one/thing.py', 'one/__pycache__/thing.cpython-*.pyc'],
    plain: [LISTED, 'one', 'two'],
    system,
    says: ['first ran'],
    refused: { ...refusedFile('one/thing.py'), never: ['ran'] },
  },
  {
    id: 'command',
    what: '-c opens nothing of the user as code',
    files: {},
    argv: [PYTHON, '-c', 'import colorsys; print("command ran")'],
    env,
    marked: [],
    // 3.13 imports a module to keep the text of the command: so does this, in each release.
    plain: [LISTED],
    system,
    says: ['command ran'],
    open: 'no file is opened: the interactive policy is not asked yet',
  },
  {
    id: 'stdin',
    what: 'a program from standard input, a file',
    files: { 'script.py': hello('script') },
    argv: ['/bin/sh', '-c', 'exec "$0" <script.py', PYTHON],
    env,
    marked: [],
    plain: ['script.py'],
    system,
    says: ['script ran'],
    open: 'the descriptor of the standard input is not checked yet',
  },
  {
    id: 'startup',
    what: 'PYTHONSTARTUP of an interactive interpreter',
    files: { 'startup.py': hello('startup') },
    argv: [PYTHON],
    typed: 'exit()\n',
    env: { ...env, PYTHONSTARTUP: '{folder}/startup.py' },
    marked: ['startup.py'],
    plain: [],
    traced: false,
    says: ['startup ran'],
    // The prompt comes all the same.
    refused: {
      says: ["PermissionError: [Errno 13] Permission denied: '{folder}/startup.py'", '>>> '],
      never: ['startup ran'],
      status: 0,
    },
  },
  ...libraryScenarios,
  ...keptScenarios,
];
