import type { Deployment } from '../../src/target/deployment.ts';

/** Where modules are: the library, what was installed beside it, and the modules of Debian's own tools. */
const LIBRARY = String.raw`/(?:lib(?:64)?/python3(?:\.\d+t?)?|share/python3)/`;

const library = (rest: string): RegExp => new RegExp(`${LIBRARY}${rest}`);

/** What importlib, zipimport, runpy and site open by io.open_code. */
const OPEN_CODE = ['io-open-code', 'io-open-code-callers', 'open-code-callers'];

/** The files of an installed CPython that it opens as code. */
export const deployment: Deployment = {
  examples: {
    '/etc/python3.11/sitecustomize.py': 'startup',
    '/opt/python/lib/python3.13t/os.py': 'module',
    '/srv/venv/lib/python3.11/site-packages/one.pth': 'pth',
    '/srv/venv/pyvenv.cfg': 'path-configuration',
    '/usr/bin/pydoc3': false,
    '/usr/lib/python3.11/LICENSE.txt': false,
    '/usr/lib/python3.11/__pycache__/os.cpython-311.opt-1.pyc': 'bytecode',
    '/usr/lib/python3.11/lib-dynload/_ssl.cpython-311-x86_64-linux-gnu.so': false,
    '/usr/lib/python3.11/one.pth': false,
    '/usr/lib/python3/dist-packages/one-1.0.egg': 'archive',
    '/usr/lib/python3/dist-packages/one.pyc': 'sourceless',
    '/usr/lib/python311.zip': 'archive',
    '/usr/lib64/python3.11/os.py': 'module',
    '/usr/local/lib/python3.11/dist-packages/one/two.py': 'module',
    '/usr/share/app/one.py': false,
    '/usr/share/python-wheels/pip.whl': 'archive',
    '/usr/share/python3/debpython/version.py': 'module',
  },
  modules: '/usr/lib/python3/dist-packages/',
  kinds: [
    {
      id: 'startup',
      what: 'sitecustomize.py and usercustomize.py',
      files: new RegExp(
        String.raw`/etc/python3(?:\.\d+)?/[^/]+\.py$|${LIBRARY}(?:.*/)?(?:site|user)customize\.py$`,
      ),
      rules: [...OPEN_CODE, 'loaders'],
      why: 'imported by site at each start; Debian keeps it in /etc and has a link in the library',
    },
    {
      id: 'module',
      what: 'modules (.py)',
      files: library(String.raw`.*\.py$`),
      rules: [...OPEN_CODE, 'loaders', 'legacy-opens', 'legacy-imp'],
      why: 'imported, or run by -m: importlib opens the source if there is no bytecode for it',
    },
    {
      id: 'bytecode',
      what: 'bytecode of modules (__pycache__/*.pyc)',
      files: library(String.raw`(?:.*/)?__pycache__/[^/]+\.pyc$`),
      rules: [...OPEN_CODE, 'loaders'],
      compiled: true,
      why: 'opened in place of the source; if it is refused, python compiles the source each time, which is slower',
      remade:
        'importlib, compileall and the scripts of packages (py3compile) write bytecode again: with the execute permission of the source',
    },
    {
      id: 'sourceless',
      what: 'bytecode without a source (.pyc outside of __pycache__)',
      files: library(String.raw`(?:.*/)?[^/]+\.pyc$`),
      rules: ['sourceless'],
      compiled: true,
      why: 'imported if a package has no source',
    },
    {
      id: 'pth',
      what: '.pth files of site folders',
      files: library(String.raw`(?:.*/)?(?:site|dist)-packages/[^/]+\.pth$`),
      rules: OPEN_CODE,
      why: 'site runs their lines that start with import; a refused one is skipped, with a message',
    },
    {
      id: 'archive',
      what: 'archives of modules (.zip, .egg, .whl, .pyz)',
      files: new RegExp(
        String.raw`/lib(?:64)?/python\d+t?\.zip$|/share/python-wheels/[^/]+\.whl$|${LIBRARY}.*\.(?:zip|egg|whl|pyz)$`,
      ),
      rules: OPEN_CODE,
      compiled: true,
      why: 'zipimport opens them: the library as one file, eggs, the wheels that ensurepip and venv run pip from',
    },
    {
      id: 'path-configuration',
      what: 'pyvenv.cfg and ._pth',
      files: /\/(?:pyvenv\.cfg|[^/]+\._pth)$/,
      rules: ['path-files', 'venv'],
      compiled: true,
      why: 'they move sys.path; opened as code by the patch of the role config only',
    },
  ],
  plain: [
    {
      id: 'loadable',
      what: 'extension modules (.so)',
      files: library(String.raw`.*\.so$`),
      rules: ['loadable', 'lib-loadable'],
      why: 'ld.so opens them without the flag: a noexec mount stops one, a missing execute permission does not',
    },
    {
      id: 'path-files',
      what: 'pyvenv.cfg and ._pth',
      files: /\/(?:pyvenv\.cfg|[^/]+\._pth)$/,
      rules: ['path-files', 'venv'],
      why: 'they move sys.path and contain no code; only the patch of the role config opens them as code',
    },
    {
      id: 'package-path',
      what: '.pkg files',
      files: library(String.raw`(?:.*/)?[^/]+\.pkg$`),
      rules: ['package-path'],
      why: 'they add to the path of a package and contain no code',
    },
  ],
  sources: {
    language: 'python',
    what: 'what files on this list execute or import, by a path that is written in them',
    rules: OPEN_CODE,
    why: 'named by a file that is itself opened as code, for runpy, a loader, or exec() of what open_code() or open() reads',
    // A relative path counts from the folder where the program happens to be.
    places: { search: [] },
  },
  noFiles: {
    script:
      'a script that is given by its path: what bin/ has is started by its name, and has execute permission; other scripts are those of programs that are no part of the library',
    'pdb-script': 'the script that pdb is given: see script',
    profilers: 'the script that cProfile, profile or trace is given: see script',
    'bytecode-script': 'a script that is bytecode: see script',
    startup: 'the file that PYTHONSTARTUP names, of its user',
    'lib-startup': 'the same',
    pdbrc: 'commands for pdb in a home directory, or in the one where it starts',
    'tk-profile': 'profiles of Tk programs in a home directory',
    'option-file': 'files of options of programs that use optparse for it: name them with --also',
    'setup-scripts': 'a setup.py that another program runs: part of a source tree',
    'doctest-file': 'texts with examples, which tests run: part of a source tree',
    'doctest-package': 'the same in an archive: see archive',
    'idle-script': 'what a user runs in IDLE: see script',
    'idle-module': 'the same',
    'idle-callers': 'the same',
    'idle-typed': 'no file: what the user of IDLE says',
    'tools-open-code': 'the script that a tool is given: see script',
    'remote-script': 'a script that a debugger makes another process run, most often its own',
    'main-again': 'the script of the main interpreter: see script',
    'parsed-file': 'a file that a program parses by name: the interpreter parses none so',
  },
};
