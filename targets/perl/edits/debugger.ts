import type { Edit } from '../../../src/target/contract.ts';

/** What commands are typed on, which the debugger tries to write to as well, and then to read. */
export const debuggerTerminal: readonly Edit[] = [
  {
    patch: 'debugger',
    rule: 'debugger-terminal',
    scope: 'call',
    changes: [
      {
        find: /^open\( IN, ('\+?<', +\$i \))/,
        put: 'replace',
        text: ([, given = '']) => `_open_commands( ${given}`,
      },
    ],
  },
];
