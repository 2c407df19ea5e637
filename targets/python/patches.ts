import type { Cover, Patch } from '../../src/target/contract.ts';

/** The series, in order. */
export const patches: readonly Patch[] = [
  {
    id: 'helper',
    subject: 'Python: add _Py_open_code() to open files for execution',
    needs: [],
    message: 'helper.message.ejs',
  },
  {
    id: 'open-code',
    subject: 'io.open_code(): open files with _Py_open_code()',
    needs: ['helper'],
    message: 'open-code.message.ejs',
  },
  {
    id: 'script',
    subject: 'main: open the script with _Py_open_code()',
    needs: ['helper'],
    message: 'script.message.ejs',
  },
  {
    id: 'startup',
    subject: 'main: open PYTHONSTARTUP with _Py_open_code()',
    needs: ['script'],
    message: 'startup.message.ejs',
  },
  {
    id: 'bytecode-script',
    subject: 'pythonrun: re-open a .pyc script with _Py_open_code()',
    needs: ['startup'],
    message: 'bytecode-script.message.ejs',
  },
  {
    id: 'importlib',
    subject: 'importlib: tell code from data, and refused from absent',
    needs: ['open-code'],
    message: 'importlib.message.ejs',
  },
  {
    id: 'site',
    subject: 'site: say which .pth file was refused',
    needs: ['importlib'],
    message: 'site.message.ejs',
  },
  {
    id: 'pdb',
    subject: 'pdb: open the script with io.open_code()',
    needs: ['open-code'],
    message: 'pdb.message.ejs',
  },
  {
    id: 'pdbrc',
    subject: 'pdb: open .pdbrc with io.open_code()',
    needs: ['importlib'],
    message: 'pdbrc.message.ejs',
  },
  {
    id: 'pdb-attach',
    subject: 'pdb: make the script of attach() executable',
    needs: ['open-code'],
    message: 'pdb-attach.message.ejs',
  },
  {
    id: 'profilers',
    subject: 'profile, cProfile, trace: use io.open_code()',
    needs: ['open-code'],
    message: 'profilers.message.ejs',
  },
  {
    id: 'run-by-library',
    subject: 'Lib: open what is executed with io.open_code()',
    needs: ['importlib'],
    message: 'run-by-library.message.ejs',
  },
  {
    id: 'prompts',
    subject: 'asyncio, pyrepl: open PYTHONSTARTUP as code',
    needs: ['open-code'],
    message: 'prompts.message.ejs',
  },
  {
    id: 'ensurepip',
    subject: 'ensurepip: give copied wheels the mode of the wheels',
    needs: [],
    message: 'ensurepip.message.ejs',
  },
  {
    id: 'idle',
    subject: 'IDLE: open what is executed with io.open_code()',
    needs: ['open-code'],
    message: 'idle.message.ejs',
  },
  {
    id: 'imp',
    subject: 'imp, pkgutil: open modules with io.open_code()',
    needs: ['importlib'],
    message: 'imp.message.ejs',
  },
  {
    id: 'documentation',
    subject: 'Doc: io.open_code() and the policy of the system',
    needs: ['open-code'],
    message: 'documentation.message.ejs',
  },
  {
    id: 'tests',
    subject: 'test_mayexec: test what is opened to be executed',
    needs: ['script', 'importlib', 'site', 'run-by-library'],
    message: 'tests.message.ejs',
  },
  {
    id: 'path-configuration',
    subject: 'getpath, site: open pyvenv.cfg and ._pth as code',
    needs: ['script'],
    optional: 'config',
    offByDefault: true,
    message: 'path-configuration.message.ejs',
  },
  {
    id: 'commands',
    subject: 'main: refuse code that comes from no file',
    needs: ['helper'],
    optional: 'entries',
    message: 'commands.message.ejs',
  },
];

/** The letter before the series. */
export const cover: Cover = {
  subject: 'Python: ask the kernel before files are executed',
  message: 'cover-letter.ejs',
};
