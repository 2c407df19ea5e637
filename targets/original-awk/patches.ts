import type { Cover, Patch } from '../../src/target/contract.ts';

/** The series, in order. */
export const patches: readonly Patch[] = [
  {
    id: 'helper',
    subject: 'add awk_fopen_code to open files for execution',
    needs: [],
    message: 'helper.message.ejs',
  },
  {
    id: 'script',
    subject: 'open program files with awk_fopen_code',
    needs: ['helper'],
    message: 'script.message.ejs',
  },
  {
    id: 'documentation',
    subject: 'describe the policy about program files in awk.1',
    needs: ['script'],
    message: 'documentation.message.ejs',
  },
  {
    id: 'commands',
    subject: 'refuse programs that come from no file',
    needs: ['helper', 'script'],
    optional: 'entries',
    message: 'commands.message.ejs',
  },
  {
    id: 'environment',
    subject: 'take no LOCPATH where code from no file is denied',
    needs: ['helper'],
    optional: 'entries',
    message: 'environment.message.ejs',
  },
  {
    id: 'expressions',
    subject: 'keep regular expressions inside of their buffers',
    needs: [],
    optional: 'entries',
    message: 'expressions.message.ejs',
  },
];

/** The letter before the series. */
export const cover: Cover = {
  subject: 'awk: ask the kernel before program files are executed',
  message: 'cover-letter.ejs',
};
