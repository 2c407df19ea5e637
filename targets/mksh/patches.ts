import type { Cover, Patch } from '../../src/target/contract.ts';

/** The series, in order. */
export const patches: readonly Patch[] = [
  {
    id: 'helper',
    subject: 'add mksh_open_code to open files for execution',
    needs: [],
    message: 'helper.message.ejs',
  },
  {
    id: 'input',
    subject: 'give O_MAYEXEC a meaning for files of commands',
    needs: ['helper'],
    message: 'input.message.ejs',
  },
  {
    id: 'documentation',
    subject: 'mksh.1: describe the policy of the kernel about scripts',
    needs: ['input'],
    message: 'documentation.message.ejs',
  },
  {
    id: 'commands',
    subject: 'refuse commands that come from no file where denied',
    needs: ['helper'],
    optional: 'entries',
    message: 'commands.message.ejs',
  },
  {
    id: 'environment',
    subject: 'do not expand prompts of the environment where denied',
    needs: ['helper'],
    optional: 'entries',
    message: 'environment.message.ejs',
  },
];

/** The letter before the series. */
export const cover: Cover = {
  subject: 'mksh: ask the kernel before files are executed',
  message: 'cover-letter.ejs',
};
