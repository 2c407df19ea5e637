import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { packageFolder } from '../package.ts';
import { problem } from '../problems.ts';
import type { Rule } from './contract.ts';
import { LOCK_SCHEMA } from './lock.ts';
import type { Lock, LockedRule, LockedSite, Locks } from './lock.ts';

/**
 * The committed locks of a target, each read when it is asked for.
 *
 * @param target the name of its folder
 */
export function readLocks(target: string): Locks {
  const folder = join(packageFolder, 'targets', target, 'locks');
  const files = existsSync(folder) ? readdirSync(folder).sort() : [];
  // A shell makes an empty file before `mayexec lock` writes the lock into it.
  const names = files.filter((name) => statSync(join(folder, name)).size > 0);
  const known = new Map<string, readonly Lock[]>();
  return {
    releases: names.flatMap((name) => /^([^+]+)\.lock$/.exec(name)?.[1] ?? []),
    of: (release) => {
      const before = known.get(release);
      if (before) return before;
      const own = names.filter((name) => name === `${release}.lock`);
      const overlays = names.filter((name) => name.startsWith(`${release}+`));
      const locks = [...own, ...overlays].map((name) =>
        lockFrom(readFileSync(join(folder, name), 'utf8'), `locks/${name}`, target),
      );
      known.set(release, locks);
      return locks;
    },
  };
}

/**
 * The lock that a text says.
 *
 * @param file what the text is called in errors
 * @throws Problem `target-invalid` with the line
 */
export function lockFrom(text: string, file: string, target: string): Lock {
  const lines = text.split('\n');
  const wrong = (index: number, message: string): Error =>
    problem('target-invalid', { target, message: `${file}:${index + 1}: ${message}` });
  const [schema, name, release, overlay] = (lines[0] ?? '').split(' ');
  if (schema !== LOCK_SCHEMA || name !== target || release === undefined) {
    throw wrong(0, `expected a first line with ${LOCK_SCHEMA} ${target} and a release`);
  }
  const rules: (Omit<LockedRule, 'sites' | 'why'> & { why: string[]; sites: LockedSite[] })[] = [];
  const named = { patches: [] as readonly string[], capabilities: [] as readonly string[] };
  for (const [index, line] of lines.entries()) {
    if (index === 0 || line === '') continue;
    const last = rules.at(-1);
    const site = /^ {2}([0-9a-f]{12}) (.+)$/.exec(line);
    const why = /^ {2}# (.*)$/.exec(line)?.[1];
    const rule = /^(\S+): (mark|exempt|policy)(?: \((mark|exempt)\))?(?: through (\S+))?; (.+)$/.exec(line);
    const list = /^(patches|capabilities): (.*)$/.exec(line);
    if (list)
      named[list[1] === 'patches' ? 'patches' : 'capabilities'] = (list[2] ?? '').split(' ').filter(Boolean);
    else if (site && last) last.sites.push({ body: site[1] ?? '', id: site[2] ?? '' });
    else if (why !== undefined && last) last.why.push(why);
    else if (rule) {
      const [, id = '', verdict, otherwise, through, roles = ''] = rule;
      rules.push({
        id,
        verdict: verdict as Rule['verdict'],
        ...(otherwise !== undefined && { default: otherwise as 'mark' | 'exempt' }),
        ...(through !== undefined && { through }),
        roles: roles.split(', '),
        why: [],
        sites: [],
      });
    } else throw wrong(index, 'not a line of a lock');
  }
  return {
    target,
    release,
    ...(overlay !== undefined && { overlay }),
    ...named,
    rules: rules.map((rule) => ({ ...rule, why: rule.why.join(' ') })),
  };
}
