import type { Cover, Patch } from '../../src/target/contract.ts';

/** The series, in order. */
export const patches: readonly Patch[] = [
  {
    id: 'helper',
    subject: 'lib/sh: add sh_open_code to open files for execution',
    needs: [],
    message: 'helper.message.ejs',
  },
  {
    id: 'script',
    subject: 'shell: open script files with sh_open_code',
    needs: ['helper'],
    message: 'script.message.ejs',
  },
  {
    id: 'source',
    subject: 'builtins: open what is sourced with sh_open_code',
    needs: ['helper'],
    message: 'source.message.ejs',
  },
  {
    id: 'documentation',
    subject: 'doc: describe the policy of the kernel about scripts',
    needs: ['script', 'source'],
    message: 'documentation.message.ejs',
  },
  {
    id: 'tests',
    subject: 'tests: add run-mayexec for files that are executed',
    needs: ['script', 'source'],
    message: 'tests.message.ejs',
  },
  {
    id: 'inputrc',
    subject: 'readline: open init files with sh_open_code',
    needs: ['helper'],
    optional: 'config',
    message: 'inputrc.message.ejs',
  },
  {
    id: 'loadable',
    subject: 'enable: open loadable builtins with sh_open_code first',
    needs: ['helper'],
    optional: 'loadable',
    offByDefault: true,
    message: 'loadable.message.ejs',
  },
  {
    id: 'commands',
    subject: 'shell: refuse commands that come from no file',
    needs: ['helper', 'source'],
    optional: 'entries',
    message: 'commands.message.ejs',
  },
  {
    id: 'environment',
    subject: 'variables: do not import commands where denied',
    needs: ['helper'],
    optional: 'entries',
    message: 'environment.message.ejs',
  },
  {
    id: 'translations',
    subject: 'locale: do not expand translations under a policy',
    needs: ['helper'],
    optional: 'entries',
    message: 'translations.message.ejs',
  },
];

/** The letter before the series. */
export const cover: Cover = {
  subject: 'shell: ask the kernel before files are executed',
  message: 'cover-letter.ejs',
};
