import type { Scenario } from '../../../src/target/scenario.ts';
import { ARCHIVED, COMPILED, LISTED, PYTHON, env, system } from './common.ts';

/** What the script below has the library execute, sorted. */
const EXECUTED = [
  '.pdbrc',
  'code.zip',
  'code/two.pyc',
  'link/three.py',
  'one.py',
  'options',
  'run.py',
  'site/code.pth',
  'text',
] as const;

const script = `${COMPILED}${ARCHIVED}
import doctest, importlib.util, optparse, pdb, runpy, site
here = os.path.abspath(".")
os.mkdir("code"); compiled("two.py", "code/two.pyc"); archived("four.py")
class Loader(external.SourceFileLoader):
    def get_filename(self, name): return here + "/link/three.py"
sys.path[:0] = [here + "/code", here, here + "/code.zip"]
import one
import two
sys.path_importer_cache.clear(); os.rename("four.py", "away")
import four
found = importlib.util.spec_from_loader("three", Loader("three", here + "/three.py"))
found.loader.exec_module(importlib.util.module_from_spec(found))
runpy.run_path("run.py")
site.addsitedir("site")
doctest.testfile("text", module_relative=False)
optparse.Values().read_file("options")
pdb.Pdb()
print("all executed")
`;

/** Has a hook of PEP 578 tell what it is asked for. An error of its own could not be told to C. */
const hook = `import ctypes, io, os
seen = set()
@ctypes.PYFUNCTYPE(ctypes.py_object, ctypes.py_object, ctypes.c_void_p)
def hook(path, data):
    if not os.path.isfile(path): return io.BytesIO()
    seen.add(os.path.relpath(path))
    return io.open(path, "rb")
ctypes.pythonapi.PyFile_SetOpenCodeHook(hook, None)
`;

/** Says what the hook has not seen. Without the series it sees less: that is known by a function of the patch `importlib`. */
const missed = `missed = {${EXECUTED.map((name) => `"${name}"`).join(', ')}} - seen
if not hasattr(external, "_get_code_data"): missed -= {".pdbrc", "code/two.pyc", "options", "text"}
print("hook missed", *sorted(missed or {"nothing"}))
`;

const files: Scenario['files'] = {
  ...Object.fromEntries(
    ['one.py', 'two.py', 'three.py', 'four.py', 'run.py', 'options', '.pdbrc'].map((name) => [
      name,
      { text: 'pass\n', mode: 0o755 },
    ]),
  ),
  text: { text: '>>> 1\n1\n', mode: 0o755 },
  'site/code.pth': { text: 'import sys\n', mode: 0o755 },
  link: { link: '.' },
  'home/': '',
};

/** What is asked for and is not there. */
const ABSENT = ['__pycache__/*.pyc', 'link/__pycache__/*.pyc', 'home/.pdbrc'];

/** What is opened as data: folders, and what bytecode and the archive are made of. */
const DATA = [LISTED, 'code', 'code/two.pyc', 'code.zip', 'two.py', 'four.py', 'site', 'home/.inputrc'];

const common = {
  argv: [PYTHON, 'script.py'],
  env,
  system,
  placements: ['executable'],
} as const;

/**
 * What the library executes, told by two that know nothing of each other: the system calls, and an embedder's hook, which
 * is asked for each file in place of the flag.
 */
export const hooked: readonly Scenario[] = [
  {
    ...common,
    id: 'executed',
    what: 'what the library executes, and opens as code',
    files: { ...files, 'script.py': { text: script, mode: 0o755 } },
    marked: ['script.py', ...EXECUTED, ...ABSENT],
    plain: DATA,
    says: ['all executed'],
  },
  {
    ...common,
    id: 'executed-hooked',
    what: 'the same with a hook of PEP 578, which sees each of the files',
    files: {
      ...files,
      'script.py': {
        text: `${hook}${script}${missed}`,
        mode: 0o755,
      },
    },
    marked: ['script.py'],
    plain: [...DATA, ...EXECUTED, ...ABSENT, 'script.py'],
    // What a hook opens is the hook's.
    system: /\/lib\/python3/,
    traced: false,
    says: ['all executed\nhook missed nothing'],
  },
];
