import { shell } from '../../../src/target/dialect.ts';
import type { Scenario } from '../../../src/target/scenario.ts';
import { every, hello, refusedFile, trusted, ZSH } from './common.ts';

/** What a startup file of one name does, and what becomes of the shell where that is refused. */
const file = (name: string, options: readonly string[]): Scenario => ({
  ...every,
  id: `startup-${name}`,
  what: `.${name} of ZDOTDIR`,
  files: { [`home/.${name}`]: hello(name), 'script.zsh': trusted(hello('script')) },
  argv: [ZSH, ...options, 'script.zsh'],
  env: { ZDOTDIR: '{folder}/home' },
  marked: ['home/.z*', 'script.zsh'],
  plain: [],
  placements: ['executable', 'plain'],
  says: [`${name} ran`, 'script ran'],
  refused: refusedFile(`{folder}/home/.${name}`, 0, { says: ['script ran'], never: [`${name} ran`] }),
});

/** Files that a shell reads by itself, when it begins and when it ends. */
export const startup: readonly Scenario[] = [
  file('zshenv', []),
  file('zprofile', ['-l']),
  file('zshrc', ['-i']),
  file('zlogin', ['-l']),
  file('zlogout', ['-l', '-i']),
  {
    ...file('zshenv', []),
    id: 'startup-home',
    what: '.zshenv of the home folder',
    env: {},
  },
  {
    ...every,
    id: 'startup-unreadable',
    what: 'startup files that cannot be read, or are folders: skipped without a word, as before',
    files: {
      'home/.zshenv': { text: hello('zshenv'), mode: 0o311 },
      'home/.zprofile/': '',
      'script.zsh': trusted(hello('script')),
    },
    argv: [ZSH, '-l', 'script.zsh'],
    env: { ZDOTDIR: '{folder}/home' },
    marked: ['home/.z*', 'script.zsh'],
    plain: [],
    // Root may read it.
    traced: false,
    placements: ['executable'],
    says: ['script ran'],
  },
  {
    ...every,
    id: 'profile',
    what: '~/.profile of a login shell in sh emulation',
    files: { 'home/.profile': hello('profile'), 'script.zsh': trusted(hello('script')) },
    argv: [ZSH, '--emulate', 'sh', '-l', 'script.zsh'],
    system: /^\/etc\/profile$/,
    marked: ['home/.profile', 'script.zsh'],
    plain: [],
    // What /etc/profile does is another matter.
    traced: false,
    placements: ['executable', 'plain'],
    says: ['profile ran', 'script ran'],
    refused: refusedFile('{folder}/home/.profile', 0, { says: ['script ran'], never: ['profile ran'] }),
  },
  {
    ...every,
    id: 'env',
    what: 'the file that ENV names, in an interactive shell that is called ksh',
    files: { 'env.zsh': hello('env'), 'script.zsh': trusted(hello('script')) },
    argv: shell('ln -s "$0" ksh; exec ./ksh -i script.zsh'),
    env: { ENV: '{folder}/env.zsh' },
    marked: ['env.zsh', 'script.zsh'],
    plain: [],
    placements: ['executable', 'plain'],
    says: ['env ran', 'script ran'],
    refused: refusedFile('{folder}/env.zsh', 0, { says: ['script ran'], never: ['env ran'] }),
  },
];
