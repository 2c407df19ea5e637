import type { Scenario } from '../../../src/target/scenario.ts';
import { BASH } from './common.ts';

/** Ways in that nothing closes yet, with what they do today under every policy. */
export const open: readonly Scenario[] = [
  {
    id: 'loadable',
    what: 'enable -f: an object is loaded by ld.so, which asks for no x bit',
    files: { 'script.sh': { text: 'enable -f ./object.so nothing\n', mode: 0o755 } },
    argv: [
      '/bin/sh',
      '-c',
      // What grep itself has mapped; ldd runs the loader of 32-bit programs too, where there is one.
      'object=$(grep -o -m 1 "/[^ ]*/libc\\.so\\.6" /proc/self/maps); cp "$object" object.so; chmod 644 object.so; ' +
        'exec "$0" script.sh',
      BASH,
    ],
    marked: ['script.sh'],
    plain: ['object.so'],
    says: ['cannot find nothing_struct in shared object ./object.so'],
    status: 1,
    open: 'loadable builtins are a separate patch, which is off by default',
  },
];
