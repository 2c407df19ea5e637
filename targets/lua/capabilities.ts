import type { Capability } from '../../src/target/contract.ts';

/** What some trees of Lua have and others have not, and edits or scenarios depend on. */
export const capabilities: readonly Capability[] = [
  {
    id: 'likely',
    what: 'It tells the compiler which conditions are unlikely.',
    file: 'src/loadlib.c',
    has: /l_unlikely\(f == NULL\)/,
  },
  {
    id: 'named-modules',
    what: 'The option -l takes the name of a variable for the module: -l name=module.',
    file: 'src/lua.c',
    has: /strchr\(globname, '='\)/,
  },
];
