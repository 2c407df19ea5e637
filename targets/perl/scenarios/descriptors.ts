import type { Scenario } from '../../../src/target/scenario.ts';
import { PERL, hello, refusedScript } from './common.ts';

/** Scripts by the name of a descriptor, from pipes and by links. */
export const descriptors: readonly Scenario[] = [
  {
    id: 'dev-fd',
    what: 'a script by the name of an open descriptor, which perl reads without opening it: it is judged all the same',
    files: { 'script.pl': hello('script') },
    argv: ['/bin/sh', '-c', 'exec "$0" /dev/fd/9 9<script.pl', PERL],
    marked: [],
    judged: ['script.pl'],
    plain: ['script.pl'],
    // No open of it is in a trace.
    traced: false,
    says: ['script ran'],
    refused: refusedScript('/dev/fd/9'),
  },
  {
    id: 'links',
    what: 'a script and a module by a symbolic and a hard link: the file counts, not the link',
    files: {
      'own.pl': `require "./hard.pl";\n${hello('script')}`,
      'one.pl': hello('one'),
      'soft.pl': { link: 'own.pl' },
      'hard.pl': { hard: 'one.pl' },
    },
    argv: [PERL, 'soft.pl'],
    marked: ['soft.pl', 'hard.pl'],
    judged: ['own.pl', 'one.pl'],
    plain: [],
    says: ['one ran\nscript ran'],
    refused: refusedScript('soft.pl'),
  },
  {
    id: 'dev-fd-pipe',
    what: 'a script from a pipe, by the name of its descriptor: no regular file, no code',
    files: {},
    argv: ['/bin/sh', '-c', 'echo \'print "pipe ran\\n"\' | "$0" /dev/fd/0', PERL],
    marked: [],
    plain: [],
    traced: false,
    irregular: true,
    says: ['pipe ran'],
    refused: refusedScript('/dev/fd/0'),
  },
];
