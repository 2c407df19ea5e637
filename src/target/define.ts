import { matcher } from './pattern.ts';
import { problem } from '../problems.ts';
import { unknownIn } from './capabilities.ts';
import type { Target } from './contract.ts';

/**
 * Checks what the compiler cannot: that names refer to something, that nothing occurs twice.
 *
 * @throws Problem `target-invalid`, naming what is wrong
 */
export function defineTarget(target: Target): Target {
  const wrong = (message: string): never => {
    throw problem('target-invalid', { target: target.name, message });
  };
  const once = (what: string, names: readonly string[]): void => {
    const twice = names.find((name, index) => names.indexOf(name) !== index);
    if (twice !== undefined) wrong(`${what} ${twice} occurs twice`);
  };
  once(
    'release',
    target.releases.map((one) => one.version),
  );
  once(
    'rule',
    target.rules.map((one) => one.id),
  );
  once(
    'patch',
    target.patches.map((one) => one.id),
  );
  once(
    'entry',
    target.entries.map((one) => one.id),
  );
  once(
    'capability',
    target.capabilities.map((one) => one.id),
  );
  once(
    'wrapper',
    (target.wrappers ?? []).map(({ file, name }) => `${name} of ${file}`),
  );
  const patches = new Set(target.patches.map((one) => one.id));
  const rules = new Set(target.rules.map((one) => one.id));
  for (const edit of target.edits) {
    if (!patches.has(edit.patch)) wrong(`an edit belongs to patch ${edit.patch}, which does not exist`);
    if ('rule' in edit && !rules.has(edit.rule))
      wrong(`an edit belongs to rule ${edit.rule}, which does not exist`);
    if ('file' in edit && edit.degrades && target.language(edit.file) !== undefined)
      wrong(`an edit of patch ${edit.patch} may be left out, but changes a source: ${edit.file}`);
    const unknown = unknownIn(edit, target);
    if (unknown !== undefined)
      wrong(`an edit of patch ${edit.patch} asks for capability ${unknown}, which does not exist`);
  }
  const earlier = new Set<string>();
  let optional: string | undefined;
  for (const patch of target.patches) {
    // Left out, an optional patch must move no line of another.
    if (patch.optional !== undefined) optional = patch.id;
    else if (optional !== undefined)
      wrong(`patch ${patch.id} is not optional: move it before ${optional}, which is`);
    const late = patch.needs.find((need) => !earlier.has(need));
    if (late !== undefined) wrong(`patch ${patch.id} needs ${late}, which does not come before it`);
    earlier.add(patch.id);
    if (patch.offByDefault && patch.optional === undefined) {
      wrong(`patch ${patch.id} is off by default, so it must be optional`);
    }
  }
  for (const { id, patch } of target.entries) {
    if (patch !== undefined && !patches.has(patch))
      wrong(`entry ${id} names patch ${patch}, which does not exist`);
  }
  for (const rule of target.rules) {
    if ((rule.verdict === 'policy') !== (rule.default !== undefined)) {
      wrong(`rule ${rule.id}: only the verdict policy has a default, and it must have one`);
    }
    if (rule.roles.length === 0) wrong(`rule ${rule.id} has no role`);
    const marks = rule.verdict === 'mark' || rule.default === 'mark';
    const edited = target.edits.some((edit) => 'rule' in edit && edit.rule === rule.id);
    if (rule.through === undefined && rule.plain !== undefined)
      wrong(`rule ${rule.id}: only sites that go through a patch have another call for a mutant`);
    if (!marks && rule.unproven !== undefined)
      wrong(`rule ${rule.id}: only sites that open code have a mutant, and need a reason to have none`);
    if (rule.through !== undefined) {
      if (!patches.has(rule.through))
        wrong(`rule ${rule.id} names patch ${rule.through}, which does not exist`);
      if (rule.verdict !== 'mark' || edited) {
        wrong(`rule ${rule.id}: only a rule with the verdict mark and without edits goes through a patch`);
      }
    } else if (marks && !edited && rule.suggested !== true) {
      wrong(`rule ${rule.id} marks sites, but no edit rewrites them`);
    }
    if (rule.places.length === 0) wrong(`rule ${rule.id} has no places`);
    const none = rule.before?.find((one) => ![...rules].some((id) => id !== rule.id && matcher(one)(id)));
    if (none !== undefined) wrong(`rule ${rule.id} comes before ${none}, which does not exist`);
  }
  for (const opener of target.openers) {
    // Tokens are joined to one expression, which has no place for the flags of each.
    if (opener.token.flags !== '') wrong(`the token ${String(opener.token)} has flags`);
    if (new RegExp(opener.token.source).test(''))
      wrong(`the token ${String(opener.token)} matches the empty text`);
  }
  for (const { what, capability } of target.bundled ?? []) {
    if (capability !== undefined && !target.capabilities.some(({ id }) => id === capability))
      wrong(`the bundled part ${what} has capability ${capability}, which does not exist`);
  }
  for (const one of target.build?.also ?? []) {
    const unknown = unknownIn(one, target);
    if (unknown !== undefined) wrong(`the build asks for capability ${unknown}, which does not exist`);
  }
  const { reads } = target;
  if (reads !== undefined) {
    once('the file that is read', reads);
    const named = [
      ...target.edits.flatMap((edit) => ('create' in edit ? edit.create : 'file' in edit ? edit.file : [])),
      ...target.capabilities.flatMap(({ file }) => file),
    ];
    const unread = named.find((file) => !reads.includes(file));
    if (unread !== undefined)
      wrong(`${unread} is named by an edit or a capability, and is not among the files that are read`);
  }
  for (const { word } of target.foreign ?? []) {
    if (word.global || word.sticky) wrong(`the word ${String(word)} has flags that keep a place`);
  }
  for (const release of target.releases) {
    if (!/^[0-9a-f]{64}$/.test(release.tarball.sha256)) wrong(`release ${release.version} has no sha256`);
    if (release.seen && !/^[0-9a-f]{40}$/.test(release.seen.commit))
      wrong(`release ${release.version} names a commit without its 40 hex digits`);
    if (!/^\d{4}-\d\d-\d\d$/.test(release.date)) wrong(`release ${release.version} has no date`);
    const unknown = release.capabilities.find((id) => !target.capabilities.some((one) => one.id === id));
    if (unknown !== undefined)
      wrong(`release ${release.version} has capability ${unknown}, which does not exist`);
  }
  return target;
}
