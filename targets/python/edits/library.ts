import type { Edit } from '../../../src/target/contract.ts';
import { quoted } from '../../../src/target/quoted.ts';

/** What the deprecated ways to import open, and what they do instead. An extension is opened by the dynamic linker. */
const legacyOpens: Readonly<Record<string, string>> = {
  "self.file = file = open(self.path, 'rb')": 'self.file = file = io.open_code(self.path)',
  'file = open(file_path, mode, encoding=encoding)':
    'if type_ == C_EXTENSION:\n' +
    '        file = open(file_path, mode)\n' +
    '    else:\n' +
    '        file = io.open_code(file_path)\n' +
    "        if 'b' not in mode:\n" +
    '            file = io.TextIOWrapper(file, encoding)\n' +
    '            file.mode = mode',
  "self.file = open(self.filename, 'r')":
    'file = io.open_code(self.filename)\n' +
    '                self.file = io.TextIOWrapper(file)\n' +
    "                self.file.mode = 'r'",
  "self.file = open(self.filename, 'rb')":
    'if mod_type == imp.C_EXTENSION:\n' +
    "                    self.file = open(self.filename, 'rb')\n" +
    '                else:\n' +
    '                    self.file = io.open_code(self.filename)',
};

/** Edits of Lib that keep a name of what they find, or find one text of several. */
export const library: readonly Edit[] = [
  {
    patch: 'importlib',
    file: 'Lib/importlib/_bootstrap_external.py',
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
  {
    patch: 'pdbrc',
    rule: 'pdbrc',
    scope: 'statement',
    changes: [
      {
        find: /^with open\(("\.pdbrc"|os\.path\.expanduser\('~\/\.pdbrc'\))(?:, (encoding='utf-8'))?\)/,
        put: 'replace',
        text: ([, path = '', encoding]) => {
          const wrapped = encoding === undefined ? 'rcFile' : `rcFile, ${encoding}`;
          return `rcFile = io.open_code(${path})\n` + `                with io.TextIOWrapper(${wrapped})`;
        },
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
        // By a keyword, as upstream's own calls in later releases are not: the two are told apart by it.
        text: ([, name = '']) => `io.open_code(path=${name})`,
      },
    ],
  },
  {
    patch: 'run-by-library',
    rule: 'tk-profile',
    scope: 'statement',
    changes: [
      {
        find: /^exec\(open\((class_py|base_py)\)\.read\(\), dir\)/,
        put: 'replace',
        text: ([, name = '']) =>
          `code = io.open_code(${name})\n` +
          '            with io.TextIOWrapper(code) as file:\n' +
          '                exec(file.read(), dir)',
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
    patch: 'prompts',
    where: 'prompts-in-python',
    rule: 'lib-startup',
    scope: 'owner',
    changes: [
      {
        find: /import tokenize\n( +)with tokenize\.open\(startup_path\) as f:\n/,
        put: 'replace',
        text: ([, indent = '']) => `import io\n${indent}with io.open_code(startup_path) as f:\n`,
      },
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
];
