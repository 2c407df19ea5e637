import type { Cover, Patch } from '../../src/target/contract.ts';

/** The series, in order. */
export const patches: readonly Patch[] = [
  {
    id: 'helper',
    subject: 'Add gawk_open_code to open files for execution',
    needs: [],
    message: 'helper.message.ejs',
  },
  {
    id: 'script',
    subject: 'Open source files with gawk_open_code',
    needs: ['helper'],
    message: 'script.message.ejs',
  },
  {
    id: 'debugger',
    subject: 'Open files of debugger commands with gawk_open_code',
    needs: ['helper'],
    message: 'debugger.message.ejs',
  },
  {
    id: 'documentation',
    subject: 'Describe the policy about source files in gawk.1',
    needs: ['script', 'debugger'],
    message: 'documentation.message.ejs',
  },
  {
    id: 'persist',
    subject: 'Open the file of persistent memory with gawk_open_code',
    needs: ['helper'],
    optional: 'config',
    message: 'persist.message.ejs',
  },
  {
    id: 'loadable',
    subject: 'Open extension libraries with gawk_open_code first',
    needs: ['helper'],
    optional: 'loadable',
    offByDefault: true,
    message: 'loadable.message.ejs',
  },
  {
    id: 'commands',
    subject: 'Refuse programs and commands that come from no file',
    needs: ['helper', 'script', 'debugger'],
    optional: 'entries',
    message: 'commands.message.ejs',
  },
  {
    id: 'environment',
    subject: 'Do not take code from the environment where denied',
    needs: ['helper'],
    optional: 'entries',
    message: 'environment.message.ejs',
  },
];

/** The letter before the series. */
export const cover: Cover = {
  subject: 'gawk: ask the kernel before files are executed',
  message: 'cover-letter.ejs',
};
