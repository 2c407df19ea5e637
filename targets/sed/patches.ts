import type { Cover, Patch } from '../../src/target/contract.ts';

/** The series, in order. */
export const patches: readonly Patch[] = [
  {
    id: 'helper',
    subject: 'sed: add sed_open_code to open files for execution',
    needs: [],
    message: 'helper.message.ejs',
  },
  {
    id: 'script',
    subject: 'sed: open script files with sed_open_code',
    needs: ['helper'],
    message: 'script.message.ejs',
  },
  {
    id: 'documentation',
    subject: 'doc: describe the policy about script files',
    needs: ['script'],
    message: 'documentation.message.ejs',
  },
  {
    id: 'commands',
    subject: 'sed: deny e and w to scripts that come from no file',
    needs: ['helper', 'script'],
    optional: 'entries',
    message: 'commands.message.ejs',
  },
  {
    id: 'environment',
    subject: 'sed: ignore a path in LANGUAGE where code is denied',
    needs: ['helper'],
    optional: 'entries',
    message: 'environment.message.ejs',
  },
];

/** The letter before the series. */
export const cover: Cover = {
  subject: 'sed: ask the kernel before script files are executed',
  message: 'cover-letter.ejs',
};
