import { describe, expect, it } from 'vitest';
import { systemWarnings, thisSystem } from '../../src/deploy/system.ts';

/** What a system with these settings is warned of. */
function warned(kernel: string, settings: Readonly<Record<string, string>> = {}): readonly string[] {
  return systemWarnings({ kernel, sysctl: (name) => settings[name] }).map(({ id }) => id);
}

describe('a system', () => {
  it.each([
    ['6.1.0-18-amd64', {}, ['no-mechanism']],
    ['6.13.9', {}, ['no-mechanism']],
    // The flag alone, enforced: namespaces have no say.
    ['5.10.0', { 'fs.open_mayexec_enforce': '3', 'user.max_user_namespaces': '9' }, []],
    ['5.10.0', { 'fs.open_mayexec_enforce': '0' }, ['no-policy']],
    ['6.14.0-rc1', { 'user.max_user_namespaces': '63' }, ['user-namespaces']],
    ['7.0', {}, ['user-namespaces']],
    ['6.18', { 'user.max_user_namespaces': '0' }, []],
    ['6.18', { 'kernel.unprivileged_userns_clone': '0' }, []],
    ['6.18', { 'kernel.apparmor_restrict_unprivileged_userns': '1' }, []],
    ['6.18', { 'fs.open_mayexec_enforce': '0' }, ['no-policy', 'user-namespaces']],
  ] as const)('%s with %j is warned of %j', (kernel, settings, expected) => {
    expect(warned(kernel, settings)).toEqual(expected);
  });

  it('says what it is', () => {
    const { kernel, sysctl } = thisSystem();
    expect(kernel).toBe(sysctl('kernel.osrelease'));
    expect(sysctl('no.such.setting')).toBeUndefined();
  });
});
