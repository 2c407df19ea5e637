import type { Change, Edit } from '../../src/target/contract.js';
import { quoted } from '../../src/target/quoted.js';

const IMPORTLIB = 'Lib/importlib/_bootstrap_external.py';

/** A module that a file has to import from now on, put before the import that follows it there. */
const imports = (patch: string, file: string, before: RegExp, where?: NonNullable<Edit['where']>): Edit => ({
  patch,
  ...(where !== undefined && { where }),
  file,
  changes: [{ find: before, put: 'before', text: 'import io\n' }],
});

/** What an import system in Python has to know: what is code, what becomes of what is refused. */
const loaders: readonly Edit[] = [
  {
    patch: 'importlib',
    file: IMPORTLIB,
    changes: [
      {
        // Debian's tree names the loader of bytecode as well.
        find: /^ {8}if isinstance\(self, \(SourceLoader, (?:SourcelessFileLoader, )?ExtensionFileLoader\)\):\n {12}with _io\.open_code\(str\(path\)\) as file:\n/m,
        put: 'replace',
        text:
          '        name = str(path)\n' +
          "        # The module's own file and bytecode will be executed, others are data.\n" +
          '        if name == str(self.path) or name.endswith(tuple(BYTECODE_SUFFIXES)):\n' +
          '            with _io.open_code(name) as file:\n',
      },
    ],
  },
  {
    patch: 'importlib',
    file: IMPORTLIB,
    changes: [
      {
        find: /^ {18}_os\.O_EXCL \| _os\.O_CREAT \| _os\.O_WRONLY, mode & 0o666\)\n/m,
        put: 'replace',
        text:
          '                  _os.O_EXCL | _os.O_CREAT | _os.O_WRONLY,\n' +
          '                  # Executable where the source is: both are opened as code.\n' +
          '                  mode & 0o777)\n',
      },
    ],
  },
  {
    patch: 'importlib',
    file: IMPORTLIB,
    changes: [
      {
        find: /(?<=^ {16}return hook\(path\)\n) {12}except ImportError:\n {16}continue\n/m,
        put: 'replace',
        text:
          '            except ImportError as exc:\n' +
          '                refusal = exc.__context__\n' +
          '                if _is_refusal(refusal) and refusal.filename == exc.path:\n' +
          '                    # As for a module, the search ends here.\n' +
          '                    raise refusal from None\n' +
          '                continue\n',
      },
    ],
  },
  {
    patch: 'importlib',
    file: IMPORTLIB,
    changes: [
      {
        find: /^def _check_name\(method\):\n/m,
        put: 'before',
        text:
          'def _is_refusal(exc):\n' +
          '    """Return True if exc came of a file that may be read, but not executed."""\n' +
          '    if not (isinstance(exc, PermissionError) and isinstance(exc.filename, str)):\n' +
          '        return False\n' +
          '    try:\n' +
          "        _io.FileIO(exc.filename, 'r').close()\n" +
          '    except OSError:\n' +
          '        return False\n' +
          '    return True\n' +
          '\n' +
          '\n',
      },
    ],
  },
  {
    patch: 'site',
    file: 'Lib/site.py',
    changes: [
      {
        find: /^ {4}except OSError:\n {8}return\n(?= {4}with f:\n|\n {4}try:\n {8}# Accept BOM)/m,
        put: 'replace',
        text:
          '    except OSError as exc:\n' +
          '        from _frozen_importlib_external import _is_refusal\n' +
          '        if _is_refusal(exc):\n' +
          '            print(f"{fullname}: {exc.strerror}, file ignored", file=sys.stderr)\n' +
          '        return\n',
      },
    ],
  },
];

/** Programs of the library that run a script. */
const programs: readonly Edit[] = [
  {
    patch: 'pdb',
    where: 'pdb-opens-plainly',
    rule: 'pdb-script',
    scope: 'statement',
    changes: [
      {
        find: /^with io\.open\(self\) as fp:/,
        put: 'replace',
        text:
          '# Bytes, which compile() decodes as it decodes any other source.\n' +
          '        with io.open_code(self) as fp:',
      },
    ],
  },
  {
    patch: 'pdbrc',
    rule: 'pdbrc',
    scope: 'statement',
    changes: [
      {
        find: /^with open\(("\.pdbrc"|os\.path\.expanduser\('~\/\.pdbrc'\))(?:, (encoding='utf-8'))?\)/,
        put: 'replace',
        text: ([, path = '', encoding]) => {
          const absolute = path.startsWith('"') ? `os.path.abspath(${path})` : path;
          const wrapped = encoding === undefined ? 'rcFile' : `rcFile, ${encoding}`;
          return `rcFile = io.open_code(${absolute})\n` + `                with io.TextIOWrapper(${wrapped})`;
        },
      },
    ],
  },
  {
    patch: 'pdbrc',
    file: 'Lib/pdb.py',
    changes: [
      {
        find: /(?<=rcLines\.extend\(rcFile\)\n) {12}except OSError:\n {16}pass\n(?= {12}try:\n)/m,
        put: 'replace',
        text: '            except OSError as exc:\n                self._report_refusal(exc)\n',
      },
      {
        find: /(?<=rcLines\.extend\(rcFile\)\n) {12}except OSError:\n {16}pass\n(?=\n)/m,
        put: 'replace',
        text: '            except OSError as exc:\n                self._report_refusal(exc)\n',
      },
    ],
  },
  {
    patch: 'pdbrc',
    file: 'Lib/pdb.py',
    changes: [
      {
        find: /^ {4}# Generic completion functions\./m,
        put: 'before',
        text:
          '    def _report_refusal(self, exc):\n' +
          '        """Tell of a file of commands that may be read, but not executed."""\n' +
          '        from _frozen_importlib_external import _is_refusal\n' +
          '        if _is_refusal(exc):\n' +
          "            self.error(f'{exc.filename}: {exc.strerror}')\n" +
          '\n',
      },
    ],
  },
  {
    patch: 'pdb-attach',
    where: 'pdb-attaches',
    file: 'Lib/pdb.py',
    changes: [
      {
        find: /^ {8}os\.chmod\(connect_script\.name, orig_mode \| stat\.S_IROTH \| stat\.S_IRGRP\)\n/m,
        put: 'replace',
        text:
          '        # The other process opens it as code.\n' +
          '        os.chmod(connect_script.name, orig_mode | 0o555)\n',
      },
    ],
  },
  {
    patch: 'profilers',
    where: '!profilers-open-code',
    rule: 'profilers',
    scope: 'call',
    changes: [
      {
        find: /^open\((progname|opts\.progname), 'rb'\)/,
        put: 'replace',
        text: ([, name = '']) => `io.open_code(os.path.abspath(${name}))`,
      },
    ],
  },
  imports('profilers', 'Lib/cProfile.py', /^import profile as _pyprofile\n/m, '!profilers-open-code'),
  imports('profilers', 'Lib/profile.py', /^import sys\nimport time\n/m, '!profilers-open-code'),
  imports('profilers', 'Lib/trace.py', /^import linecache\nimport os\n/m, '!profilers-open-code'),
];

/** Functions of the library that run a file. */
const functions: readonly Edit[] = [
  {
    patch: 'run-by-library',
    rule: 'option-file',
    scope: 'statement',
    changes: [
      {
        find: /^exec\(open\(filename\)\.read\(\), vars\)/,
        put: 'replace',
        text:
          'code = io.open_code(os.path.abspath(os.fsdecode(filename)))\n' +
          '        with io.TextIOWrapper(code) as file:\n' +
          '            exec(file.read(), vars)',
      },
    ],
  },
  imports('run-by-library', 'Lib/optparse.py', /^import sys, os\n/m),
  {
    patch: 'run-by-library',
    rule: 'tk-profile',
    scope: 'statement',
    changes: [
      {
        find: /^exec\(open\((class_py|base_py)\)\.read\(\), dir\)/,
        put: 'replace',
        text: ([, name = '']) =>
          `code = io.open_code(os.path.abspath(${name}))\n` +
          '            with io.TextIOWrapper(code) as file:\n' +
          '                exec(file.read(), dir)',
      },
    ],
  },
  {
    patch: 'run-by-library',
    file: 'Lib/tkinter/__init__.py',
    changes: [{ find: /^ {8}import os\n(?= {8}if 'HOME')/m, put: 'before', text: '        import io\n' }],
  },
  {
    patch: 'run-by-library',
    where: 'distutils',
    rule: 'setup-scripts',
    scope: 'call',
    changes: [
      {
        find: /^open\(script_name, 'rb'\)/,
        put: 'replace',
        text: 'io.open_code(os.path.abspath(os.fsdecode(script_name)))',
      },
    ],
  },
  imports('run-by-library', 'Lib/distutils/core.py', /^import os\nimport sys\n/m, 'distutils'),
  {
    patch: 'run-by-library',
    rule: 'doctest-file',
    scope: 'statement',
    changes: [
      {
        find: /^with open\(filename, encoding=encoding\) as f:/,
        put: 'replace',
        text:
          'f = io.open_code(os.path.abspath(os.fsdecode(filename)))\n' +
          '    with io.TextIOWrapper(f, encoding=encoding) as f:',
      },
    ],
  },
  {
    patch: 'run-by-library',
    file: 'Lib/doctest.py',
    changes: [
      {
        find: /^( +)if hasattr\((loader|package\.__loader__), 'get_data'\):\n/m,
        put: 'replace',
        text: ([, indent = '', loader = '']) =>
          `${indent}# The loaders of files would open this one as data.\n` +
          `${indent}if (hasattr(${loader}, 'get_data') and\n` +
          `${indent}        getattr(type(${loader}), 'get_data', None)\n` +
          `${indent}        is not SourceFileLoader.get_data):\n`,
      },
    ],
  },
  {
    patch: 'run-by-library',
    file: 'Lib/doctest.py',
    changes: [
      { find: /^import inspect\nimport linecache\n/m, put: 'before', text: 'import io\n' },
      {
        find: /^from io import StringIO/m,
        put: 'before',
        text: 'from importlib.machinery import SourceFileLoader\n',
      },
    ],
  },
];

/** The prompts that are written in Python. */
const prompts: readonly Edit[] = [
  {
    patch: 'prompts',
    where: 'prompts-in-python',
    rule: 'lib-startup',
    scope: 'owner',
    changes: [
      {
        find: /import tokenize\n( +)with tokenize\.open\(startup_path\) as f:\n/,
        put: 'replace',
        text: ([, indent = '']) =>
          `import io\n${indent}with io.open_code(os.path.abspath(startup_path)) as f:\n`,
      },
    ],
  },
];

/** A wheel is given the mode of what it is copied from. */
const written: readonly Change[] = [
  {
    find: /^ {20}whl = fp\.read\(\)\n/m,
    put: 'after',
    text: '                    mode = os.fstat(fp.fileno()).st_mode\n',
  },
  {
    find: /^ {16}fp\.write\(whl\)\n/m,
    put: 'after',
    text:
      '            # pip is run from the copy, which is code where the wheel is.\n' +
      '            os.chmod(filename, mode & 0o777 | 0o600)\n',
  },
];

/** What copies code that is then run. */
const copies: readonly Edit[] = [
  {
    patch: 'ensurepip',
    where: 'wheel-paths',
    file: 'Lib/ensurepip/__init__.py',
    changes: [
      {
        find: /^ {16}whl = wheel_path\.read_bytes\(\)\n/m,
        put: 'after',
        text:
          '                with resources.as_file(wheel_path) as path:\n' +
          '                    mode = os.stat(path).st_mode\n',
      },
      ...written,
    ],
  },
  {
    patch: 'ensurepip',
    where: ['wheels-written', 'wheel-folder', '!wheel-paths'],
    file: 'Lib/ensurepip/__init__.py',
    changes: [
      {
        find: /^ {16}whl = resources\.read_binary\(_bundled, wheel_name\)\n/m,
        put: 'after',
        text:
          '                with resources.path(_bundled, wheel_name) as path:\n' +
          '                    mode = os.stat(path).st_mode\n',
      },
      ...written,
    ],
  },
  {
    patch: 'ensurepip',
    where: ['wheels-written', '!wheel-folder'],
    file: 'Lib/ensurepip/__init__.py',
    changes: [
      {
        // Debian has wheels of its own, and copies them by a function of its own.
        find: /^ {12}with open\((?:os\.path\.join\(tmpdir, wheel_name\), "wb"|dest, 'wb')\) as fp:\n {16}fp\.write\(whl\)\n/m,
        put: 'after',
        text: ([copied]) =>
          '            # pip is run from the copy, which is code where the wheel is.\n' +
          (copied.includes('dest')
            ? '            os.chmod(dest, os.stat(path).st_mode & 0o777 | 0o600)\n'
            : '            with resources.path(_bundled, wheel_name) as path:\n' +
              '                mode = os.stat(path).st_mode\n' +
              '            os.chmod(os.path.join(tmpdir, wheel_name), mode & 0o777 | 0o600)\n'),
      },
    ],
  },
];

/** IDLE. */
const idle: readonly Edit[] = [
  {
    patch: 'idle',
    rule: 'idle-script',
    scope: 'statement',
    changes: [
      {
        find: /^with tokenize\.open\(filename\) as fp:\n {16}source = fp\.read\(\)\n/,
        put: 'replace',
        text:
          'with io.open_code(os.path.abspath(filename)) as fp:\n' +
          '                source = decode_source(fp.read())\n',
      },
    ],
  },
  {
    patch: 'idle',
    rule: 'idle-module',
    scope: 'call',
    changes: [
      { find: "open(filename, 'rb')", put: 'replace', text: 'io.open_code(os.path.abspath(filename))' },
    ],
  },
  {
    patch: 'idle',
    file: 'Lib/idlelib/pyshell.py',
    changes: [
      { find: /^from code import InteractiveInterpreter\n/m, put: 'before', text: 'import ast\n' },
      { find: /^import tokenize\n/m, put: 'replace', text: '' },
      {
        find: /(?<=^from code import InteractiveInterpreter\n)import (?:itertools|linecache)\n/m,
        put: 'before',
        text: 'from importlib.util import decode_source\nimport io\n',
      },
    ],
  },
  {
    patch: 'idle',
    file: 'Lib/idlelib/pyshell.py',
    changes: [
      {
        find: 'breakpoint_linenumbers = eval(line[len(filename)+1:])',
        put: 'replace',
        text: 'breakpoint_linenumbers = ast.literal_eval(\n                        line[len(filename)+1:])',
      },
    ],
  },
  imports('idle', 'Lib/idlelib/runscript.py', /^import os\nimport tabnanny\n/m),
];

/** What the deprecated ways to import open, and what they do instead. An extension is opened by the dynamic linker. */
const legacyOpens: Readonly<Record<string, string>> = {
  "self.file = file = open(self.path, 'rb')": 'self.file = file = io.open_code(os.path.abspath(self.path))',
  'file = open(file_path, mode, encoding=encoding)':
    'if type_ == C_EXTENSION:\n' +
    '        file = open(file_path, mode)\n' +
    '    else:\n' +
    '        file = io.open_code(os.path.abspath(file_path))\n' +
    "        if 'b' not in mode:\n" +
    '            file = io.TextIOWrapper(file, encoding)\n' +
    '            file.mode = mode',
  "self.file = open(self.filename, 'r')":
    'file = io.open_code(os.path.abspath(self.filename))\n' +
    '                self.file = io.TextIOWrapper(file)\n' +
    "                self.file.mode = 'r'",
  "self.file = open(self.filename, 'rb')":
    'if mod_type == imp.C_EXTENSION:\n' +
    "                    self.file = open(self.filename, 'rb')\n" +
    '                else:\n' +
    '                    self.file = io.open_code(os.path.abspath(self.filename))',
};

/** The deprecated ways to import. */
const deprecated: readonly Edit[] = [
  {
    patch: 'imp',
    where: 'imp',
    rule: 'legacy-opens',
    scope: 'statement',
    changes: [
      {
        find: new RegExp(`^(?:${Object.keys(legacyOpens).map(quoted).join('|')})$`),
        put: 'replace',
        text: ([statement]) => legacyOpens[statement] ?? statement,
      },
    ],
  },
  imports('imp', 'Lib/imp.py', /^import os\nimport sys\nimport tokenize\n/m, 'imp'),
  imports('imp', 'Lib/pkgutil.py', /^import os\nimport os\.path\n/m, 'imp'),
];

/** Edits of Lib, where io.open_code() opens what will be executed. */
export const libraryEdits: readonly Edit[] = [
  ...loaders,
  ...programs,
  ...functions,
  ...prompts,
  ...copies,
  ...idle,
  ...deprecated,
];
