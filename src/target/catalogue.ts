import { problem } from '../problems.ts';
import type { Entry } from './contract.ts';
import type { Scenario } from './scenario.ts';

/**
 * The ways by which code comes into an interpreter, and what must go on beside them. Each target answers each of them
 * in its `ways.ts`: with scenarios, with the reason why there is none such, or with what is missing. The table in
 * docs/ways.md is made from the answers.
 */
export const WAYS = {
  script: { kind: 'file', what: 'a script that is given by its name' },
  path: { kind: 'file', what: 'a script that is searched for in PATH' },
  executable: {
    kind: 'file',
    what: 'a program whose first line names the interpreter, or one without such a line',
  },
  link: { kind: 'file', what: 'code by a symbolic link, or by another name of the same file' },
  inner: { kind: 'file', what: 'code that a program starts in another process or thread' },
  sourced: { kind: 'file', what: 'a file that a program reads into itself and runs' },
  module: { kind: 'file', what: 'a module that a program, or an option, asks for by name' },
  search: {
    kind: 'file',
    what: 'a refusal ends a search: nothing later in the path runs instead',
  },
  compiled: { kind: 'file', what: 'compiled code that replaces its source' },
  archive: { kind: 'file', what: 'an archive, or a folder, that is run or imported from' },
  startup: {
    kind: 'file',
    what: 'files that are run before or after the program, because of where they lie',
  },
  'startup-variable': {
    kind: 'file',
    what: 'files, or folders of modules, that a variable of the environment names',
  },
  settings: { kind: 'file', what: 'settings that can make the interpreter run something' },
  tool: {
    kind: 'file',
    what: 'debuggers, profilers and other programs of the library that run a given file',
  },
  loadable: { kind: 'file', what: 'shared objects' },
  descriptor: {
    kind: 'file',
    what: 'code by the name of an open descriptor: /dev/fd, /proc/self/fd, /dev/stdin',
  },
  nameless: { kind: 'file', what: 'code in a file that was removed but is still open' },
  fifo: { kind: 'file', what: 'code from a named pipe' },
  pipe: { kind: 'file', what: 'code from a pipe, by the name of its descriptor' },
  race: { kind: 'file', what: 'a file that is replaced during the search, or between two opens' },
  option: { kind: 'entry', what: 'the text of an option' },
  'stdin-tty': { kind: 'entry', what: 'standard input that is a terminal, without a prompt' },
  'stdin-pipe': { kind: 'entry', what: 'standard input that is a pipe or a socket' },
  'stdin-file': { kind: 'entry', what: 'standard input that is a file' },
  interactive: { kind: 'entry', what: 'what is typed at a prompt' },
  environment: { kind: 'entry', what: 'the value of a variable of the environment' },
  history: {
    kind: 'entry',
    what: 'lines of a history, and what an editor writes to a file of the interpreter',
  },
  catalogue: { kind: 'entry', what: 'translations of messages' },
  handed: { kind: 'entry', what: 'code that a running program or another process passes on' },
  data: { kind: 'kept', what: 'data is opened as before' },
  errors: { kind: 'kept', what: 'a missing or unreadable file gives the same error as before' },
  terminal: { kind: 'kept', what: 'terminals, and programs that run on them' },
  surroundings: { kind: 'kept', what: 'other switches, another root, few descriptors, many files' },
  'old-kernel': { kind: 'kept', what: 'a kernel that does not know the flag' },
} as const satisfies Record<string, { readonly kind: 'file' | 'entry' | 'kept'; readonly what: string }>;

/** A way in. */
export type Way = keyof typeof WAYS;

/** What a target says of a way. */
export type Answer =
  /** Scenarios show it. One that is itself `open` shows what runs today under every policy. */
  | {
      readonly shown: readonly string[];
      /** Entries of the target that this is the way of. */
      readonly entries?: readonly string[];
      /** What no scenario shows yet. */
      readonly lacks?: string;
    }
  /** The interpreter has no such way, and why. */
  | { readonly not: string }
  /** It has, nothing shows it yet, and what is missing. */
  | { readonly open: string; readonly entries?: readonly string[] };

/** A target's answers. */
export type Ways = Readonly<Record<Way, Answer>>;

/**
 * Checks what the compiler cannot: that each scenario and each entry of a target belongs to a way, and that those named
 * are there.
 *
 * @param target its name
 * @throws Problem `target-invalid`, naming what is wrong
 */
export function checkWays(
  target: string,
  ways: Ways,
  { scenarios, entries }: { readonly scenarios: readonly Scenario[]; readonly entries: readonly Entry[] },
): Ways {
  const wrong = (message: string): never => {
    throw problem('target-invalid', { target, message });
  };
  const answers: readonly (readonly [string, Answer])[] = Object.entries(ways);
  const missing = Object.keys(WAYS).find((way) => !answers.some(([answered]) => answered === way));
  if (missing !== undefined) wrong(`ways.ts has no answer for ${missing}`);
  const extra = answers.find(([way]) => !Object.hasOwn(WAYS, way));
  if (extra !== undefined) wrong(`ways.ts answers ${extra[0]}, which is not in the catalogue`);
  const named = { scenario: new Set<string>(), entry: new Set<string>() };
  const known = { scenario: idsOf(scenarios), entry: idsOf(entries) };
  for (const [way, answer] of answers) {
    if ('shown' in answer && answer.shown.length === 0) wrong(`nothing shows way ${way}`);
    const names = {
      scenario: 'shown' in answer ? answer.shown : [],
      entry: ('entries' in answer && answer.entries) || [],
    };
    for (const kind of ['scenario', 'entry'] as const) {
      for (const name of names[kind]) {
        if (!known[kind].has(name)) wrong(`way ${way} names ${kind} ${name}, which does not exist`);
        named[kind].add(name);
      }
    }
  }
  for (const kind of ['scenario', 'entry'] as const) {
    const left = [...known[kind]].find((name) => !named[kind].has(name));
    if (left !== undefined) wrong(`${kind} ${left} belongs to no way: name it in ways.ts`);
  }
  return ways;
}

function idsOf(list: readonly { readonly id: string }[]): ReadonlySet<string> {
  return new Set(list.map(({ id }) => id));
}
