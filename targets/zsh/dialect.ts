import type { Dialect } from '../../src/target/dialect.ts';

/** How zsh speaks. */
export const dialect: Dialect = {
  option: '-c',
  extension: '.zsh',
  hello: (name) => `echo "${name}" "ran"\n`,
  refused: (name) => [`can't open input file: ${name}: permission denied`],
  status: 127,
  denied: {
    input: ['standard input: SECBIT_EXEC_DENY_INTERACTIVE: permission denied'],
    patch: 'commands',
  },
  // Startup files of a user are looked for where there are none.
  env: { ZDOTDIR: '/nonexistent' },
  own: /^\/(?:etc\/zsh\/z\w+|nonexistent\/\.z\w+|usr\/local\/share\/zsh\/.*\/newuser)$/,
  // Without line editing: others type at that.
  onTerminal: { options: ['-f', '+o', 'zle'], env: {} },
};
