import { describe, expect, it } from 'vitest';
import { kindsFor } from '../../src/deploy/kinds.js';
import { checkDeployment } from '../../src/target/define-deployment.js';
import type { Deployment } from '../../src/target/deployment.js';
import { loadDeployment, loadTarget, targetNames } from '../../src/target/find.js';
import { flaggedRules } from '../../src/target/flagged.js';
import { Problem } from '../../src/problems.js';

describe.each(targetNames())('%s', (name) => {
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
    expect(message({ kinds: [{ ...kind, rules: [exempt] }, ...others] })).toContain(
      'no patch has opened as code',
    );
    expect(message({ kinds: [{ ...kind, rules: ['none'] }, ...others] })).toContain('does not exist');
    expect(message({ kinds: [{ ...kind, rules: [] }, ...others] })).toContain('name no rule');
    expect(message({ kinds: [kind, ...deployment.kinds] })).toContain('stand twice');
    expect(message({ noFiles: {} })).toContain('nor a reason why there are none');
    expect(message({ noFiles: { ...deployment.noFiles, [exempt]: '?' } })).toContain(
      `rule ${exempt} has a reason`,
    );
    expect(message({ plain: [{ ...kind, id: 'other' }] })).toContain('are opened as before');
  });

  it('lists nothing where no patch is made', async () => {
    const target = await loadTarget(name);
    const deployment = await loadDeployment(target);
    expect(flaggedRules(target, []).size).toBe(0);
    const kindOf = kindsFor(deployment, new Set());
    const paths = ['/usr/lib/python3/a.py', '/usr/share/perl5/A.pm', '/etc/profile', '/usr/lib/bash/sleep'];
    expect(paths.filter((path) => kindOf(path)?.opened === 'as code')).toEqual([]);
    const all = kindsFor(deployment, flaggedRules(target, target.patches));
    expect(paths.filter((path) => all(path)?.opened === 'as code').length).toBeGreaterThan(0);
  });
});
