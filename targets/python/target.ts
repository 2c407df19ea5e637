import type { PinnedRelease, Tree } from '../../src/target/contract.js';
import { defineTarget } from '../../src/target/define.js';
import { recipe } from './build.js';
import { capabilities } from './capabilities.js';
import { edits } from './edits.js';
import { entries } from './entries.js';
import { openers } from './openers.js';
import { patches } from './patches.js';
import { withCapabilities } from '../../src/target/pinned.js';
import { readLocks } from '../../src/target/read-locks.js';
import { readRules } from '../../src/target/read-rules.js';
import { wrappers } from './wrappers.js';
import { dead, language, notShipped } from './sources.js';

/** A release whose archive Debian has as upstream made it. */
const release = (
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

const releases: readonly Omit<PinnedRelease, 'capabilities'>[] = [
  release(
    '3.11.2',
    '2023-02-08',
    'bookworm',
    'tar.gz',
    '2411c74bda5bbcfcddaf4531f66d1adc73f247f529aee981b029513aefdbf849',
  ),
  release(
    '3.9.2',
    '2021-02-19',
    'bullseye',
    'tar.xz',
    '3c2034c54f811448f516668dce09d24008a0716c3a794dd8639b5388cbde247d',
  ),
  release(
    '3.13.5',
    '2025-06-11',
    'trixie',
    'tar.xz',
    '93e583f243454e6e9e4588ca2c2662206ad961659863277afcdb96801647d640',
  ),
  release(
    '3.13.15',
    '2026-08-05',
    'forky',
    'tar.xz',
    '1e66a7945a48390ee4c2a4268a0e4185884059a13c4aab6d148aa208deea4a76',
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
  templates: 'targets/python/templates',
  releases: withCapabilities(releases, locks),
  capabilities,
  recognise,
  language,
  notShipped,
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
  wrappers,
  patches,
  edits,
  entries,
  build: recipe,
  license: 'PSF-2.0',
});
