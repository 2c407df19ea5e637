import type { Release, Tree } from '../../src/target/contract.js';
import { defineTarget } from '../../src/target/define.js';
import { recipe } from './build.js';
import { edits } from './edits.js';
import { entries } from './entries.js';
import { openers } from './openers.js';
import { patches } from './patches.js';
import { rules } from './rules.js';
import { dead, language, notShipped } from './sources.js';

const releases: readonly Release[] = [
  {
    version: '3.11.2',
    ansi: true,
    date: '2023-02-08',
    tarball: {
      file: 'python3.11_3.11.2.orig.tar.gz',
      sha256: '2411c74bda5bbcfcddaf4531f66d1adc73f247f529aee981b029513aefdbf849',
      urls: ['https://www.python.org/ftp/python/3.11.2/Python-3.11.2.tgz'],
      debian: { source: 'python3.11', upstream: '3.11.2' },
    },
  },
];

/** CPython says its version in a header. */
function recognise(tree: Tree): string | undefined {
  if (!['Include/patchlevel.h', 'Objects/fileobject.c', 'Lib/os.py'].every((file) => tree.has(file))) {
    return undefined;
  }
  return /^#define PY_VERSION\s+"([^"+]+)\+?"/m.exec(tree.read('Include/patchlevel.h'))?.[1];
}

export const target = defineTarget({
  name: 'python',
  templates: 'targets/python/templates',
  releases,
  recognise,
  language,
  notShipped,
  masks: [],
  dead,
  openers,
  rules,
  patches,
  edits,
  entries,
  build: recipe,
  license: 'PSF-2.0',
});
