import type { Cover, Patch } from '../../src/target/contract.ts';

/** The series, in order. */
export const patches: readonly Patch[] = [
  {
    id: 'helper',
    subject: 'opencode: add zopen_code to open files for execution',
    needs: [],
    message: 'helper.message.ejs',
  },
  {
    id: 'script',
    subject: 'init: open scripts with zopen_code',
    needs: ['helper'],
    message: 'script.message.ejs',
  },
  {
    id: 'source',
    subject: 'init: open what is sourced with zopen_code',
    needs: ['helper'],
    message: 'source.message.ejs',
  },
  {
    id: 'functions',
    subject: 'exec: open autoloaded functions with zopen_code',
    needs: ['helper'],
    message: 'functions.message.ejs',
  },
  {
    id: 'compiled',
    subject: 'parse: open compiled files with zopen_code',
    needs: ['helper', 'source', 'functions'],
    message: 'compiled.message.ejs',
  },
  {
    id: 'documentation',
    subject: 'doc: describe the policy of the kernel about scripts',
    needs: ['script', 'source', 'functions', 'compiled'],
    message: 'documentation.message.ejs',
  },
  {
    id: 'loadable',
    subject: 'module: open modules with zopen_code first',
    needs: ['helper'],
    optional: 'loadable',
    offByDefault: true,
    message: 'loadable.message.ejs',
  },
  {
    id: 'commands',
    subject: 'input: refuse commands that come from no file',
    needs: ['helper', 'script', 'source'],
    optional: 'entries',
    message: 'commands.message.ejs',
  },
  {
    id: 'environment',
    subject: 'params: do not import commands where denied',
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
