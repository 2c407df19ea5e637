import type { Rule, Site } from '../../../src/target/contract.js';
import { at, counts, within } from './places.js';

const importlib = 'Lib/importlib/_bootstrap_external.py';

const opensCode = within({
  'Lib/_pyio.py': ['-'],
  [importlib]: ['FileLoader.get_data'],
  'Lib/modulefinder.py': ['_find_module', 'ModuleFinder.run_script', 'ModuleFinder.load_file'],
  'Lib/runpy.py': ['_get_code_from_file'],
  'Lib/site.py': ['addpackage'],
  'Lib/zipimport.py': ['_read_directory', '_get_data'],
});

const legacy = within({
  'Lib/imp.py': ['_HackedGetData.get_data', 'load_module', 'find_module', '-'],
  'Lib/pkgutil.py': [
    'ImpLoader.load_module',
    'ImpLoader._reopen',
    'ImpLoader.get_code',
    'ImpLoader.get_source',
  ],
});

/** What the patch of pkgutil leaves plain, for extensions: the same call, in a branch of its own and so farther in. */
const leftPlain = (site: Site): boolean =>
  site.file === 'Lib/pkgutil.py' && site.text === "open(self.filename, 'rb')" && site.column > 30;

const tkProfile = within({ 'Lib/tkinter/__init__.py': ['Tk.readprofile'] });

const doctestFile = within({ 'Lib/doctest.py': ['_load_testfile'] });

const idleCallers = within({ 'Lib/idlelib/pyshell.py': ['ModifiedInterpreter.execsource', 'main'] });

const removesTree = within({ 'Lib/tempfile.py': ['-', '_rmtree', '_rmtree_safe_fd'] });

/** Files of Lib whose content is run. They stand before the other rules, which name whole functions. */
export const libCodeRules: readonly Rule[] = [
  at(
    { 'Lib/pdb.py': ['_ScriptTarget.code'] },
    {
      id: 'pdb-script',
      sites: counts({ '3.11': 1 }),
      verdict: 'mark',
      roles: ['script'],
      why: 'the script that pdb is given: read, compiled and run under the debugger',
    },
  ),
  {
    id: 'open-code-callers',
    when: (site) => site.callee === 'open_code' && opensCode(site),
    sites: 10,
    verdict: 'mark',
    through: 'open-code',
    roles: ['module', 'script', 'startup'],
    why: 'opened by io.open_code already: source and cached bytecode of modules, archives, scripts of runpy, .pth files, and what modulefinder analyses',
  },
  at(
    {
      'Lib/importlib/_bootstrap.py': ['_exec', '_load_backward_compatible'],
      [importlib]: [
        '_LoaderBasics.exec_module',
        'SourceLoader.get_source',
        'SourceLoader.get_code',
        'FileLoader.load_module',
      ],
      'Lib/importlib/abc.py': ['InspectLoader.get_code', 'InspectLoader', 'ExecutionLoader.get_code'],
      'Lib/runpy.py': ['_get_module_details', 'run_path'],
      'Lib/multiprocessing/spawn.py': ['_fixup_main_from_path'],
    },
    {
      id: 'loaders',
      sites: 14,
      verdict: 'mark',
      through: 'open-code',
      roles: ['module', 'script'],
      why: 'asks a loader, or runpy, for code: those open the file by io.open_code',
    },
  ),
  at(
    { [importlib]: ['SourcelessFileLoader.get_code'] },
    {
      id: 'sourceless',
      sites: 1,
      verdict: 'mark',
      through: 'importlib',
      roles: ['module'],
      why: 'bytecode without a source beside it: its loader opens it by io.open_code once importlib is patched, and where CVE-2026-2297 is fixed it did already',
    },
  ),
  at(
    { [importlib]: ['FileLoader.get_data'] },
    {
      id: 'module-data',
      sites: 1,
      verdict: 'exempt',
      roles: ['data'],
      why: "what a loader of files is asked for and is neither the module's own file nor bytecode: data of packages",
    },
  ),
  at(
    { [importlib]: ['_is_refusal'] },
    {
      id: 'refusals',
      sites: 0,
      patched: { importlib: 1 },
      verdict: 'exempt',
      roles: ['data'],
      why: 'opened and closed unread, to tell a file that may not be executed from one that may not be read',
    },
  ),
  at(
    {
      'Lib/lib2to3/pgen2/driver.py': ['load_packaged_grammar'],
      'Lib/pkgutil.py': ['ImpLoader.get_data', 'get_data'],
    },
    {
      id: 'package-data',
      sites: counts({ '3.9': 3, '3.11': 3, '3.13': 1 }),
      verdict: 'exempt',
      roles: ['data'],
      why: 'data files of packages, which loaders open plainly once importlib is patched',
    },
  ),
  at(
    { 'Lib/_pyio.py': ['_open_code_with_warning'] },
    {
      id: 'pyio-fallback',
      sites: 1,
      verdict: 'policy',
      default: 'exempt',
      roles: ['module'],
      why: 'what _pyio has for io.open_code where there is no _io: never used by this interpreter, and it warns',
    },
  ),
  {
    id: 'legacy-opens',
    when: (site) =>
      legacy(site) &&
      !leftPlain(site) &&
      /^io\.open_code\(|^open\((?:self\.path, 'rb'|file_path, mode, encoding=encoding|self\.filename, 'rb?')\)$/.test(
        site.text,
      ),
    sites: counts({ '3.9': 4, '3.11': 4 }),
    verdict: 'mark',
    roles: ['module'],
    why: 'source and bytecode that imp and pkgutil open before a loader does',
  },
  {
    id: 'legacy-loadable',
    when: (site) =>
      legacy(site) &&
      (leftPlain(site) ||
        site.callee.endsWith('_dynamic') ||
        /^open\((?:filename, 'rb'|file_path, mode)\)$/.test(site.text)),
    sites: counts({ '3.9': 5, '3.11': 5 }),
    patched: { imp: counts({ '3.9': 2, '3.11': 2 }) },
    verdict: 'policy',
    default: 'exempt',
    roles: ['loadable'],
    why: 'extension modules: the file is opened by ld.so, whose mmap a noexec mount refuses; a missing x bit does not stop it',
  },
  {
    id: 'legacy-looks',
    when: (site) =>
      legacy(site) && /^open\((?:file_path, 'rb'|self\.filename\[:-1\], 'r')\)$/.test(site.text),
    sites: counts({ '3.9': 2, '3.11': 2 }),
    verdict: 'exempt',
    roles: ['data'],
    why: 'source that is looked at for its encoding, or shown beside its bytecode',
  },
  {
    id: 'legacy-imp',
    when: legacy,
    sites: counts({ '3.9': 8, '3.11': 8 }),
    verdict: 'mark',
    through: 'imp',
    roles: ['module'],
    why: 'modules that are loaded by the deprecated imp and its relatives: their files are opened by what the patch rewrites, or by a loader',
  },
  at(
    { 'Lib/cProfile.py': ['main'], 'Lib/profile.py': ['main'], 'Lib/trace.py': ['main'] },
    {
      id: 'profilers',
      sites: counts({ '3.9': 3, '3.11': 3 }),
      verdict: 'mark',
      roles: ['script'],
      why: 'the script that cProfile, profile and trace are given',
    },
  ),
  at(
    { 'Lib/pdb.py': ['Pdb.__init__'] },
    {
      id: 'pdbrc',
      sites: 2,
      verdict: 'mark',
      roles: ['startup'],
      why: '~/.pdbrc and ./.pdbrc: commands for the debugger, which runs Python',
    },
  ),
  at(
    { 'Lib/optparse.py': ['Values.read_file'] },
    {
      id: 'option-file',
      sites: 1,
      verdict: 'mark',
      roles: ['config'],
      why: 'values of options from a file that is run',
    },
  ),
  {
    id: 'tk-profile-tcl',
    when: (site) => tkProfile(site) && site.callee === "'source'",
    sites: 2,
    verdict: 'policy',
    default: 'exempt',
    roles: ['startup'],
    why: '.CLASS.tcl and .BASE.tcl of the home directory, opened by Tcl',
  },
  {
    id: 'tk-profile',
    when: tkProfile,
    sites: 2,
    verdict: 'mark',
    roles: ['startup'],
    why: '.CLASS.py and .BASE.py of the home directory, which are run',
  },
  {
    id: 'doctest-file',
    when: (site) => doctestFile(site) && site.callee !== 'get_data',
    sites: 1,
    verdict: 'mark',
    roles: ['script'],
    why: 'a text whose examples are run',
  },
  {
    id: 'doctest-loader',
    when: (site) => doctestFile(site) && site.callee === 'get_data' && site.kind === 'value',
    sites: 0,
    patched: { 'run-by-library': 1 },
    verdict: 'exempt',
    roles: ['script'],
    why: 'the function of a loader, compared with that of the loaders of files and not called',
  },
  {
    id: 'doctest-package',
    when: doctestFile,
    sites: 1,
    verdict: 'mark',
    through: 'run-by-library',
    roles: ['script'],
    why: 'a text whose examples are run, from an archive: zipimport opens that by io.open_code; what is no archive is opened by its name, once doctest is patched',
  },
  at(
    { 'Lib/distutils/core.py': ['run_setup'] },
    {
      id: 'setup-scripts',
      sites: counts({ '3.9': 1, '3.11': 1 }),
      verdict: 'mark',
      roles: ['script'],
      why: 'a setup script that another program runs within itself',
    },
  ),
  at(
    { 'Lib/idlelib/pyshell.py': ['PyShellEditorWindow.restore_file_breaks'] },
    {
      id: 'idle-breakpoints',
      sites: 1,
      verdict: 'exempt',
      roles: ['config'],
      why: 'numbers of lines, which IDLE evaluates, and reads as literals once it is patched: nothing of the file is run then',
    },
  ),
  at(
    { 'Lib/idlelib/pyshell.py': ['ModifiedInterpreter.execfile'] },
    {
      id: 'idle-script',
      sites: 1,
      verdict: 'mark',
      roles: ['script', 'startup'],
      why: 'IDLE: -r and the start-up file',
    },
  ),
  at(
    { 'Lib/idlelib/runscript.py': ['ScriptBinding.checksyntax'] },
    {
      id: 'idle-module',
      sites: 1,
      verdict: 'mark',
      roles: ['script'],
      why: 'IDLE: the module of an editor, which is compiled and run',
    },
  ),
  {
    id: 'idle-callers',
    when: (site) => idleCallers(site) && site.callee === 'execfile',
    sites: 3,
    verdict: 'mark',
    through: 'idle',
    roles: ['script', 'startup'],
    why: 'IDLE: -r and the start-up file, opened by a function of its own; -c and what is typed, which have no file',
  },
  at(
    { 'Lib/idlelib/pyshell.py': ['main'] },
    {
      id: 'idle-windows',
      sites: 1,
      verdict: 'exempt',
      roles: ['data'],
      why: 'IDLE: the files that it is given, each in an editor of its own',
    },
  ),
  at(
    {
      'Lib/ctypes/__init__.py': ['CDLL.__init__', 'CDLL._load_library', 'PyDLL', 'WinDLL', 'OleDLL', '-'],
      'Lib/ctypes/util.py': ['test'],
      'Lib/_ios_support.py': ['-'],
      'Lib/_pyrepl/_minimal_curses.py': ['-'],
      'Lib/_pyrepl/windows_console.py': ['-'],
      'Lib/platform.py': ['android_ver'],
      [importlib]: ['ExtensionFileLoader.create_module', 'AppleFrameworkLoader.create_module'],
    },
    {
      id: 'lib-loadable',
      sites: counts({ '3.9': 27, '3.11': 27, '3.13': 33, '3.13.15': 32 }),
      verdict: 'policy',
      default: 'exempt',
      roles: ['loadable'],
      why: 'shared libraries: the file is opened by ld.so, whose mmap a noexec mount refuses; a missing x bit does not stop it',
    },
  ),
  {
    id: 'tempfile-rmtree',
    when: (site) => site.callee === 'open' && removesTree(site),
    sites: 0,
    // Where Debian's minimal package has a copy of shutil.rmtree, of 3.11 and of 3.13.
    also: [4, 3],
    verdict: 'exempt',
    roles: ['directory'],
    why: 'directories, opened to be emptied by descriptor',
  },
];
