import type { Patch } from '../../src/target/contract.js';

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
    id: 'pdb',
    subject: 'pdb: open the script with io.open_code()',
    needs: ['open-code'],
    message: 'pdb.message.ejs',
  },
];
