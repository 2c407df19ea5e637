import type { GitTree, PinnedRelease, Tree } from '../../src/target/contract.ts';
import { defineTarget } from '../../src/target/define.ts';
import { recipe } from './build.ts';
import { capabilities } from './capabilities.ts';
import { edits } from './edits/index.ts';
import { entries } from './entries.ts';
import { openers } from './openers.ts';
import { cover, patches } from './patches.ts';
import { withCapabilities } from '../../src/target/pinned.ts';
import { readLocks } from '../../src/target/read-locks.ts';
import { readAnswers } from '../../src/target/read-answers.ts';
import { readRules } from '../../src/target/read-rules.ts';
import { wrappers } from './wrappers.ts';
import { bundled, dead, language, notShipped } from './sources.ts';

/** A release whose archive Debian has as upstream made it. */
const fromDebian = (
  version: string,
  date: string,
  suite: string,
  form: 'tar.gz' | 'tar.xz',
  sha256: string,
): Omit<PinnedRelease, 'capabilities'> => {
  const source = `python${version.replace(/\.\d+$/, '')}`;
  const upstream = `Python-${version}.${form === 'tar.gz' ? 'tgz' : form}`;
  return {
    version,
    date,
    tarball: {
      file: `${source}_${version}.orig.${form}`,
      sha256,
      urls: [`https://www.python.org/ftp/python/${version}/${upstream}`],
      debian: { source, upstream: version, suites: [suite] },
    },
  };
};

/** A release that only upstream's own server has, with the sum that was published for its archive. */
const fromUpstream = (
  version: string,
  date: string,
  form: 'tgz' | 'tar.xz',
  sha256: string,
  seen?: GitTree,
): Omit<PinnedRelease, 'capabilities'> => {
  const file = `Python-${version}.${form}`;
  const urls = [`https://www.python.org/ftp/python/${version}/${file}`];
  return { version, date, tarball: { file, sha256, urls }, ...(seen && { seen }) };
};

const releases: readonly Omit<PinnedRelease, 'capabilities'>[] = [
  fromDebian(
    '3.11.2',
    '2023-02-08',
    'bookworm',
    'tar.gz',
    '2411c74bda5bbcfcddaf4531f66d1adc73f247f529aee981b029513aefdbf849',
  ),
  fromDebian(
    '3.9.2',
    '2021-02-19',
    'bullseye',
    'tar.xz',
    '3c2034c54f811448f516668dce09d24008a0716c3a794dd8639b5388cbde247d',
  ),
  fromDebian(
    '3.13.5',
    '2025-06-11',
    'trixie',
    'tar.xz',
    '93e583f243454e6e9e4588ca2c2662206ad961659863277afcdb96801647d640',
  ),
  fromDebian(
    '3.13.15',
    '2026-08-05',
    'forky',
    'tar.xz',
    '1e66a7945a48390ee4c2a4268a0e4185884059a13c4aab6d148aa208deea4a76',
  ),
  fromUpstream(
    '3.10.12',
    '2023-06-06',
    'tgz',
    'a43cd383f3999a6f4a7db2062b2fc9594fefa73e175b3aedafa295a51a7bb65c',
  ),
  fromUpstream(
    '3.12.3',
    '2024-04-09',
    'tgz',
    'a6b9459f45a6ebbbc1af44f5762623fa355a0c87208ed417628b379d762dddb0',
  ),
  fromUpstream(
    '3.14.7',
    '2026-08-05',
    'tar.xz',
    '3b48dac8fb59f62eaa67ac83c1eb12bda1b7a08406dd286e252c11a66be27f81',
    { repository: 'tcchen2026/cpython-3.14', commit: '0edaa75d86fbd8907f132ae567e4df8d31691849' },
  ),
];

/** CPython says its version in a header. */
function recognise(tree: Tree): string | undefined {
  if (!['Include/patchlevel.h', 'Objects/fileobject.c', 'Lib/os.py'].every((file) => tree.has(file))) {
    return undefined;
  }
  return /^#define PY_VERSION\s+"([^"+]+)\+?"/m.exec(tree.read('Include/patchlevel.h'))?.[1];
}

const locks = readLocks('python');

export const target = defineTarget({
  name: 'python',
  title: 'CPython',
  opens:
    'scripts, modules, archives, bytecode, `.pth` and startup files, what the library executes; `pyvenv.cfg` (optional, off by default)',
  templates: 'targets/python/templates',
  releases: withCapabilities(releases, locks),
  capabilities,
  recognise,
  language,
  notShipped,
  bundled,
  masks: [],
  dead,
  openers,
  evaluates: {
    c: ['_?PyRun_\\w+', 'PyEval_EvalCode\\w*', 'Py_CompileString\\w*', 'PyMarshal_Read\\w+', 'run_pyc_file'],
    python: [
      ...['exec', 'eval', '(?<!re\\.)compile', 'execfile', 'exec_module', 'run_path', 'runcode', 'runsource'],
      ...['__import__', 'import_module', '(?:marshal|pickle)\\.loads?', 'Unpickler'],
    ],
  },
  locks,
  rules: readRules('python'),
  answers: readAnswers('python'),
  wrappers,
  patches,
  cover,
  edits,
  entries,
  questions: [
    // Not where they are defined.
    { call: /(?<=[ (])_Py_interactive_denied\((?!int )[^()]+\)/, allows: '0' },
    { call: /(?<=!)_Py_code_passes\(fileno\(stdin\)\)/, allows: '1' },
    {
      call: /(?<=^ +)(?:_imp\.)?_check_interactive\('[\w ]+'(?:, True)?\)(?!\s+loop = asyncio)/m,
      allows: 'None',
    },
    {
      call: /(?<=^ +)_imp\._check_interactive\('interactive console'\)(?=\s+loop = asyncio)/m,
      allows: 'None',
      unproven:
        'it ends asyncio before a thread is started for the prompt: not asked, code.interact() asks the same in that thread, and nothing runs',
    },
  ],
  build: recipe,
  copyright: 'Python Software Foundation',
  license: 'PSF-2.0',
});
