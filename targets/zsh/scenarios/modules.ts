import { shell } from '../../../src/target/dialect.ts';
import type { Scenario } from '../../../src/target/scenario.ts';
import { every, trusted } from './common.ts';

/** A module that has no features; zsh's headers are not needed for it (Doc/Zsh/mod_example.yo). */
const SOURCE = [
  'int setup_(void *m) { return 0; }',
  'int features_(void *m, char ***features) { return 1; }',
  'int enables_(void *m, int **enables) { return 1; }',
  'int boot_(void *m) { return 0; }',
  'int cleanup_(void *m) { return 0; }',
  'int finish_(void *m) { return 0; }',
  '',
].join('\n');

/** A module that is made, and put where the script looks for it. */
const load = (
  text: string,
): Pick<Scenario, 'env' | 'system' | 'files' | 'argv' | 'marked' | 'placements'> => ({
  ...every,
  files: { 'script.zsh': trusted(text), mode: '', 'module.c': SOURCE },
  argv: shell(
    'mkdir -p one/zsh two/zsh; cc -shared -fPIC -o two/zsh/made.so module.c; cp two/zsh/made.so one/zsh; ' +
      'chmod --reference=mode one/zsh/made.so; chmod 755 two/zsh/made.so; exec "$0" -f script.zsh',
  ),
  marked: ['script.zsh'],
  placements: ['executable', 'plain'],
});

/** Modules, which the dynamic linker loads. */
export const modules: readonly Scenario[] = [
  {
    ...load('module_path=($PWD/one $PWD/two); zmodload zsh/made && echo "module" "ran"; echo "status $?"\n'),
    id: 'module',
    what: 'zmodload: a module that may not be executed is not loaded, nor another one further on',
    marked: ['script.zsh', 'one/zsh/made.so'],
    judged: ['mode'],
    plain: ['one/zsh/made.so', 'two/zsh/made.so'],
    // The linker opens it as well.
    traced: false,
    patch: 'loadable',
    says: ['module ran', 'status 0'],
    refused: {
      says: ["failed to load module `zsh/made': permission denied", 'status 1'],
      never: ['module ran'],
      status: 0,
    },
  },
  {
    ...load('module_path=($PWD/two); zmodload zsh/nothing; zmodload zsh/made && echo "module" "ran"\n'),
    id: 'module-missing',
    what: 'zmodload of a module that is nowhere: the error is as before',
    plain: ['one/zsh/made.so', 'two/zsh/made.so'],
    traced: false,
    says: ["failed to load module `zsh/nothing': {folder}/two/zsh/nothing.so", 'module ran'],
  },
];
