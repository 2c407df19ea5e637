import { describe, expect, it } from 'vitest';
import { kindsFor } from '../../src/deploy/file-kinds.ts';
import { checkDeployment } from '../../src/target/define-deployment.ts';
import type { Deployment } from '../../src/target/deployment.ts';
import { interpreterNames, loadDeployment, loadTarget } from '../../src/target/find.ts';
import { flaggedRules } from '../../src/target/flagged.ts';
import { Problem } from '../../src/problems.ts';

describe.each(interpreterNames())('%s', (name) => {
  it('names files for each rule that opens code, or a reason; and only files that such a rule opens', async () => {
    const target = await loadTarget(name);
    const deployment = await loadDeployment(target);
    expect(deployment.kinds.length).toBeGreaterThan(0);
    // What the check of the target is worth: each of these must be noticed.
    const exempt = target.rules.find(({ verdict }) => verdict === 'exempt')?.id ?? '';
    const [kind, ...others] = deployment.kinds;
    if (kind === undefined) throw new Error('no kind');
    const message = (changed: Partial<Deployment>): string => {
      try {
        checkDeployment(target, { ...deployment, ...changed });
        return 'nothing';
      } catch (error) {
        return error instanceof Problem && error.code === 'target-invalid' ? error.message : String(error);
      }
    };
    expect(message({})).toBe('nothing');
    expect(message({ kinds: [{ ...kind, rules: [exempt] }, ...others] })).toContain('no patch opens as code');
    expect(message({ kinds: [{ ...kind, rules: ['none'] }, ...others] })).toContain('does not exist');
    expect(message({ kinds: [{ ...kind, rules: [] }, ...others] })).toContain('name no rule');
    expect(message({ kinds: [kind, ...deployment.kinds] })).toContain('occur twice');
    expect(message({ kinds: [], noFiles: {} })).toContain('or the reason why no such file');
    expect(message({ noFiles: { ...deployment.noFiles, [exempt]: '?' } })).toContain(
      `rule ${exempt} needs no reason`,
    );
    expect(message({ plain: [{ ...kind, id: 'other' }] })).toContain('are opened as before');
  });

  it('lists nothing where no patch is made', async () => {
    const target = await loadTarget(name);
    const deployment = await loadDeployment(target);
    expect(flaggedRules(target, []).size).toBe(0);
    const kindOf = kindsFor(deployment, new Set());
    const paths = Object.keys(deployment.examples ?? {});
    expect(paths.filter((path) => kindOf(path)?.opened === 'as code')).toEqual([]);
    const all = kindsFor(deployment, flaggedRules(target, target.patches));
    expect(paths.filter((path) => all(path)?.opened === 'as code').length).toBeGreaterThan(0);
  });
});

it.each(interpreterNames())('%s: files are known where they are', async (name) => {
  const target = await loadTarget(name);
  const flagged = flaggedRules(target, target.patches, target.releases[0]);
  const { examples = {}, ...deployment } = await loadDeployment(target);
  const kindOf = kindsFor(deployment, flagged);
  expect(Object.values(examples), 'examples in deploy.ts').toContain(false);
  const found = Object.keys(examples).map((path): [string, string | false] => {
    const kind = kindOf(path);
    return [path, kind?.opened === 'as code' ? kind.kind.id : false];
  });
  expect(Object.fromEntries(found)).toEqual(examples);
});
