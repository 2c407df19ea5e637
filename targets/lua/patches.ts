import type { Cover, Patch } from '../../src/target/contract.ts';

/** The series, in order. */
export const patches: readonly Patch[] = [
  {
    id: 'helper',
    subject: 'Add luaL_fopen_code to open files for execution',
    needs: [],
    message: 'helper.message.ejs',
  },
  {
    id: 'script',
    subject: 'Open files of code with luaL_fopen_code',
    needs: ['helper'],
    message: 'script.message.ejs',
  },
  {
    id: 'documentation',
    subject: 'Describe the policy about files of code',
    needs: ['script'],
    message: 'documentation.message.ejs',
  },
  {
    id: 'loadable',
    subject: 'Open C modules with luaL_fopen_code first',
    needs: ['helper'],
    optional: 'loadable',
    offByDefault: true,
    message: 'loadable.message.ejs',
  },
  {
    id: 'commands',
    subject: 'Refuse code from no file where that is denied',
    needs: ['helper', 'script'],
    optional: 'entries',
    message: 'commands.message.ejs',
  },
];

/** The letter before the series. */
export const cover: Cover = {
  subject: 'Lua: ask the kernel before files are executed',
  message: 'cover-letter.ejs',
};
