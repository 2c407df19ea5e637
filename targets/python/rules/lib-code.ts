import type { Rule } from '../../../src/target/contract.js';
import { at, counts, within } from './places.js';

const importlib = 'Lib/importlib/_bootstrap_external.py';

/** What a later patch has to do with a file that is code and is opened plainly. */
const LATER = 'no patch of this series marks it yet';

const opensCode = within({
  'Lib/_pyio.py': ['-'],
  [importlib]: ['FileLoader.get_data'],
  'Lib/modulefinder.py': ['_find_module', 'ModuleFinder.run_script', 'ModuleFinder.load_file'],
  'Lib/runpy.py': ['_get_code_from_file'],
  'Lib/site.py': ['addpackage'],
  'Lib/zipimport.py': ['_read_directory', '_get_data'],
});

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
    { [importlib]: ['FileLoader.get_data', 'SourcelessFileLoader.get_code'] },
    {
      id: 'sourceless',
      sites: counts({ '3.9': 2, '3.11': 2, '3.13': 2, '3.13.15': 0 }),
      verdict: 'policy',
      default: 'exempt',
      roles: ['module'],
      why: `bytecode without a source beside it, opened plainly unless CVE-2026-2297 is fixed in the tree; ${LATER}`,
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
      why: "data files of packages; a source loader's get_data opens them by io.open_code all the same, since it does not ask what they are",
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
  at(
    {
      'Lib/imp.py': ['_HackedGetData.get_data', 'load_module', 'find_module', '-'],
      'Lib/pkgutil.py': [
        'ImpLoader.load_module',
        'ImpLoader._reopen',
        'ImpLoader.get_code',
        'ImpLoader.get_source',
      ],
    },
    {
      id: 'legacy-imp',
      sites: counts({ '3.9': 19, '3.11': 19 }),
      verdict: 'policy',
      default: 'exempt',
      roles: ['module', 'loadable'],
      why: `modules that are loaded by the deprecated imp and its relatives, which open files before a loader does; ${LATER}`,
    },
  ),
  at(
    { 'Lib/cProfile.py': ['main'], 'Lib/profile.py': ['main'], 'Lib/trace.py': ['main'] },
    {
      id: 'profilers',
      sites: counts({ '3.9': 3, '3.11': 3 }),
      verdict: 'policy',
      default: 'exempt',
      roles: ['script'],
      why: `the script that cProfile, profile and trace are given; ${LATER}`,
    },
  ),
  at(
    { 'Lib/pdb.py': ['Pdb.__init__'] },
    {
      id: 'pdbrc',
      sites: 2,
      verdict: 'policy',
      default: 'exempt',
      roles: ['startup'],
      why: `~/.pdbrc and ./.pdbrc: commands for the debugger, which runs Python; ${LATER}`,
    },
  ),
  at(
    { 'Lib/optparse.py': ['Values.read_file'] },
    {
      id: 'option-file',
      sites: 1,
      verdict: 'policy',
      default: 'exempt',
      roles: ['config'],
      why: `values of options from a file that is run; ${LATER}`,
    },
  ),
  at(
    { 'Lib/tkinter/__init__.py': ['Tk.readprofile'] },
    {
      id: 'tk-profile',
      sites: 4,
      verdict: 'policy',
      default: 'exempt',
      roles: ['startup'],
      why: `.CLASS.py and .BASE.py of the home directory are run, .CLASS.tcl and .BASE.tcl are opened by Tcl; ${LATER}`,
    },
  ),
  at(
    { 'Lib/doctest.py': ['_load_testfile'] },
    {
      id: 'doctest-file',
      sites: 2,
      verdict: 'policy',
      default: 'exempt',
      roles: ['script'],
      why: `a text whose examples are run; ${LATER}`,
    },
  ),
  at(
    { 'Lib/distutils/core.py': ['run_setup'] },
    {
      id: 'setup-scripts',
      sites: counts({ '3.9': 1, '3.11': 1 }),
      verdict: 'policy',
      default: 'exempt',
      roles: ['script'],
      why: `a setup script that another program runs within itself; ${LATER}`,
    },
  ),
  at(
    {
      'Lib/idlelib/pyshell.py': [
        'PyShellEditorWindow.restore_file_breaks',
        'ModifiedInterpreter.execsource',
        'ModifiedInterpreter.execfile',
        'main',
      ],
      'Lib/idlelib/runscript.py': ['ScriptBinding.checksyntax'],
    },
    {
      id: 'idle-code',
      sites: 7,
      verdict: 'policy',
      default: 'exempt',
      roles: ['script', 'startup'],
      why: `IDLE: the module that is run, -r and the start-up file, breakpoints that are evaluated when they are read; ${LATER}`,
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
    // Where CVE-2023-6597 is fixed by a copy of shutil.rmtree, as in Debian's minimal package.
    also: [3, 4],
    verdict: 'exempt',
    roles: ['directory'],
    why: 'directories, opened to be emptied by descriptor',
  },
];
