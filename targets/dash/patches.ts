import type { Cover, Patch } from '../../src/target/contract.ts';

/** The series, in order. */
export const patches: readonly Patch[] = [
  {
    id: 'helper',
    subject: 'redir: add sh_open_code to open files for execution',
    needs: [],
    message: 'helper.message.ejs',
  },
  {
    id: 'input',
    subject: 'input: open files of commands with sh_open_code',
    needs: ['helper'],
    message: 'input.message.ejs',
  },
  {
    id: 'documentation',
    subject: 'man: describe the policy of the kernel about scripts',
    needs: ['input'],
    message: 'documentation.message.ejs',
  },
  {
    id: 'editrc',
    subject: "histedit: open libedit's settings with sh_open_code",
    needs: ['helper', 'input'],
    optional: 'config',
    message: 'editrc.message.ejs',
  },
  {
    id: 'commands',
    subject: 'input: refuse commands that come from no file',
    needs: ['helper', 'input'],
    optional: 'entries',
    message: 'commands.message.ejs',
  },
  {
    id: 'environment',
    subject: 'var: do not import commands where denied',
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
