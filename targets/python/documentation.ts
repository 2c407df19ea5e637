import type { Edit } from '../../src/target/contract.js';

const OPEN_CODE = `   On Linux, the system can refuse to have the file executed. It is opened with
   the \`\`O_MAYEXEC\`\` flag of :manpage:\`openat2(2)\` where the kernel knows that,
   and checked with the \`\`AT_EXECVE_CHECK\`\` flag of :manpage:\`execveat(2)\` where
   the securebits of the process demand it. :exc:\`PermissionError\` is then raised
   for a file that could be read, for instance because it has no execute
   permission or is on a file system that is mounted \`\`noexec\`\`. Open data with
   :func:\`open\`.

`;

/** What a series for CPython says in its documentation, and how it tests itself. */
export const documentationEdits: readonly Edit[] = [
  {
    patch: 'documentation',
    file: 'Doc/library/io.rst',
    degrades: true,
    changes: [
      {
        find: /(?<=^ {3}additional validation or preprocessing of the file\.\n\n) {3}\.\. versionadded:: 3\.8\n/m,
        put: 'before',
        text: OPEN_CODE,
      },
    ],
  },
  {
    patch: 'documentation',
    where: '!github-issues',
    create: 'Misc/NEWS.d/next/Security/2026-11-28-00-00-00.bpo-00000.MayExec.rst',
    template: 'news.rst.ejs',
  },
  {
    patch: 'documentation',
    where: 'github-issues',
    create: 'Misc/NEWS.d/next/Security/2026-11-28-00-00-00.gh-issue-00000.MayExec.rst',
    template: 'news.rst.ejs',
  },
  { patch: 'tests', create: 'Lib/test/test_mayexec.py', template: 'test_mayexec.py.ejs' },
];
