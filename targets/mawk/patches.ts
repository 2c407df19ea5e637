import type { Cover, Patch } from '../../src/target/contract.ts';

/** The series, in order. */
export const patches: readonly Patch[] = [
  {
    id: 'helper',
    subject: 'add mawk_open_code to open files for execution',
    needs: [],
    message: 'helper.message.ejs',
  },
  {
    id: 'script',
    subject: 'scan: open program files with mawk_open_code',
    needs: ['helper'],
    message: 'script.message.ejs',
  },
  {
    id: 'documentation',
    subject: 'man: describe the policy about program files',
    needs: ['script'],
    message: 'documentation.message.ejs',
  },
  {
    id: 'numbers',
    subject: 'cast: make room for large numbers in CONVFMT',
    needs: [],
    optional: 'entries',
    message: 'numbers.message.ejs',
  },
  {
    id: 'commands',
    subject: 'scan: refuse programs that come from no file',
    needs: ['helper', 'script', 'numbers'],
    optional: 'entries',
    message: 'commands.message.ejs',
  },
  {
    id: 'environment',
    subject: 'main: take no LOCPATH where code from no file is denied',
    needs: ['helper'],
    optional: 'entries',
    message: 'environment.message.ejs',
  },
];

/** The letter before the series. */
export const cover: Cover = {
  subject: 'mawk: ask the kernel before program files are executed',
  message: 'cover-letter.ejs',
};
