import { shell } from '../../../src/target/dialect.ts';
import type { Scenario } from '../../../src/target/scenario.ts';
import { hello } from './common.ts';

/** A program that counts its runs. */
const script = { text: 'BEGIN { list["runs"]++; print "run", list["runs"] }\n', mode: 0o755 };

const uses = (path: string): string => `GAWK_PERSIST_FILE=${path} "$0" -f script.awk`;

/** The file of persistent memory. */
export const memory: readonly Scenario[] = [
  {
    id: 'persistent',
    what: 'GAWK_PERSIST_FILE: a file that becomes the heap, with its pointers to functions',
    // A copy, which belongs to who runs gawk, with zeros in it.
    files: { 'script.awk': script, heap: '' },
    argv: shell(`cp -p heap own; truncate -s 1M own; ${uses('own')} && ${uses('own')}`),
    marked: [],
    judged: ['heap'],
    plain: [],
    placements: ['executable', 'plain'],
    // It is opened once more, by a name in /proc.
    traced: false,
    says: ['run 1\nrun 2'],
    refused: {
      says: ["gawk: fatal: cannot open `own' for reading: Permission denied"],
      never: ['run'],
      status: 2,
    },
    patch: 'persist',
    where: 'persistent-memory',
  },
  {
    id: 'persistent-missing',
    what: 'GAWK_PERSIST_FILE: a file that is nowhere is fatal, as before',
    files: { 'script.awk': { text: hello('script'), mode: 0o755 } },
    argv: shell(uses('nowhere')),
    marked: [],
    plain: [],
    placements: ['executable', 'plain'],
    traced: false,
    says: ['gawk: fatal: '],
    status: 2,
    patch: 'persist',
    where: 'persistent-memory',
  },
];
