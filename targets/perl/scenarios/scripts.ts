import type { Scenario } from '../../../src/target/scenario.ts';
import { PERL, hello, refusedScript } from './common.ts';

/** A script that perl is given, in every way that one can be. */
export const scripts: readonly Scenario[] = [
  {
    id: 'script-missing',
    what: 'a script that is nowhere: the error is as before',
    files: {},
    argv: [PERL, 'nowhere.pl'],
    marked: ['nowhere.pl'],
    plain: [],
    says: ['Can\'t open perl script "nowhere.pl": No such file or directory'],
    status: 2,
  },
  {
    id: 'script-in-path',
    what: '-S: a script that is found in PATH',
    files: { 'bin/tool.pl': { text: hello('tool'), mode: 0o755 } },
    argv: [PERL, '-S', 'tool.pl'],
    env: { PATH: '{folder}/bin:/usr/bin:/bin' },
    marked: ['bin/tool.pl'],
    plain: [],
    says: ['tool ran'],
  },
  {
    id: 'script-in-text',
    what: '-x: a script within a text',
    files: { 'mail.txt': `Dear reader,\n#!perl -l\n${hello('text')}__END__\nregards\n` },
    argv: [PERL, '-x', 'mail.txt'],
    marked: ['mail.txt'],
    plain: [],
    says: ['text ran'],
    refused: refusedScript('mail.txt'),
  },
  {
    id: 'script-with-data',
    what: 'a script that reads its own DATA',
    files: { 'script.pl': 'print <DATA>;\n__DATA__\ndata read\n' },
    argv: [PERL, 'script.pl'],
    marked: ['script.pl'],
    plain: [],
    says: ['data read'],
    refused: refusedScript('script.pl'),
  },
];
