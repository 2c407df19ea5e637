import type { Rule, Site } from '../target/contract.ts';
import type { Body } from './body.ts';
import type { Lock, LockedRule } from '../target/lock.ts';

/**
 * The lock of what is decided about a tree.
 *
 * @param head what it is a lock of
 * @param decisions sites with their rules; those without one are left out
 */
export function lockOf(
  head: Omit<Lock, 'rules'>,
  decisions: readonly { readonly site: Site; readonly rule: Rule | undefined }[],
  body: (site: Site) => Body,
): Lock {
  const rules = new Map<string, Omit<LockedRule, 'sites'> & { sites: LockedRule['sites'][number][] }>();
  for (const { site, rule } of decisions) {
    if (rule === undefined) continue;
    const { id, verdict, roles, why } = rule;
    const known = rules.get(id) ?? {
      id,
      verdict,
      ...(rule.default && { default: rule.default }),
      ...(rule.through !== undefined && { through: rule.through }),
      roles,
      why,
      sites: [],
    };
    known.sites.push({ id: site.id, body: body(site).hash });
    rules.set(id, known);
  }
  return { ...head, rules: [...rules.values()] };
}
