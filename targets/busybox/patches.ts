import type { Cover, Patch } from '../../src/target/contract.ts';

/** The series, in order. */
export const patches: readonly Patch[] = [
  {
    id: 'helper',
    subject: 'libbb: add bb_open_code() to open files for execution',
    needs: [],
    message: 'helper.message.ejs',
  },
  {
    id: 'ash',
    subject: 'ash: open files of commands with bb_open_code()',
    needs: ['helper'],
    message: 'ash.message.ejs',
  },
  {
    id: 'hush',
    subject: 'hush: open files of commands with bb_open_code()',
    needs: ['helper'],
    message: 'hush.message.ejs',
  },
  {
    id: 'programs',
    subject: 'awk,sed: open program files with bb_open_code()',
    needs: ['helper'],
    message: 'programs.message.ejs',
  },
  {
    id: 'exrc',
    subject: 'vi: open .exrc with bb_open_code()',
    needs: ['helper'],
    message: 'exrc.message.ejs',
  },
  {
    id: 'documentation',
    subject: 'docs: describe the policy of the kernel about code',
    needs: ['ash', 'hush', 'programs', 'exrc'],
    message: 'documentation.message.ejs',
  },
  {
    id: 'commands',
    subject: 'ash,hush,awk,sed,vi: refuse code from no file',
    needs: ['helper', 'ash', 'hush'],
    optional: 'entries',
    message: 'commands.message.ejs',
  },
  {
    id: 'environment',
    subject: 'ash: do not import commands where denied',
    needs: ['helper'],
    optional: 'entries',
    message: 'environment.message.ejs',
  },
];

/** The letter before the series. */
export const cover: Cover = {
  subject: 'ask the kernel before files are executed',
  message: 'cover-letter.ejs',
};
