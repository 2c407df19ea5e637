import type { Scenario } from '../../../src/target/scenario.ts';
import { GAWK, hello, refused } from './common.ts';

/** A program that has another file read, which is refused. */
type Including = Omit<Scenario, 'plain' | 'says' | 'placements'> & Partial<Scenario>;

/** A trusted program and a file that it, or an option, includes: nothing of either runs where that is refused. */
const includes = (name: string, one: Including): Scenario => ({
  plain: [],
  // Not on a noexec mount, where the program would be refused.
  placements: ['executable', 'plain'],
  says: ['library ran', 'script ran'],
  refused: { ...refused(name), never: ['ran'] },
  ...one,
});

const trusted = (text: string): { readonly text: string; readonly mode: number } => ({ text, mode: 0o755 });

/** What programs and options have read: @include, -i, @load, @f(). */
export const included: readonly Scenario[] = [
  includes('library.awk', {
    id: 'include',
    what: '@include: a file that the program names',
    files: {
      'script.awk': trusted(`@include "library.awk"\n${hello('script')}`),
      'library.awk': hello('library'),
    },
    argv: [GAWK, '-f', 'script.awk'],
    marked: ['script.awk', 'library.awk'],
  }),
  includes('library', {
    id: 'include-awkpath',
    what: '@include: a file that is found in AWKPATH, with .awk behind its name',
    files: {
      'script.awk': trusted(`@include "library"\n${hello('script')}`),
      'path/library.awk': hello('library'),
    },
    argv: [GAWK, '-f', 'script.awk'],
    env: { AWKPATH: '.:{folder}/path' },
    marked: ['script.awk', 'path/library.awk'],
  }),
  includes('library.awk', {
    id: 'include-nested',
    what: '@include in an included file, in another namespace',
    files: {
      'script.awk': trusted(`@include "middle.awk"\n${hello('script')}`),
      'middle.awk': trusted('@namespace "middle"\n@include "library.awk"\n'),
      'library.awk': hello('library'),
    },
    argv: [GAWK, '-f', 'script.awk'],
    marked: ['script.awk', 'middle.awk', 'library.awk'],
  }),
  includes('library.awk', {
    id: 'include-last',
    what: '@include behind the text that would run',
    files: {
      'script.awk': trusted(`${hello('script')}@include "library.awk"\n`),
      'library.awk': hello('library'),
    },
    argv: [GAWK, '-f', 'script.awk'],
    marked: ['script.awk', 'library.awk'],
  }),
  includes('library.awk', {
    id: 'include-option',
    what: '-i: a file that is read before the program',
    files: { 'script.awk': trusted(hello('script')), 'library.awk': hello('library') },
    argv: [GAWK, '-i', 'library.awk', '-f', 'script.awk'],
    marked: ['script.awk', 'library.awk'],
  }),
  includes('library.awk', {
    id: 'include-option-long',
    what: '--include: the same',
    files: { 'script.awk': trusted(hello('script')), 'library.awk': hello('library') },
    argv: [GAWK, '--include=library.awk', '-f', 'script.awk'],
    marked: ['script.awk', 'library.awk'],
  }),
  includes('library.awk', {
    id: 'include-shown',
    what: '-o: a program that is shown and not run, with what it includes',
    files: {
      'script.awk': trusted('@include "library.awk"\nBEGIN { print "script" }\n'),
      'library.awk': 'BEGIN { print "library" }\n',
    },
    argv: [GAWK, '-o-', '-f', 'script.awk'],
    marked: ['script.awk', 'library.awk'],
    says: ['print "library"', 'print "script"'],
    refused: { ...refused('library.awk'), never: ['print'] },
  }),
  {
    id: 'indirect',
    what: '@f(): data can name a function of the program, which is no new code',
    files: {
      'script.awk': trusted('function greet() { print "greet", "ran" }\n{ f = $1; @f() }\n'),
      records: { text: 'greet\n', mode: 0o644 },
    },
    argv: [GAWK, '-f', 'script.awk', 'records'],
    marked: ['script.awk'],
    plain: ['records'],
    says: ['greet ran'],
  },
  {
    id: 'extension',
    what: '-l: an extension that may not be executed is not loaded; ld.so asks for no x bit',
    files: { 'script.awk': trusted(hello('script')), mode: '' },
    argv: [
      '/bin/sh',
      '-c',
      // What grep itself has mapped; ldd runs the loader of 32-bit programs too, where there is one.
      'object=$(grep -o -m 1 "/[^ ]*/libc\\.so\\.6" /proc/self/maps); cp "$object" object.so; chmod --reference=mode object.so; ' +
        'exec "$0" -l ./object.so -f script.awk',
      GAWK,
    ],
    marked: ['object.so'],
    judged: ['mode'],
    plain: ['object.so'],
    placements: ['executable', 'plain'],
    // The loader opens it as well.
    traced: false,
    patch: 'loadable',
    says: ["library `./object.so': does not define `plugin_is_GPL_compatible'"],
    status: 2,
    refused: { says: ["cannot open library `./object.so': Permission denied"], status: 2 },
  },
];
