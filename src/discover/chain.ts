import { RETURNED } from '../languages/body.ts';
import type { Place } from '../languages/body.ts';
import type { Step } from '../evidence/follow.ts';
import { READS } from '../evidence/sinks.ts';
import type { Tree } from '../target/contract.ts';
import type { OpenCall } from './openers.ts';
import type { Definition, Sources } from './program.ts';
import { textAt } from './reader.ts';
import { evaluates } from './words.ts';

/** The way of what a call opened to what evaluates it, as far as names tell. */
export interface Chain {
  readonly steps: readonly Step[];
  /** How much the last step says that something is evaluated: 0 to 3. */
  readonly strength: number;
  /** Whether something read from it on the way. */
  readonly read: boolean;
}

/** How many calls deep a value is followed, and how often to those who call. */
const DEPTH = 3;
const UP = 3;
/** How many places are looked at for one call. */
const PLACES = 300;
/** A field, or a variable, that more functions use than this tells nothing. */
const USERS = 24;

/** What gives nothing of what it is given. */
const HARMLESS =
  /^(?:f?close|f?stat\w*|isatty|lseek|f(?:seek|tell)o?|fileno|free|f?printf|fprintf|printf|feof|ferror|clearerr|strlen|str\w*cmp|memcmp|unlink|fflush|fcntl|setvbuf|setbuf|assert|sizeof|perror|exit|abort|write|fputs|fputc|putc|fwrite|ftruncate|fchmod|fsync|ioctl|dup2|errx?|warnx?|error|isdigit|isspace)$|(?:^|_)(?:free|close|error|warn\w*)(?:_|$)/i;
const FILLS = /read|gets?$|getc|getline|getdelim|scanf|recv|cpy|cat$|printf|memmove|init|set|push|open/i;

interface Frame {
  readonly definition: Definition;
  readonly result: Place;
  readonly below: Frame | undefined;
  readonly depth: number;
}

interface Link {
  readonly what: Step['what'];
  readonly definition: Definition;
  readonly at: number;
  readonly name: string;
  readonly before: Link | undefined;
}

interface Item {
  readonly definition: Definition;
  readonly place: Place;
  readonly frame: Frame | undefined;
  readonly up: number;
  readonly link: Link;
  readonly read: boolean;
}

/** Follows what a call opens, through functions, fields and variables, to whatever has the strongest name for evaluating. */
export function chainOf(open: OpenCall, sources: Sources, tree: Tree): Chain | undefined {
  const { definition, call } = open;
  const opened: Link = {
    what: 'opened',
    definition,
    at: call.at,
    name: call.path.replace(/^\./, ''),
    before: undefined,
  };
  const first: Item = { definition, place: call.result, frame: undefined, up: 0, link: opened, read: false };
  const queue: Item[] = [first];
  const seen = new Set<string>();
  let best: { readonly link: Link; readonly strength: number; readonly read: boolean } | undefined;
  let length = 0;
  for (const item of queue) {
    length += 1;
    if (length > PLACES || best?.strength === 3) break;
    const { place, frame, up, link, read } = item;
    const body = sources.body(item.definition);
    const go = (to: Place, changed: Partial<Item> = {}): void => {
      const one: Item = { ...item, place: to, ...changed };
      const key = `${one.definition.index} ${to} ${one.frame?.result ?? ''} ${one.frame?.definition.index ?? ''}`;
      if (seen.has(key)) return;
      seen.add(key);
      queue.push(one);
    };
    const step = (what: Step['what'], at: number, name: string, where = item.definition): Link => ({
      what,
      definition: where,
      at,
      name,
      before: link,
    });
    if (place === RETURNED || (place.startsWith('*') && body.parameters.includes(place.slice(1)))) {
      if (frame !== undefined) go(frame.result, { definition: frame.definition, frame: frame.below });
      else if (up < UP) {
        const { name } = item.definition;
        const callers = sources
          .calling(name)
          .filter((one) => sources.named(name, one.file).includes(item.definition));
        for (const caller of callers.slice(0, USERS)) {
          for (const other of sources.body(caller).calls) {
            if (other.path !== name) continue;
            const returned = step('returned', other.at, name, caller);
            const next = { definition: caller, up: up + 1, link: returned };
            // One whose name says that it evaluates is given it: less sure than one that is called with it.
            const into = Math.max(0, evaluates(caller.name) - (read ? 0 : 1));
            if (into > (best?.strength ?? 0)) {
              const link = { ...step('evaluated', other.at, caller.name, caller), before: returned };
              best = { link, strength: Math.min(2, into), read };
            }
            if (place === RETURNED) go(other.result, next);
            else {
              const argument = other.given[body.parameters.indexOf(place.slice(1))];
              for (const to of argument?.from ?? []) go(to, next);
            }
          }
        }
      }
      if (place === RETURNED) continue;
    }
    const shared =
      /^[A-Za-z_]\w*$/.test(place) && !body.locals.has(place) && !body.parameters.includes(place);
    for (const { from, to, at } of body.moves) {
      if (from !== place) continue;
      go(to);
      const kept = to.startsWith('.') ? to.slice(1) : undefined;
      if (kept !== undefined) {
        const users = sources.using(kept, item.definition.file);
        if (users.length <= USERS)
          for (const other of users)
            if (other !== item.definition)
              go(to, { definition: other, frame: undefined, link: step('kept', at, kept) });
      }
    }
    if (shared && body.moves.some(({ to }) => to === place) && /[a-z]/.test(place)) {
      const here = sources.using(place, item.definition.file);
      const users = place.length > 4 ? sources.using(place, undefined) : here;
      const chosen = users.length <= USERS ? users : here.length <= USERS ? here : [];
      for (const other of chosen)
        if (other !== item.definition && !sources.body(other).locals.has(place))
          go(place, {
            definition: other,
            frame: undefined,
            link: step('kept', item.definition.start, place),
          });
    }
    for (const one of body.calls) {
      if (one.result === place) continue;
      const given = one.given.some(({ from }) => from.includes(place)) || one.receiver.includes(place);
      if (!given) continue;
      const name = one.path.replace(/^\./, '');
      if (name === '' || HARMLESS.test(name)) continue;
      const strength = one.at === call.at ? 0 : evaluates(name);
      const evaluated = { link: step('evaluated', one.at, name), strength, read };
      if (strength > (best?.strength ?? 0)) best = evaluated;
      const known = sources
        .named(one.path, item.definition.file)
        .filter((other) => other !== item.definition);
      const reads = READS.test(name);
      const next = reads ? { link: step('read', one.at, name), read: true } : {};
      const depth = frame?.depth ?? 0;
      if (known.length > 0 && depth < DEPTH) {
        for (const other of known) {
          const { parameters } = sources.body(other);
          one.given.forEach(({ from }, index) => {
            const parameter = parameters[index] ?? '';
            if (from.includes(place) && parameter !== '')
              go(parameter, {
                definition: other,
                frame: { definition: item.definition, result: one.result, below: frame, depth: depth + 1 },
                link: step('given', one.at, name),
              });
          });
        }
      } else if (known.length === 0) go(one.result, next);
      if (FILLS.test(name)) {
        for (const { from } of one.given) {
          if (from.includes(place)) continue;
          for (const to of from)
            if (/^[A-Za-z_.]/.test(to) && !/^[A-Z0-9_]+$/.test(to) && textAt(to) === undefined) go(to, next);
        }
      }
    }
  }
  if (best === undefined) return undefined;
  const steps: Step[] = [];
  for (let link: Link | undefined = best.link; link !== undefined; link = link.before) {
    const { what, definition: where, at, name } = link;
    steps.unshift({ what, file: where.file, line: sources.line(where.file, at, tree), name });
  }
  return { steps, strength: best.strength, read: best.read };
}
