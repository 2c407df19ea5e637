import type { Scenario } from '../../../src/target/scenario.ts';
import { GAWK, hello } from './common.ts';

/** What must go on under every policy, and other interpreters of AWK have not. */
export const kept: readonly Scenario[] = [
  {
    id: 'coprocess',
    what: 'a command at both ends, on pipes',
    files: {
      'script.awk': {
        text: 'BEGIN { c = "cat"; print "one" |& c; close(c, "to"); c |& getline x; print x }\n',
        mode: 0o755,
      },
    },
    argv: [GAWK, '-f', 'script.awk'],
    marked: ['script.awk'],
    plain: [],
    says: ['one'],
    denied: 'runs',
    placements: ['executable', 'plain'],
  },
  {
    id: 'written',
    what: 'what gawk writes: a profile, its variables',
    files: { 'script.awk': { text: hello('script'), mode: 0o755 } },
    argv: [GAWK, '-pprofile', '-dvariables', '-f', 'script.awk'],
    marked: ['script.awk'],
    plain: ['profile', 'variables'],
    says: ['script ran'],
    placements: ['executable', 'plain'],
    denied: 'runs',
  },
];
