import type { Patch } from '../../src/target/contract.js';

/** The series, in order. */
export const patches: readonly Patch[] = [
  {
    id: 'helper',
    subject: 'lib/sh: add sh_open_code to open files for execution',
    needs: [],
    message: 'helper.message.ejs',
  },
  {
    id: 'script',
    subject: 'shell: open script files with sh_open_code',
    needs: ['helper'],
    message: 'script.message.ejs',
  },
  {
    id: 'source',
    subject: 'builtins: open what is sourced with sh_open_code',
    needs: ['helper'],
    message: 'source.message.ejs',
  },
  {
    id: 'inputrc',
    subject: 'readline: open init files with sh_open_code',
    needs: ['helper'],
    optional: 'config',
    offByDefault: true,
    message: 'inputrc.message.ejs',
  },
];
