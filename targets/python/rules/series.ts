import type { Release, Rule, Site } from '../../../src/target/contract.js';
import { series } from '../series.js';
import { at, counts, within } from './places.js';

const openCode: readonly [string, (site: Site) => boolean][] = [
  ['3.9', within({ 'Lib/pdb.py': ['Pdb._runscript'] })],
  [
    '3.13',
    within({
      'Lib/cProfile.py': ['main'],
      'Lib/pdb.py': ['_ScriptTarget.code'],
      'Lib/profile.py': ['main'],
      'Lib/trace.py': ['main'],
    }),
  ],
];

const opensByCode = (site: Site, release: Release): boolean =>
  openCode.some(([name, here]) => name === series(release) && here(site));

const importlib = 'Lib/importlib/_bootstrap_external.py';
/** What some series of releases alone have. */
export const seriesRules: readonly Rule[] = [
  {
    id: 'tools-open-code',
    when: (site, release) => site.callee === 'open_code' && opensByCode(site, release),
    sites: counts({ '3.9': 1, '3.13': 4 }),
    verdict: 'mark',
    through: 'open-code',
    roles: ['script'],
    why: 'the script that pdb, cProfile, profile and trace are given, where they open it by io.open_code already',
  },
  at(
    { 'Parser/pegen/pegen.c': ['_PyPegen_run_parser_from_file'] },
    {
      id: 'parsed-file',
      sites: counts({ '3.9': 1 }),
      verdict: 'mark',
      roles: ['script'],
      why: 'the parser given a file by its name: no caller in the interpreter, but exported as PyPegen_ASTFromFilename, whose callers compile and run what it gives',
    },
  ),
  {
    id: 'open-looked-up',
    when: (site) =>
      site.callee === ', "open"' && within({ 'Objects/fileobject.c': ['PyFile_OpenCodeObject'] })(site),
    sites: counts({ '3.13': 1 }),
    verdict: 'exempt',
    roles: ['module'],
    why: 'the default of io.open_code: _io.open is looked up by its name, and called in the next statement',
  },
  {
    id: 'interned-identifiers',
    when: (site) => site.callee === 'open' && site.statement.startsWith('_Py_IDENTIFIER(open);'),
    sites: counts({ '3.9': 4 }),
    verdict: 'exempt',
    roles: ['data'],
    why: 'the string "open", which each file that needs it has as a static',
  },
  at(
    {
      'Lib/_pyrepl/main.py': ['interactive_console'],
      'Lib/asyncio/__main__.py': ['REPLThread.run'],
    },
    {
      id: 'lib-startup',
      sites: counts({ '3.13': 2 }),
      verdict: 'mark',
      roles: ['startup'],
      why: 'PYTHONSTARTUP, run by the prompts that are written in Python',
    },
  ),
  {
    id: 'framework-names',
    when: (site) =>
      /^(?:open|FileIO)$/.test(site.callee) &&
      within({
        'Lib/ctypes/__init__.py': ['CDLL.__init__', 'CDLL._load_library'],
        [importlib]: ['AppleFrameworkLoader.create_module'],
      })(site),
    sites: counts({ '3.13': 3 }),
    verdict: 'exempt',
    roles: ['config'],
    why: 'iOS: a text that says where a library lies, which ld.so opens',
  },
  at(
    { 'Lib/pickle.py': ['-'] },
    {
      id: 'pickle-file',
      sites: counts({ '3.13': 1 }),
      verdict: 'policy',
      default: 'exempt',
      roles: ['data'],
      why: 'python -m pickle: a pickle can call any function, and who unpickles one picks whom to trust',
    },
  ),
  at(
    {
      'Lib/_pyrepl/readline.py': [
        '_ReadlineWrapper.read_history_file',
        '_ReadlineWrapper.write_history_file',
      ],
    },
    {
      id: 'prompt-history',
      sites: counts({ '3.13': 2 }),
      verdict: 'exempt',
      roles: ['data'],
      why: 'the history of the prompt that is written in Python: lines to be chosen from, which run once they are entered',
    },
  ),
  at(
    {
      'Modules/posixmodule.c': ['warn_about_fork_with_threads', 'get_number_of_os_threads'],
      'Objects/mimalloc/prim/unix/prim.c': ['mi_prim_open'],
    },
    {
      id: 'system-facts',
      sites: counts({ '3.13': 3 }),
      verdict: 'exempt',
      roles: ['data'],
      why: 'what the kernel tells: how many threads there are, whether memory is overcommitted, random numbers',
    },
  ),
];
