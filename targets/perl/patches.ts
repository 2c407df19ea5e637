import type { Cover, Patch } from '../../src/target/contract.ts';

/** The series, in order. */
export const patches: readonly Patch[] = [
  {
    id: 'helper',
    subject: 'doio.c: ask the kernel before code is opened',
    needs: [],
    message: 'helper.message.ejs',
  },
  {
    id: 'script',
    subject: 'perl.c: open the script for execution',
    needs: ['helper'],
    message: 'script.message.ejs',
  },
  {
    id: 'modules',
    subject: 'pp_ctl.c: open modules and do FILE for execution',
    needs: ['helper'],
    message: 'modules.message.ejs',
  },
  {
    id: 'documentation',
    subject: 'pod: describe the policy of the kernel about programs',
    needs: ['script', 'modules'],
    message: 'documentation.message.ejs',
  },
  {
    id: 'tests',
    subject: 't/run: add mayexec.t for files that are executed',
    needs: ['script', 'modules'],
    message: 'tests.message.ejs',
  },
  {
    id: 'debugger',
    subject: 'perl5db.pl: open sourced files for execution',
    needs: ['modules', 'documentation', 'tests'],
    optional: 'config',
    message: 'debugger.message.ejs',
  },
  {
    id: 'commands',
    subject: 'perl.c: refuse code that comes from no file',
    needs: ['script', 'documentation', 'tests'],
    optional: 'entries',
    message: 'commands.message.ejs',
  },
  {
    id: 'environment',
    subject: 'perl.c: ignore variables that are code where denied',
    needs: ['commands'],
    optional: 'entries',
    message: 'environment.message.ejs',
  },
];

/** The letter before the series. */
export const cover: Cover = {
  subject: 'perl: ask the kernel before files are executed',
  message: 'cover-letter.ejs',
};
