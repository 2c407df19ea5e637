import type { Rule } from '../../../src/target/contract.js';
import { at } from './places.js';

/** Source that is shown, analysed or compiled, and not run from what is opened there. */
export const sourceFileRules: readonly Rule[] = [
  at(
    {
      'Lib/_sitebuiltins.py': ['_Printer.__setup'],
      'Lib/asyncio/base_tasks.py': ['_task_print_stack'],
      'Lib/bdb.py': ['Bdb.set_break', 'Bdb.format_stack_entry', 'Tdb.user_line'],
      'Lib/cgitb.py': ['reader'],
      'Lib/doctest.py': ['DocTestFinder.find', 'DocTestRunner.run'],
      'Lib/idlelib/debugger.py': ['StackViewer.load_stack'],
      'Lib/idlelib/help.py': ['HelpText.__init__'],
      'Lib/idlelib/outwin.py': ['file_line_helper'],
      'Lib/idlelib/run.py': ['idle_formatwarning'],
      'Lib/idlelib/stackviewer.py': ['FrameTreeItem.GetText'],
      'Lib/idlelib/textview.py': ['view_file'],
      'Lib/inspect.py': ['findsource'],
      'Lib/linecache.py': ['getline', 'getlines', 'updatecache', 'lazycache'],
      'Lib/pdb.py': ['find_function', 'Pdb.checkline', 'Pdb.do_list'],
      'Lib/trace.py': [
        'CoverageResults.write_results',
        '_find_strings',
        '_find_executable_linenos',
        'Trace.localtrace_trace_and_count',
        'Trace.localtrace_trace',
      ],
      'Lib/traceback.py': ['FrameSummary.line'],
      'Lib/tracemalloc.py': ['Traceback.format'],
      'Lib/turtledemo/__main__.py': ['DemoWindow.loadfile'],
      'Lib/warnings.py': ['_formatwarnmsg_impl', 'warn_explicit', 'extract'],
    },
    {
      id: 'display',
      sites: 40,
      verdict: 'exempt',
      roles: ['data'],
      why: 'source lines and texts that are shown: in a traceback, a warning, a debugger, a window',
    },
  ),
  at(
    {
      'Lib/idlelib/grep.py': ['GrepDialog.grep_it'],
      'Lib/idlelib/runscript.py': ['ScriptBinding.tabnanny'],
      'Lib/lib2to3/pgen2/conv.py': ['Converter.parse_graminit_h', 'Converter.parse_graminit_c'],
      'Lib/lib2to3/pgen2/driver.py': ['Driver.parse_file'],
      'Lib/lib2to3/pgen2/grammar.py': ['Grammar.dump'],
      'Lib/lib2to3/pgen2/pgen.py': ['ParserGenerator.__init__'],
      'Lib/lib2to3/pgen2/tokenize.py': ['-'],
      'Lib/lib2to3/refactor.py': ['RefactoringTool._read_python_source', 'RefactoringTool.write_file'],
      'Lib/pyclbr.py': ['_readmodule'],
      'Lib/pydoc.py': ['synopsis', 'ModuleScanner.run'],
      'Lib/shlex.py': ['shlex.sourcehook', '-'],
      'Lib/symtable.py': ['-'],
      'Lib/tabnanny.py': ['check'],
      'Lib/tokenize.py': ['main'],
    },
    {
      id: 'analysis',
      sites: 19,
      verdict: 'exempt',
      roles: ['data'],
      why: 'source that is read to be analysed, searched or rewritten: nothing of it is run',
    },
  ),
  at(
    {
      'Lib/modulefinder.py': [
        'ModuleFinder.run_script',
        'ModuleFinder.load_file',
        'ModuleFinder.import_module',
        'ModuleFinder.load_module',
        'ModuleFinder.load_package',
      ],
    },
    {
      id: 'modulefinder-names',
      sites: 5,
      verdict: 'exempt',
      roles: ['data'],
      why: 'modulefinder: its own functions, which analyse what they were given open',
    },
  ),
  at(
    {
      'Lib/compileall.py': ['compile_dir', 'compile_file', 'compile_path', 'main'],
      'Lib/distutils/command/build_py.py': ['build_py.run', 'build_py.byte_compile', 'build_py_2to3.run'],
      'Lib/distutils/command/install_lib.py': ['install_lib.run', 'install_lib.byte_compile'],
      'Lib/importlib/_bootstrap_external.py': ['_write_atomic'],
      'Lib/py_compile.py': ['compile'],
      'Lib/zipfile.py': ['PyZipFile._compile'],
    },
    {
      id: 'bytecode',
      sites: 20,
      verdict: 'exempt',
      roles: ['output'],
      why: 'bytecode that is made and compared: it is judged when it is imported, its source was read by a loader',
    },
  ),
  at(
    {
      'Lib/idlelib/editor.py': ['EditorWindow.update_recent_files_list'],
      'Lib/idlelib/iomenu.py': ['IOBinding.loadfile'],
      'Lib/idlelib/pyshell.py': ['PyShellEditorWindow.store_file_breaks'],
    },
    {
      id: 'idle-files',
      sites: 6,
      verdict: 'exempt',
      roles: ['data'],
      why: 'IDLE: the file in the editor, the list of recent files, breakpoints that are saved',
    },
  ),
  at(
    {
      'Lib/pydoc.py': ['importfile'],
    },
    {
      id: 'pydoc-importfile',
      sites: 1,
      verdict: 'exempt',
      roles: ['module'],
      why: 'the first bytes, to tell source from bytecode: the file itself is opened by the loader',
    },
  ),
];
